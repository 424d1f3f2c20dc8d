import type { ProgramConnection } from './connection'

const PAUSE_MS = 250

/** Follows a stream for as long as `signal` allows, opened again whenever it breaks; `begin` whenever it stands. */
export async function followStream<T>(
  { whenOpen }: Pick<ProgramConnection, 'whenOpen'>,
  open: (signal: AbortSignal) => Promise<AsyncIterable<T>>,
  on: { begin?(): Promise<void>; item(item: T): void },
  signal: AbortSignal
): Promise<void> {
  while (!signal.aborted) {
    const round = new AbortController()
    const stop = () => round.abort()
    signal.addEventListener('abort', stop)
    try {
      await whenOpen(signal)
      const stream = await open(round.signal)
      await on.begin?.()
      for await (const item of stream) on.item(item)
    } catch {
      // A broken line: the banner tells of it, and the next round tries again.
    } finally {
      signal.removeEventListener('abort', stop)
      round.abort()
    }
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}
