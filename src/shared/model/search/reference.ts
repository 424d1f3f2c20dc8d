import type { Executor } from '../batch/executor'
import { randomStream } from '../random'
import type { Reference } from '../world'
import { Annealing, TEMPERATURES } from './annealing'
import { Beam } from './beam'
import { exact } from './exact'
import type { Outlook } from './outlook'
import { outlookOf } from './outlook-of'
import { foreseen } from './foreseen'
import { Pilot } from './pilot'
import { Stream } from './causal'
import { planBy, RULES } from './rules'
import { type Plan, searched } from './search'

/** How much may be spent on the reference of one episode. */
export interface Effort {
  /** Changes tried by annealing. */
  evaluations: number
  /** States of the beam before it. */
  beam: number
  /** States kept in all by the search for the optimum, and what it does where these are not enough. */
  states: number
  otherwise: 'follow' | 'end'
}

/** Less than a tenth of a second for tens of tasks. */
export const QUICK: Effort = { evaluations: 20_000, beam: 32, states: 12_000, otherwise: 'end' }

/** Some seconds for tens of tasks. */
export const THOROUGH: Effort = { evaluations: 100_000, beam: 200, states: 300_000, otherwise: 'follow' }

/** Batches up to so many tasks get the whole effort of annealing and beam, and of the search for the optimum. */
const SEARCHED = 40
const PROVEN = 20

/**
 * What of an effort a batch of so many tasks gets. A plan of more tasks takes longer to evaluate, a beam longer still; and the states that
 * an optimum takes grow so fast that of many tasks there is hardly a chance.
 */
function shareOf({ beam, evaluations, states, otherwise }: Effort, decisions: number): Effort {
  const share = Math.min(1, SEARCHED / decisions)
  return {
    beam: Math.floor(beam * share ** 2),
    evaluations: Math.max(MOVES, Math.floor(evaluations * share)),
    states: Math.floor(states * Math.min(1, PROVEN / decisions) ** 3),
    otherwise
  }
}

/** Changes that are tried of however many tasks. */
const MOVES = 100

/** The best of the rules, of the pilot and of a beam, annealed. */
function found(outlook: Outlook, { beam, evaluations }: Effort): Plan {
  let start = RULES.map((rule) => planBy(outlook, rule)).reduce((best, plan) => (plan.cost < best.cost ? plan : best))
  // Both take time that grows with more than the square of the tasks.
  if (beam > 0) {
    const pilot = searched(new Pilot(outlook))
    start = searched(new Beam(outlook, { states: beam, start: pilot.cost < start.cost ? pilot : start }))
  }
  return annealed(outlook, start, evaluations)
}

function annealed(outlook: Outlook, start: Plan, evaluations: number): Plan {
  const annealing = new Annealing(outlook, { start, evaluations, random: randomStream(1, 'action'), from: TEMPERATURES.warm })
  const { placement } = searched(annealing)
  return { placement, cost: outlook.executor.run(placement) }
}

const searchedBy = ({ beam, evaluations }: Effort, isStream: boolean) =>
  `${isStream ? 'tolls fitted to the whole stream and annealing' : beam > 0 ? 'pilot, beam and annealing' : 'annealing'} (evaluations: ${evaluations.toLocaleString('en-US')})`

/** Q that no placement is below: nothing waits, and every task costs least. */
function boundOf(outlook: Outlook): number {
  const { executor, restEnergy } = outlook
  const start = new Float64Array(executor.layout.size)
  const delays = new Float64Array(executor.batch.workflows.length)
  executor.begin(start)
  outlook.delays(start, 0, delays)
  return delays.reduce((sum, delay) => sum + delay, 0) * executor.costPerSecond + restEnergy[0]
}

/**
 * The optimum of an episode, where layered dominance proves it with this effort; else the best plan that was found, and what is proven of
 * all others. Draws from a stream of its own, so it is the same on any machine.
 */
export function referenceOf(executor: Executor, effort: Effort = QUICK): Reference {
  const outlook = outlookOf(executor)
  const { decisions } = executor.batch
  const own = shareOf(effort, decisions)
  const stream = Stream.of(executor)
  const start = stream ? annealed(outlook, foreseen(stream, effort.evaluations), own.evaluations) : found(outlook, own)
  // Fewer states than layers are not worth the memory that layers of wide graphs take.
  if (own.states < decisions)
    return {
      lower: boundOf(outlook),
      upper: start.cost,
      kind: 'best-known',
      placement: start.placement,
      how: searchedBy(own, stream !== undefined)
    }
  const { plan, lower, isProven, states } = exact(outlook, { start, states: own.states, otherwise: own.otherwise })
  const { cost, placement } = plan
  const layers = `layered dominance (states: ${states.toLocaleString('en-US')})`
  if (isProven) return { lower, upper: cost, kind: 'optimum', placement, how: layers }
  const how = cost < start.cost ? layers : searchedBy(own, stream !== undefined)
  return { lower, upper: cost, kind: 'best-known', placement, how }
}
