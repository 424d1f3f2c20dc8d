import { randomStream, type RandomStream } from '@shared/model/random'
import { Scratch } from './scratch'

/** What a case measured: numbers by their names, such as milliseconds, or 1 for what it came to. */
export type Measures = Record<string, number>

/** One case: makes its fault from `random`, and throws where what must hold does not. Its scratch is cleared after it. */
export type Case = (random: RandomStream, index: number, scratch: Scratch) => Measures | Promise<Measures>

/** A row of RELIABILITY.md: one kind of fault. `npm test` makes a few cases of it, `npm run soak` many. */
export interface Row {
  name: string
  /** How the fault is made. */
  fault: string
  /** What must hold of every case. */
  holds: string
  cases: { ci: number; soak: number }
  /** What its cases share, made once and kept until the last of them. */
  begin(scratch: Scratch): Case | Promise<Case>
  /** What its cases came to, in a few words. */
  figure(tally: Tally): string
  /** Why it cannot be made on this machine; undefined where it can. */
  missing?(): string | undefined
}

/** What one name of the measures of many cases came to. */
export interface Sum {
  count: number
  sum: number
  least: number
  most: number
}

/** What the cases of a row measured, one sum for each name. */
export class Tally {
  constructor(readonly sums: Record<string, Sum> = {}) {}

  add(measures: Measures): void {
    for (const [name, value] of Object.entries(measures)) {
      const { count, sum, least, most } = this.sums[name] ?? { count: 0, sum: 0, least: value, most: value }
      this.sums[name] = { count: count + 1, sum: sum + value, least: Math.min(least, value), most: Math.max(most, value) }
    }
  }

  /** How much came together; 0 of what never was. */
  total(name: string): number {
    return this.sums[name]?.sum ?? 0
  }

  most(name: string): number {
    return this.sums[name]?.most ?? 0
  }

  mean(name: string): number {
    const { sum, count } = this.sums[name] ?? { sum: 0, count: 1 }
    return sum / count
  }
}

/** The generator of a case: its seed and number say what it does, on every machine. */
export const randomOf = (seed: number, index: number): RandomStream => randomStream(seed * 10_000_000 + index, 'workload')

/** A case in which something did not hold. */
export interface Fault {
  index: number
  message: string
}

interface Asked {
  seed: number
  /** The first case, and the one before which it ends. */
  from: number
  to: number
  /** Told before each case and after it. */
  onCase?(index: number): void
  onDone?(index: number, seconds: number, measures: Measures | Fault): void
}

/** Makes the cases of a row one after the other. A case that does not hold is told like any other, and the next is made. */
export async function runCases(row: Row, { seed, from, to, onCase, onDone }: Asked): Promise<void> {
  const shared = new Scratch()
  try {
    const makeCase = await row.begin(shared)
    for (let index = from; index < to; index++) {
      onCase?.(index)
      const started = performance.now()
      const scratch = new Scratch()
      let told: Measures | Fault
      try {
        told = await makeCase(randomOf(seed, index), index, scratch)
      } catch (error) {
        told = { index, message: messageOf(error) }
      } finally {
        await scratch.clear()
      }
      onDone?.(index, (performance.now() - started) / 1000, told)
    }
  } finally {
    await shared.clear()
  }
}

/** What an error says, and what a schema found where one is behind it. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { issues } = (error.cause ?? {}) as { issues?: unknown }
  return issues === undefined ? error.message : `${error.message}: ${JSON.stringify(issues).slice(0, 1000)}`
}

export const isFault = (told: Measures | Fault): told is Fault => typeof told.message === 'string'
