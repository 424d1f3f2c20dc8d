import type { Store } from '../store'
import { LostLockError } from '../store'

/** Another program may have begun to write within this time. */
const EVERY_MS = 1000

/** Looks once a second whether the folder is still this program's to write; the store tells its listener. Returns how to stop. */
export function watchLock(store: Store): () => void {
  const timer = setInterval(() => {
    try {
      store.checkLock()
    } catch (error) {
      if (!(error instanceof LostLockError)) throw error
      clearInterval(timer)
    }
  }, EVERY_MS).unref()
  return () => clearInterval(timer)
}
