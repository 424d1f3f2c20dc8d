import type { Tier } from '@shared/model/topology'
import type { BatchRule } from '../placing'

/** Places decision by decision where `choose` says; `allowed` [K] are the places it may choose. Returns what the executor was told. */
function decisionByDecision(
  choose: (at: { states: Float64Array; allowed: Uint8Array; i: number }, ...rest: Parameters<BatchRule>) => number
): BatchRule {
  return (sight, random) => {
    const { executor, decisions, places } = sight.model
    const states = new Float64Array(executor.layout.size)
    const allowed = new Uint8Array(places)
    const placement = new Uint8Array(decisions)
    executor.begin(states)
    for (let i = 0; i < decisions; i++) {
      executor.moves(states, 0, allowed)
      placement[i] = choose({ states, allowed, i }, sight, random)
      executor.step(states, 0, placement[i])
    }
    return placement
  }
}

/** Everything on its own device. */
export const onDevice: BatchRule = ({ model }) => new Uint8Array(model.decisions)

/** Each task to a place drawn evenly from those its data can reach. */
export const atRandom: BatchRule = decisionByDecision(({ allowed }, _, random) => {
  for (;;) {
    const place = random.below(allowed.length)
    if (allowed[place]) return place
  }
})

/** All tasks of each workflow on the place of `tier` that costs least alone. Throws RangeError where a device reaches none. */
export function onTier(tier: Tier): BatchRule {
  return ({ model }) => {
    const placement = new Uint8Array(model.decisions)
    // One place for all: workflows of one batch meet there, so that places are compared with everybody at the same.
    let best = Infinity
    let chosen: Uint8Array | undefined
    for (let k = 0; k < model.places; k++) {
      if (model.locations(0)[k].tier !== tier) continue
      placement.fill(k)
      const cost = model.total(placement)
      if (cost < best) {
        best = cost
        chosen = placement.slice()
      }
    }
    if (!chosen)
      throw new RangeError(`device "${model.workflows[0].device}" reaches no ${tier}, so ${tier}-only cannot place its workflows`)
    return chosen
  }
}
