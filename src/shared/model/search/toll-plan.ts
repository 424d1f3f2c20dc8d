import { randomStream } from '../random'
import { Annealing } from './annealing'
import type { Stream } from './causal'
import { pilotPlan } from './pilot'
import { searched } from './search'
import { tollOf } from './toll'

/**
 * Temperatures of the annealing, in units of Q. Plans of one release are short, and what is best with the toll may look far from what is best
 * without: it begins warmer than annealing of whole batches does, and ends warmer.
 */
const FROM = 0.4
const TO = 0.03

/**
 * [decisions] Places a stream release by release: from the pilot's plan on, what is released is annealed for its own cost and the toll of what
 * it leaves behind. `coefficients`: of each kind of clock, as in TOLL_KINDS. `seed`: of the annealing.
 */
export function placeByToll(stream: Stream, coefficients: ArrayLike<number>, evaluations: number, seed: number): Uint8Array {
  const seeds = randomStream(seed, 'action')
  return stream.place(({ executor, outlook, seconds }) => {
    const random = randomStream(seeds.uint32(), 'action')
    const toll = tollOf(executor, coefficients, seconds)
    const start = pilotPlan(outlook)
    return searched(new Annealing(outlook, { start, evaluations, random, toll, from: FROM, to: TO })).placement
  })
}
