import type { LibraryNotice } from '@shared/contract/library'

/** At most four notices per second reach a page. */
const INTERVAL_MS = 250

/** Tells open pages which documents, drafts and typed fields have changed, and whether the bin has, whichever host changed them. */
export class LibraryNotices {
  readonly #listeners = new Set<(notice: LibraryNotice) => void>()

  tell(notice: Partial<LibraryNotice>): void {
    for (const listener of this.#listeners) listener({ documents: [], drafts: [], typed: [], ...notice })
  }

  /** Merged to at most four notices per second; the first is empty and comes at once. Ends when `signal` is aborted. */
  async *listen(signal?: AbortSignal): AsyncGenerator<LibraryNotice, void, void> {
    const documents = new Set<string>()
    const drafts = new Set<string>()
    let bin = false as boolean
    const typed = new Set<string>()
    let wake = (): void => {}
    const listener = (notice: LibraryNotice): void => {
      for (const id of notice.documents) documents.add(id)
      for (const id of notice.drafts) drafts.add(id)
      bin ||= notice.bin === true
      for (const field of notice.typed) typed.add(field)
      wake()
    }
    const onAbort = (): void => wake()
    this.#listeners.add(listener)
    signal?.addEventListener('abort', onAbort)
    try {
      while (!signal?.aborted) {
        const notice = { documents: [...documents], drafts: [...drafts], typed: [...typed], ...(bin && { bin: true as const }) }
        bin = false
        documents.clear()
        drafts.clear()
        typed.clear()
        yield notice
        await pause(INTERVAL_MS, signal)
        while (documents.size + drafts.size + typed.size === 0 && !bin && !signal?.aborted) {
          await new Promise<void>((resolve) => {
            wake = resolve
          })
        }
      }
    } finally {
      this.#listeners.delete(listener)
      signal?.removeEventListener('abort', onAbort)
    }
  }
}

function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve()
    const end = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal?.addEventListener('abort', end)
  })
}
