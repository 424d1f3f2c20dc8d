import { count } from '../../format'
import type { Executor } from '../batch/executor'
import { randomStream } from '../random'
import type { Reference } from '../world'
import { Annealing, TEMPERATURES } from './annealing'
import { Beam } from './beam'
import { exact } from './exact'
import type { Outlook } from './outlook'
import { outlookOf } from './outlook-of'
import { Pilot } from './pilot'
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

/** A few hundredths of a second for tens of tasks. */
export const QUICK: Effort = { evaluations: 5000, beam: 24, states: 3000, otherwise: 'end' }

/** What one asks for once, and waits some seconds for. */
export const THOROUGH: Effort = { evaluations: 50_000, beam: 200, states: 1_000_000, otherwise: 'follow' }

/** Batches up to so many tasks get the whole effort; a plan of more takes longer to evaluate, and a beam over it longer still. */
const WHOLE = 40

/** The whole effort, or what of it a batch of so many tasks gets. */
function shareOf({ beam, evaluations, states, otherwise }: Effort, decisions: number): Effort {
  const share = Math.min(1, WHOLE / decisions)
  return {
    beam: Math.floor(beam * share ** 2),
    evaluations: Math.max(100, Math.floor(evaluations * share)),
    states: Math.floor(states * share),
    otherwise
  }
}

/** The best of the rules, of the pilot and of a beam, annealed. */
function found(outlook: Outlook, { beam, evaluations }: Effort): Plan {
  let start = RULES.map((rule) => planBy(outlook, rule)).reduce((best, plan) => (plan.cost < best.cost ? plan : best))
  // Both take time that grows with more than the square of the tasks.
  if (beam > 0) {
    const pilot = searched(new Pilot(outlook))
    start = searched(new Beam(outlook, { states: beam, start: pilot.cost < start.cost ? pilot : start }))
  }
  return searched(new Annealing(outlook, { start, evaluations, random: randomStream(1, 'action'), from: TEMPERATURES.warm }))
}

/**
 * The optimum of an episode, where layered dominance proves it with this effort; else the best plan that was found, and what is proven of
 * all others. Draws from a stream of its own, so it is the same on any machine.
 */
export function referenceOf(executor: Executor, effort: Effort = QUICK): Reference {
  const outlook = outlookOf(executor)
  const own = shareOf(effort, executor.batch.decisions)
  const start = found(outlook, own)
  const { plan, lower, isProven, states } = exact(outlook, { start, states: own.states, otherwise: own.otherwise })
  const { cost, placement } = plan
  const layers = `layered dominance, ${count(states, 'state', 'states')}`
  if (isProven) return { lower, upper: cost, kind: 'optimum', placement, how: layers }
  const how = cost < start.cost ? layers : `pilot, beam and annealing, ${count(own.evaluations, 'evaluation', 'evaluations')}`
  return { lower, upper: cost, kind: 'best-known', placement, how }
}
