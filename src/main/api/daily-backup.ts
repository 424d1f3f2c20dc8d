import { basename } from 'node:path'
import type { Log } from '../log'
import { type Store, StoreError } from '../store'
import { complain } from '../terminal'

/** A lab may stay open for weeks, and its machine may sleep: what is due is asked for this often. */
const EVERY_MS = 3600 * 1000

/** Copies an open store now if that is due, and whenever it becomes due until it is stopped. */
export function keepBackedUp(store: Store, now: () => number, log: Log): { stop(): void } {
  let isUnderWay = false
  let told: string | undefined
  const look = async (): Promise<void> => {
    if (isUnderWay) return
    isUnderWay = true
    try {
      const made = await store.backUpIfDue(now())
      if (made !== undefined) log.info(`A backup was made: backups/${basename(made)}.`)
      told = undefined
    } catch (error) {
      // A lab that cannot be copied can still be worked in; the supervisor speaks up when it cannot be written either.
      const reason = error instanceof StoreError ? error.message : String(error)
      if (store.isOpen && reason !== told) {
        complain(`The daily backup was not made: ${reason}`)
        log.error(`The daily backup was not made: ${reason}`)
      }
      told = reason
    } finally {
      isUnderWay = false
    }
  }
  void look()
  const timer = setInterval(() => void look(), EVERY_MS).unref()
  return { stop: () => clearInterval(timer) }
}
