import type { LiveBatch } from '@shared/contract/records'
import type { ProgramConnection } from './connection'
import { followStream } from './stream'

/** Follows `runs.live` for as long as `signal` allows; `begin` reads what was there before, whenever the stream is opened. */
export function follow(
  connection: ProgramConnection,
  curves: readonly string[],
  on: { begin(): Promise<void>; batch(batch: LiveBatch): void },
  signal: AbortSignal
): Promise<void> {
  return followStream(
    connection,
    (round) => connection.client.runs.live({ curves: [...curves] }, { signal: round }),
    { begin: on.begin, item: on.batch },
    signal
  )
}
