import type { Store } from '../store'
import { complain } from '../terminal'
import type { LibraryNotices } from './library-notices'

/** How often the bin is gone through while the lab is open. */
const SWEEP_MS = 24 * 3600 * 1000

/** Deletes for good what has been kept its time, once a day. Returns how to stop. */
export function sweepDaily(store: Store, notices: LibraryNotices, now: () => number): () => void {
  const timer = setInterval(() => {
    if (!store.isOpen) return
    try {
      if (store.bin.purgeOlder(now()).gone.length > 0) notices.tell({ bin: true })
    } catch (error) {
      // It is tried again the next day, and when the lab is next opened.
      complain(`The bin could not be cleaned up: ${error instanceof Error ? error.message : String(error)}`)
    }
  }, SWEEP_MS)
  timer.unref()
  return () => clearInterval(timer)
}
