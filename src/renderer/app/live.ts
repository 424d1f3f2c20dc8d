import type { LiveBatch } from '@shared/contract/records'
import type { ProgramConnection } from './connection'

/**
 * Follows `runs.live` for as long as `signal` allows. Whenever a stream is opened – at first, after a lost
 * connection, after the program restarted – `begin` reads what was there before; batches that arrive in the meantime are
 * handed over after it, so that nothing between the two is lost.
 */
export async function follow(
  { client, whenOpen }: ProgramConnection,
  curves: readonly string[],
  on: { begin(): Promise<void>; batch(batch: LiveBatch): void },
  signal: AbortSignal
): Promise<void> {
  while (!signal.aborted) {
    // Its own handle, so that a stream that outlives its reader is closed at the source too.
    const round = new AbortController()
    const stop = () => round.abort()
    signal.addEventListener('abort', stop)
    try {
      await whenOpen(signal)
      const stream = await client.runs.live({ curves: [...curves] }, { signal: round.signal })
      let early: LiveBatch[] | undefined = []
      const begun = on.begin().then(() => {
        for (const batch of early ?? []) on.batch(batch)
        early = undefined
      })
      const read = async () => {
        for await (const batch of stream) {
          if (early) early.push(batch)
          else on.batch(batch)
        }
      }
      await Promise.all([begun, read()])
    } catch {
      // A broken line or a refused stream: the banner tells of the line, and the next round tries again.
    } finally {
      signal.removeEventListener('abort', stop)
      round.abort()
    }
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, 250))
  }
}
