import { inArray } from 'drizzle-orm'
import type { Bin } from './bin'
import type { Connection } from './connection'
import { DamagedRecordError } from './errors'
import type { RunLog } from './run-log'
import type { Runs } from './runs'
import { run } from './schema'

/** What was set right at opening. */
export interface StoreRecovery {
  /** Runs that a program left running or queued when it ended without notice. */
  interrupted: string[]
  /** Entries of the bin that had been kept their time and are deleted for good. */
  purged: string[]
  /** What of the last changes could not be read, as a sentence; undefined where nothing was lost. */
  lostChanges?: string
}

/**
 * Sets right what the last program left behind. All in one transaction.
 *
 * @param keepBin whether entries of the bin stay though their time is over.
 */
export function recover(
  db: Connection,
  { runs, log, bin }: { runs: Runs; log: RunLog; bin: Bin },
  now: number,
  { keepBin = false }: { keepBin?: boolean } = {}
): StoreRecovery {
  return db.write(() => {
    const left = db.orm
      .select({ id: run.id, status: run.status, deletedAt: run.deletedAt })
      .from(run)
      .where(inArray(run.status, ['running', 'queued']))
      .all()
    const interrupted = left.flatMap(({ id, status, deletedAt }) => {
      // Deleting it had cancelled it; the word of its worker never came.
      const isDeleted = deletedAt !== null
      const text = isDeleted
        ? 'Cancelled: the run was deleted while it trained or waited.'
        : status === 'running'
          ? 'The program ended while the run was training; it continues from its last checkpoint when resumed.'
          : 'The program ended while the run was queued.'
      try {
        runs.update(id, { status: isDeleted ? 'cancelled' : 'interrupted', message: isDeleted ? null : text, endedAt: now })
      } catch (error) {
        // It is shown as damaged instead; one bad record keeps no one out.
        if (error instanceof DamagedRecordError) return []
        throw error
      }
      log.add(id, { at: now, level: isDeleted ? 'info' : 'warning', text })
      return isDeleted ? [] : [id]
    })
    return { interrupted, purged: keepBin ? [] : bin.purgeOlder(now).gone }
  })
}
