import { type ChildProcess, fork } from 'node:child_process'
import { hearSigns } from './heartbeat'
import { harmless } from '../terminal'
import type { FromWorker, SpawnWorker, WorkerHandle } from './protocol'

/** Bytes of a worker's stderr that are kept for failure messages. */
const LAST_WORDS = 2048

/** How long what a worker said before it died may still be under way, in milliseconds. */
const DRAIN_MS = 500

/** Small tensors gain nothing from more threads, and one thread per worker repeats to the bit. */
export const WORKER_ENVIRONMENT = {
  TF_CPP_MIN_LOG_LEVEL: '2',
  TF_NUM_INTRAOP_THREADS: '1',
  TF_NUM_INTEROP_THREADS: '1',
  OMP_NUM_THREADS: '1'
}

/** Workers as Node processes that run the script at `path`. All they print goes to this process's stderr. */
export function forkWorkers(path: string): SpawnWorker {
  return () =>
    handleOf(
      fork(path, [], {
        serialization: 'advanced',
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        // The parent's own flags (an inspector's port, a test runner's loader) are not the worker's.
        execArgv: [],
        env: { ...process.env, ...WORKER_ENVIRONMENT }
      })
    )
}

function handleOf(child: ChildProcess): WorkerHandle {
  let words = ''
  const hear = (text: string): void => {
    words = (words + text).slice(-LAST_WORDS)
    process.stderr.write(harmless(text))
  }
  const beats = new Set<(count: number) => void>()
  const listen = hearSigns(
    (count) => {
      for (const listener of beats) listener(count)
    },
    (text) => process.stderr.write(harmless(text))
  )
  child.stdout?.setEncoding('utf8').on('data', listen)
  child.stderr?.setEncoding('utf8').on('data', hear)
  return {
    pid: child.pid,
    // A worker that is gone cannot be told anything; onExit says that it is.
    post: (message) => void (child.connected && child.send(message, () => {})),
    onMessage: (listener) => void child.on('message', (message) => listener(message as FromWorker)),
    onBeat: (listener) => void beats.add(listener),
    onExit: (listener) => {
      let told = false
      const tell = (code: number | null, signal: string | null): void => {
        if (told) return
        told = true
        listener(code, signal)
      }
      child.on('error', (error) => {
        // An error of a living process is a message that could not be sent.
        if (child.pid !== undefined) return
        words = error.message
        tell(null, null)
      })
      child.on('exit', (code, signal) => {
        // "exit" may overtake the last messages and lines; "disconnect" and "close" come after them.
        const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
        const disconnected = child.connected ? new Promise<void>((resolve) => child.once('disconnect', () => resolve())) : undefined
        const deadline = setTimeout(() => tell(code, signal), DRAIN_MS)
        void Promise.all([closed, disconnected]).then(() => {
          clearTimeout(deadline)
          tell(code, signal)
        })
      })
    },
    // A stopped process ignores anything milder.
    kill: () => void child.kill('SIGKILL'),
    lastWords: () => words
  }
}
