import { DamagedRecordError, DiskFullError, ReadOnlyStoreError, UnknownEntryError } from '../store'
import { binEntries, usesOf } from './bin-uses'
import { api } from './context'
import { type Lab, tellRunsOf } from './lab'

interface Refusals {
  NOT_FOUND(options: { message: string; data: { ids: string[] } }): Error
  REFUSED(options: { message: string; data: { reasons: string[] } }): Error
}

/** Changes the bin and tells open pages; what the store refuses becomes the contract's refusal of that name. */
function changing<T>(lab: Lab, errors: Refusals, work: () => T): T {
  const refused = (reason: string) => errors.REFUSED({ message: reason, data: { reasons: [reason] } })
  if (lab.store.readOnly !== undefined) throw refused(lab.store.readOnly)
  try {
    const result = work()
    lab.notices.tell({ bin: true })
    return result
  } catch (error) {
    if (error instanceof UnknownEntryError) throw errors.NOT_FOUND({ message: error.message, data: { ids: [...error.ids] } })
    if (error instanceof DamagedRecordError || error instanceof DiskFullError || error instanceof ReadOnlyStoreError)
      throw refused(error.message)
    throw error
  }
}

/** Ids of documents among entries of the bin: pages that show them read them again. */
const documentsIn = (ids: readonly string[]): string[] =>
  ids.flatMap((id) => /^(?:topology|workload|experiment|environments)-(.*)$/.exec(id)?.[1] ?? [])

export const binRoom = {
  list: api.bin.list.handler(({ context: { lab } }) => {
    const entries = binEntries(lab)
    return { entries, bytes: entries.reduce((sum, entry) => sum + entry.bytes, 0) }
  }),

  summary: api.bin.summary.handler(({ context: { lab } }) => lab.store.bin.summary()),

  uses: api.bin.uses.handler(({ input: { kind, ids }, context: { lab } }) => usesOf(lab, kind, ids)),

  restore: api.bin.restore.handler(({ input: { ids }, errors, context: { lab } }) =>
    changing(lab, errors, () => {
      const runs = lab.store.bin.runsOf(ids)
      const restored = lab.store.bin.restore(ids)
      if (runs.length > 0) lab.supervisor?.changed(runs)
      const documents = documentsIn(ids)
      if (documents.length > 0) lab.notices.tell({ documents, drafts: documents })
      tellRunsOf(lab, documents)
      return { restored }
    })
  ),

  empty: api.bin.empty.handler(({ input: { ids, olderThanDays }, errors, context: { lab } }) =>
    changing(lab, errors, () => {
      const { bin } = lab.store
      const purged = ids ? bin.purge(ids) : olderThanDays === undefined ? bin.purgeAll() : bin.purgeOlder(lab.now(), olderThanDays)
      tellRunsOf(lab, documentsIn(purged.gone))
      return purged
    })
  )
}
