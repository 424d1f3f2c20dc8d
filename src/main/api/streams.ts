import type { Lab } from './lab'

/** Live streams one host serves at the same time. */
const MOST_STREAMS = 64

interface Busy {
  BUSY(options: { message: string; data: { most: number } }): Error
}

/** Counts a live stream for as long as it is listened to. Throws BUSY where too many are open. */
export async function* oneStream<T>(lab: Lab, errors: Busy, open: () => AsyncGenerator<T, void>): AsyncGenerator<T, void> {
  if (lab.liveStreams >= MOST_STREAMS) {
    throw errors.BUSY({ message: `${MOST_STREAMS} live streams are open; close a window first.`, data: { most: MOST_STREAMS } })
  }
  lab.liveStreams++
  try {
    yield* open()
  } finally {
    lab.liveStreams--
  }
}
