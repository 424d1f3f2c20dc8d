import { Worker } from 'node:worker_threads'
import { countIn } from '@shared/model/advance'

/** How often a worker process says that it lives, in milliseconds. */
export const BEAT_MS = 1000

// Control characters that no library prints, around a number.
const BEAT = /\u0002(-?\d+)\u0003/g
const PARTIAL = /\u0002[-\d]*$/

/** A sign of life as it is written: how far the work has come, a number that changes as long as it gets on. */
export function beatOf(count: number): string {
  return `\u0002${count}\u0003`
}

/** Begins to give signs of life from a thread of its own, the script at `path`. Without that thread batches are the only signs. */
export function giveSigns(path: string): void {
  const count = new Int32Array(new SharedArrayBuffer(4))
  try {
    const thread = new Worker(path, { workerData: { count } })
    thread.on('error', () => {})
    thread.unref()
    countIn(count)
  } catch {
    // As told above.
  }
}

/** Takes the signs of life out of what a worker prints; `onText` gets the rest. Call with each piece of its stdout. */
export function hearSigns(onBeat: (count: number) => void, onText: (text: string) => void): (piece: string) => void {
  let carried = ''
  return (piece) => {
    const text = carried + piece
    for (const [, count] of text.matchAll(BEAT)) onBeat(Number(count))
    const rest = text.replace(BEAT, '')
    carried = PARTIAL.exec(rest)?.[0] ?? ''
    const printed = rest.slice(0, rest.length - carried.length)
    if (printed !== '') onText(printed)
  }
}
