import { advance } from '@shared/model/advance'
import { randomStream } from '@shared/model/random'
import { Annealing, TEMPERATURES } from '@shared/model/search/annealing'
import { type Plan, searched } from '@shared/model/search/search'
import type { Decision } from '../learner'
import { planByValues, type Valued } from './beam'
import type { BatchSight } from './problem'

/** How much a plan may take: states of the beam, evaluations of annealing after it, and the temperature that begins at, in units of Q. */
export interface PlanEffort {
  beam: number
  polish: number
  warmth: number
}

/**
 * Temperatures that annealing may continue at from a plan that is good already; each cools to a tenth of itself. How good a beam's plan is
 * depends on the world: where V errs more, it has to be left farther. The first is what a policy has that was not tried out.
 */
export const WARMTHS = [TEMPERATURES.warm, 0.06, 0.1] as const

/** Plans an episode by a beam over V, then anneals from what it found. `x`, its number, seeds the annealing. */
export function planBatch(valued: Valued, { beam, polish, warmth }: PlanEffort, x: number): Plan {
  const start = planByValues(valued, beam)
  if (polish === 0 || start.cost === Infinity) return start
  return annealed(valued, start, { polish, warmth }, x)
}

function annealed({ features }: Valued, start: Plan, { polish, warmth }: Omit<PlanEffort, 'beam'>, x: number): Plan {
  const random = randomStream(x, 'action')
  return searched(new Annealing(features.outlook, { start, evaluations: polish, random, from: warmth, to: warmth / 10 }))
}

/** Tasks placed at each temperature that is tried. */
const TRIED_TASKS = 1200

/** The temperature at which plans of training batches, drawn one by one, end cheapest; the first of equal ones. */
export function bestWarmth(draw: () => Valued, { beam, polish }: Omit<PlanEffort, 'warmth'>): number {
  const sums = WARMTHS.map(() => 0)
  for (let x = 0, tasks = 0; tasks < TRIED_TASKS; x++) {
    const valued = draw()
    tasks += valued.features.batch.decisions
    const start = planByValues(valued, beam)
    WARMTHS.forEach((warmth, w) => {
      advance()
      sums[w] += annealed(valued, start, { polish, warmth }, x).cost
    })
  }
  return WARMTHS[sums.indexOf(Math.min(...sums))]
}

/** Of each episode the best of the units' placements. */
export function bestOfBatchUnits(sights: readonly BatchSight[], unitPlacements: readonly (readonly Uint8Array[])[]): Decision {
  const unitCosts = unitPlacements.map((placements) => Float64Array.from(sights, ({ model }, x) => model.total(placements[x])))
  const placements = sights.map((_, x) => {
    let best = 0
    for (let unit = 1; unit < unitPlacements.length; unit++) if (unitCosts[unit][x] < unitCosts[best][x]) best = unit
    return unitPlacements[best][x]
  })
  return { placements, unitCosts }
}
