import { STUDIES } from '../studies/definitions'
import type { Study, Variant } from '@shared/studies/study'
import { studyFile } from '../studies/files'
import type { ReportedStudy } from '../studies/report'
import { collectRuns, resultOf } from '../studies/result'
import { DiskFullError } from '../store'
import { api } from './context'
import type { Lab } from './lab'

export const studyOf = (id: string): Study | undefined => STUDIES.find((study) => study.id === id)

/** What came of a study so far, read from the stored runs. Throws DamagedRecordError. */
export function reportedStudy({ store, studies }: Lab, study: Study, variant: Variant): ReportedStudy {
  const runs = collectRuns(store, studies.find(study, variant))
  return { study, variant, progress: studies.progress(study, variant), result: resultOf(study, runs, variant) }
}

const unknown = (ids: readonly string[]) => ({ message: `There is no study ${ids.join(', ')}.`, data: { ids: [...ids] } })
const refused = (reason: string) => ({ message: reason, data: { reasons: [reason] } })

/** The studies of `ids`, or those that are none. */
function found(ids: readonly string[]): { studies: Study[]; missing: string[] } {
  const unique = [...new Set(ids)]
  return { studies: unique.flatMap((id) => studyOf(id) ?? []), missing: unique.filter((id) => !studyOf(id)) }
}

/** Starts something; undefined where nothing may be or can be written, with the reason told. */
function attempt<T>(lab: Lab, refuse: (options: ReturnType<typeof refused>) => Error, work: () => T): T {
  if (!lab.supervisor) throw refuse(refused(lab.store.readOnly ?? 'Nothing can be started here.'))
  try {
    return work()
  } catch (error) {
    if (error instanceof DiskFullError) throw refuse(refused(error.message))
    throw error
  }
}

export const studiesRoom = {
  list: api.studies.list.handler(({ context: { lab } }) =>
    STUDIES.map((study) => ({
      id: study.id,
      figure: study.figure,
      title: study.title,
      paper: study.paper,
      setting: study.setting,
      progress: { full: lab.studies.progress(study, 'full'), quick: lab.studies.progress(study, 'quick') }
    }))
  ),

  result: api.studies.result.handler(({ input: { id, variant }, errors, context: { lab } }) => {
    const study = studyOf(id)
    if (!study) throw errors.NOT_FOUND(unknown([id]))
    const { result } = reportedStudy(lab, study, variant)
    return { id, variant, ...result }
  }),

  start: api.studies.start.handler(({ input: { ids, variant }, errors, context: { lab } }) => {
    const { studies, missing } = found(ids)
    if (missing.length > 0) throw errors.NOT_FOUND(unknown(missing))
    const runs = attempt(lab, errors.REFUSED, () => studies.flatMap((study) => lab.studies.start(study, variant)))
    return { runs: [...new Set(runs)] }
  }),

  stop: api.studies.stop.handler(({ input: { ids, variant }, errors, context: { lab } }) => {
    const { studies, missing } = found(ids)
    if (missing.length > 0) throw errors.NOT_FOUND(unknown(missing))
    for (const study of studies) lab.studies.stop(study, variant)
    return {}
  }),

  again: api.studies.again.handler(({ input, errors, context: { lab } }) => {
    const known = new Set(lab.store.runs.rows(input.runs).map((row) => row.id))
    const missing = input.runs.filter((id) => !known.has(id))
    if (missing.length > 0) throw errors.NOT_FOUND({ message: `There is no run ${missing.join(', ')}.`, data: { ids: missing } })
    return { runs: attempt(lab, errors.REFUSED, () => lab.studies.again(input.runs)) }
  }),

  export: api.studies.export.handler(async ({ input: { id, variant, format, chart }, errors, context: { lab } }) => {
    const study = studyOf(id)
    if (!study) throw errors.NOT_FOUND(unknown([id]))
    const reported = reportedStudy(lab, study, variant)
    const bytes = await studyFile(reported, format, chart === '' ? reported.result.charts[0].key : chart)
    if (!bytes) throw errors.REFUSED(refused(`${study.figure} has nothing to draw yet: run it first.`))
    return new Blob([new Uint8Array(bytes)])
  })
}
