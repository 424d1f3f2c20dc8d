import { randomStream } from '@shared/model/random'
import { Annealing } from '@shared/model/search/annealing'
import { type Plan, searched } from '@shared/model/search/search'
import type { Decision } from '../learner'
import { planByValues, type Valued } from './beam'
import type { BatchSight } from './problem'

/** How much a plan may take: states of the beam, evaluations of annealing after it. */
export interface PlanEffort {
  beam: number
  polish: number
}

/** The temperature at which annealing continues from a plan that is good already. */
const WARM = 0.03

/** Plans an episode by a beam over V, then anneals from what it found. `x`, its number, seeds the annealing. */
export function planBatch(valued: Valued, { beam, polish }: PlanEffort, x: number): Plan {
  const start = planByValues(valued, beam)
  if (polish === 0 || start.cost === Infinity) return start
  const { outlook } = valued.features
  return searched(new Annealing(outlook, { start, evaluations: polish, random: randomStream(x, 'action'), from: WARM }))
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
