import type { ProgramConnection } from './connection'

const PAUSE_MS = 250

/**
 * Follows a stream for as long as `signal` allows, opened again whenever it breaks. Whenever it is opened `begin` reads what was there
 * before; items that arrive in the meantime are handed over after it, so that nothing between the two is lost.
 */
export async function followStream<T>(
  { whenOpen }: Pick<ProgramConnection, 'whenOpen'>,
  open: (signal: AbortSignal) => Promise<AsyncIterable<T>>,
  on: { begin?(): Promise<void>; item(item: T): void },
  signal: AbortSignal
): Promise<void> {
  while (!signal.aborted) {
    // Its own handle, so that a stream that outlives its reader is closed at the source too.
    const round = new AbortController()
    let early: T[] | undefined = on.begin ? [] : undefined
    const begin = async () => {
      await on.begin?.()
      for (const item of early ?? []) on.item(item)
      early = undefined
    }
    const read = async (stream: AsyncIterable<T>) => {
      for await (const item of stream) {
        if (early) early.push(item)
        else on.item(item)
      }
    }
    const stop = () => round.abort()
    signal.addEventListener('abort', stop)
    try {
      await whenOpen(signal)
      const stream = await open(round.signal)
      await Promise.all([read(stream), begin()])
    } catch {
      // A broken line: the banner tells of it, and the next round tries again.
    } finally {
      signal.removeEventListener('abort', stop)
      round.abort()
    }
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}
