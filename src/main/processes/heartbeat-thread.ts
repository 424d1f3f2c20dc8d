import { writeSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
import { BEAT_MS, beatOf } from './heartbeat'

/**
 * Entry of a thread beside a worker's own: once a second it tells on stdout that the process lives, and how far its work has come.
 * The worker's own thread may compute for minutes without a turn for messages.
 */
const { count } = workerData as { count: Int32Array<SharedArrayBuffer> }
const STDOUT = 1

setInterval(() => {
  try {
    writeSync(STDOUT, beatOf(Atomics.load(count, 0)))
  } catch (error) {
    // The listener is gone: nobody could stop this process any more, and its own thread may be long in noticing.
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') process.kill(process.pid, 'SIGKILL')
  }
}, BEAT_MS)
