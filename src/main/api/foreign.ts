import { BadBundleError } from '../archive/errors'
import { MANIFEST } from '../archive/records'
import { type ForeignFiles, trackedFilesIn } from '../imports/files'
import { BadForeignError } from '../imports/foreign-run'
import { type ForeignOutcome, keepForeign, lookThrough, type Renaming } from '../imports/keep'
import { DiskFullError, ReadOnlyStoreError } from '../store'
import { api } from './context'
import type { Lab } from './lab'
import { refusal, transferOf } from './transfers'

/** Keeps runs of other trackers and tells open pages. Throws BadForeignError, ReadOnlyStoreError, DiskFullError; then nothing was kept. */
export function importForeign(lab: Lab, files: ForeignFiles, rename: Renaming = {}): ForeignOutcome {
  if (lab.store.readOnly !== undefined) throw new ReadOnlyStoreError(lab.store.readOnly)
  const outcome = keepForeign(lab.store, files, { now: Date.now(), rename })
  lab.supervisor?.changed(outcome.ids.filter((_, i) => outcome.runs[i].here !== 'same'))
  return outcome
}

type Invalid = (options: { message: string; data: { faults: { path: string; message: string }[] } }) => Error

/** A file that is not what it must be, as the contract has it. */
async function orInvalid<T>(invalid: Invalid, work: () => Promise<T> | T): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof BadForeignError || error instanceof BadBundleError)) throw error
    throw invalid({ message: error.message, data: { faults: [...error.faults] } })
  }
}

export const foreignRoom = {
  look: api.foreign.look.handler(({ input: { transfer: id }, errors, context: { lab } }) => {
    const transfer = transferOf(lab, id, errors.GONE)
    return orInvalid(errors.INVALID, () =>
      transfer.use(async () => {
        const files = trackedFilesIn(transfer, transfer.name)
        if (files.paths.includes(MANIFEST)) return { isForeign: false, runs: [], notes: [] }
        const { runs, notes } = await lookThrough(lab.store, files)
        return { isForeign: true, runs, notes: [...notes] }
      })
    )
  }),

  import: api.foreign.import.handler(({ input: { transfer: id, name, rename }, errors, context: { lab } }) => {
    const transfer = transferOf(lab, id, errors.GONE)
    return orInvalid(errors.INVALID, () =>
      transfer.use(async () => {
        try {
          const { runs, ids, notes } = importForeign(lab, trackedFilesIn(transfer, name), rename)
          return { runs, ids, notes: [...notes] }
        } catch (error) {
          if (error instanceof DiskFullError || error instanceof ReadOnlyStoreError) throw errors.REFUSED(refusal(error.message))
          throw error
        }
      })
    )
  })
}
