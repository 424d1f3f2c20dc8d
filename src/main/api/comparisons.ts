import type { GroupLosses, ReportKind } from '@shared/contract/comparisons'
import { meanLosses } from '@shared/experiment/losses'
import { analyse, comparedGroupsOf } from '../comparison/analysis'
import { cardsById, groupNames } from '@shared/run/naming'
import { algorithmCards } from '../algorithms'
import { gapCurves, groupLooks, type ReportedComparison } from '../comparison/comparison'
import { comparisonCsv } from '../comparison/csv'
import { comparisonLatex } from '../comparison/latex'
import { NotInspectableError } from '../computing/jobs'
import { DamagedRecordError, type Store } from '../store'
import { api } from './context'
import { computed } from './computed'
import { lookedInto } from './inspections'
import type { Lab } from './lab'

/** Ids that are not there. */
function missingOf(store: Store, ids: readonly string[]): string[] {
  const known = new Set(store.runs.rows(ids).map(({ id }) => id))
  return ids.filter((id) => !known.has(id))
}

/** What each group's policies spend beyond the optimum; runs that cannot be placed again are left out, and said where none can. */
async function lossesByGroup(lab: Lab, ids: readonly string[], signal: AbortSignal | undefined): Promise<GroupLosses[]> {
  const { store } = lab
  const found: GroupLosses[] = []
  for (const { runs } of comparedGroupsOf(store, ids)) {
    const losses = []
    let missing = 'None of its runs has been evaluated.'
    for (const id of runs) {
      if (!store.runs.row(id)?.evaluation) continue
      try {
        losses.push(await computed(lab, { what: 'losses', ...lookedInto(store, id) }, `Losses of run ${id}`, signal))
      } catch (error) {
        if (!(error instanceof NotInspectableError || error instanceof DamagedRecordError)) throw error
        missing = error.message
      }
    }
    found.push(losses.length > 0 ? { runs, losses: meanLosses(losses) } : { runs, missing })
  }
  return found
}

/** A comparison with all that its documents show. */
export async function reportedComparison(
  lab: Lab,
  ids: readonly string[],
  against?: string,
  name?: string,
  signal?: AbortSignal
): Promise<ReportedComparison> {
  const { store } = lab
  const analysis = analyse(store, ids, against)
  const names = groupNames(analysis.groups, cardsById(algorithmCards))
  const looks = groupLooks(analysis.groups)
  return {
    name: name ?? `Comparison of ${names.slice(0, 4).join(', ')}${names.length > 4 ? ` and ${names.length - 4} more` : ''}`,
    at: Date.now(),
    analysis,
    names,
    looks,
    rows: new Map(store.runs.rows(ids).map((row) => [row.id, row])),
    curves: gapCurves(store, analysis.groups, names, looks),
    losses: await lossesByGroup(lab, ids, signal)
  }
}

const TYPES: Record<ReportKind, string> = { html: 'text/html', latex: 'application/x-latex', csv: 'text/csv' }

/** A comparison as the text of one file. The page's drawing is loaded when it is asked for. */
export async function comparisonFile(comparison: ReportedComparison, kind: ReportKind): Promise<string> {
  if (kind === 'csv') return comparisonCsv(comparison)
  if (kind === 'latex') return comparisonLatex(comparison)
  return (await import('../comparison/report')).comparisonHtml(comparison)
}

const gone = { message: 'This comparison does not exist.' }
const refused = (reason: string) => ({ message: reason, data: { reasons: [reason] } })
const noRuns = (missing: string[]) => ({ message: `There is no run ${missing.join(', ')}.`, data: { ids: missing } })

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

  analyse: api.comparisons.analyse.handler(({ input: { ids, against }, errors, context: { lab } }) => {
    const missing = missingOf(lab.store, ids)
    if (missing.length > 0) throw errors.NOT_FOUND(noRuns(missing))
    return analyse(lab.store, ids, against)
  }),

  losses: api.comparisons.losses.handler(({ input: { ids }, errors, signal, context: { lab } }) => {
    const missing = missingOf(lab.store, ids)
    if (missing.length > 0) throw errors.NOT_FOUND(noRuns(missing))
    return lossesByGroup(lab, ids, signal)
  }),

  report: api.comparisons.report.handler(async ({ input: { ids, against, kind, name }, errors, signal, context: { lab } }) => {
    const missing = missingOf(lab.store, ids)
    if (missing.length > 0) throw errors.NOT_FOUND(noRuns(missing))
    const comparison = await reportedComparison(lab, ids, against, name, signal)
    return new Blob([await comparisonFile(comparison, kind)], { type: TYPES[kind] })
  })
}
