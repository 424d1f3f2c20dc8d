import type { ReportKind } from '@shared/contract/comparisons'
import { ONLY_FOREIGN } from '@shared/algorithms/foreign'
import { analysed, comparisonFile, lossesByGroup, missingOf, reportedComparison } from './comparison-results'
import { api } from './context'
import type { Lab } from './lab'

const TYPES: Record<ReportKind, string> = { html: 'text/html', latex: 'application/x-latex', csv: 'text/csv' }

const gone = { message: 'This comparison does not exist.' }
const refused = (reason: string) => ({ message: reason, data: { reasons: [reason] } })
const noRuns = (missing: string[]) => ({ message: `There is no run ${missing.join(', ')}.`, data: { ids: missing } })

interface CompareErrors {
  NOT_FOUND(options: ReturnType<typeof noRuns>): Error
  REFUSED(options: ReturnType<typeof refused>): Error
}

/** Throws where runs are not there, or none of them has a scenario. */
function assertComparable({ store }: Lab, ids: readonly string[], errors: CompareErrors): void {
  const missing = missingOf(store, ids)
  if (missing.length > 0) throw errors.NOT_FOUND(noRuns(missing))
  if (store.runs.rows(ids).every((row) => row.foreign)) throw errors.REFUSED(refused(ONLY_FOREIGN))
}

export const comparisonsRoom = {
  list: api.comparisons.list.handler(({ context: { lab } }) => lab.store.comparisons.list()),

  get: api.comparisons.get.handler(({ input: { id }, errors, context: { lab } }) => {
    const found = lab.store.comparisons.get(id)
    if (!found) throw errors.GONE(gone)
    return found
  }),

  save: api.comparisons.save.handler(({ input: { id, ...comparison }, errors, context: { lab } }) => {
    if (lab.store.readOnly !== undefined) throw errors.REFUSED(refused(lab.store.readOnly))
    const saved = lab.store.comparisons.save(comparison, Date.now(), id)
    if (!saved) throw errors.GONE(gone)
    return saved
  }),

  remove: api.comparisons.remove.handler(({ input: { id }, errors, context: { lab } }) => {
    if (lab.store.readOnly !== undefined) throw errors.REFUSED(refused(lab.store.readOnly))
    if (!lab.store.comparisons.remove(id, lab.now())) throw errors.GONE(gone)
    lab.notices.tell({ bin: true })
    return { bin: `comparison-${id}` }
  }),

  analyse: api.comparisons.analyse.handler(({ input, errors, signal, context: { lab } }) => {
    assertComparable(lab, input.ids, errors)
    return analysed(lab, input, signal)
  }),

  losses: api.comparisons.losses.handler(({ input: { ids }, errors, signal, context: { lab } }) => {
    assertComparable(lab, ids, errors)
    return lossesByGroup(lab, ids, signal)
  }),

  report: api.comparisons.report.handler(
    async ({ input: { kind, name, published, pictures, ...asked }, errors, signal, context: { lab } }) => {
      assertComparable(lab, asked.ids, errors)
      const comparison = await reportedComparison(lab, asked, { name, published, signal })
      return new Blob([await comparisonFile(lab, comparison, kind, { signal, pictures })], { type: TYPES[kind] })
    }
  )
}
