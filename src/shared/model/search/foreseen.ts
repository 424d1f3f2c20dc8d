import { randomStream } from '../random'
import { Annealing } from './annealing'
import { Stream } from './causal'
import { outlookOf } from './outlook-of'
import { ResumedExecutor } from './part'
import { planBy } from './rules'
import { type Plan, searched } from './search'

/** Releases that are planned together: more of them take longer to anneal than they gain. */
const HORIZON = 3
/** Two attempts find what is some 2 % better than one; more of them hardly anything. */
const ATTEMPTS = 2
/** Of the evaluations that an effort allows, those that each horizon gets; of long streams less, so that it takes as long. */
const SHARE = 0.15
const TASKS = 200
/** Changes that are tried however long it is. */
const LEAST = 100

/**
 * The plan of a stream by one who knows what is released next: at each release, that and the next ones are annealed together, on machines as
 * those before have left them, and what is released then stays where this puts it. Annealing all of the stream at once takes a hundred times
 * as long to find as good ones.
 */
export function foreseen(stream: Stream, evaluations: number): Plan {
  const { executor } = stream
  const each = Math.max(LEAST, Math.floor(SHARE * evaluations * Math.min(1, TASKS / executor.batch.decisions)))
  let best: Plan | undefined
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const placement = attempted(stream, each, attempt)
    const cost = executor.run(placement)
    if (!best || cost < best.cost) best = { placement, cost }
  }
  return best as Plan
}

function attempted(stream: Stream, evaluations: number, attempt: number): Uint8Array {
  const { executor, releases } = stream
  const random = randomStream(attempt, 'action')
  return stream.place(({ from, to }, number, state) => {
    const last = releases[Math.min(releases.length, number + HORIZON) - 1]
    const horizon = new ResumedExecutor(executor, from, last.to)
    horizon.takeOver(executor, state)
    const outlook = outlookOf(horizon)
    const { placement } = searched(new Annealing(outlook, { start: planBy(outlook, 'tail'), evaluations, random }))
    return placement.subarray(0, to - from)
  })
}
