import { randomStream } from '../random'
import type { Stream } from './causal'
import { generation, recombined } from './evolution'
import type { Plan } from './search'
import { TOLL_KINDS } from './toll'
import { placeByToll } from './toll-plan'

/** Coefficients to begin with: what leaves a device is what the next workflow most often has to wait for. */
const FIRST = TOLL_KINDS.map((kind) => (kind === 'device' ? 0.65 : kind.startsWith('device') ? 2.5 : 0.08))
/** How far candidates go from them, as factors e^±σ, in the first generation, and what becomes of that with each. */
const SPREAD = 0.8
const NARROWER = 0.63
const CANDIDATES = 12
/** Generations: of long streams one, since each takes as long as placing all of it a dozen times. */
const GENERATIONS = 3
const LONG = 1000
/** Of the evaluations that an effort allows, those at each release; fewer where there are many tasks. */
const SHARE = 0.015
const TASKS = 200
const LEAST = 20

/**
 * The plan of a stream by one who knows it to its end: tolls are fitted to this very stream, and the best of all the plans that this tries is
 * kept. Annealing the whole stream takes a hundred times as long to find as good ones, looking some releases ahead ends some 3 % above.
 */
export function foreseen(stream: Stream, evaluations: number): Plan {
  const { executor } = stream
  const { decisions } = executor.batch
  const each = Math.max(LEAST, Math.floor(SHARE * evaluations * Math.min(1, TASKS / decisions)))
  const random = randomStream(1, 'action')
  let best: Plan = { placement: new Uint8Array(decisions), cost: Infinity }
  let mean: Float64Array = Float64Array.from(FIRST, Math.log)
  for (let g = 0, spread = SPREAD; g < (decisions > LONG ? 1 : GENERATIONS); g++, spread *= NARROWER) {
    const seed = random.uint32()
    const costOf = (point: Float64Array): number => {
      const placement = placeByToll(stream, point.map(Math.exp), each, seed)
      const cost = executor.run(placement)
      if (cost < best.cost) best = { placement, cost }
      return cost
    }
    mean = recombined(generation(mean, spread, CANDIDATES, random, costOf))
  }
  return best
}
