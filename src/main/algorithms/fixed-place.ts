import { tableCost } from '@shared/model/cost'
import type { Tier } from '@shared/model/topology'
import type { EpisodeRule } from '../learn/placing'

/** Puts all tasks of a workflow on the place of `tier` that costs it least. Throws RangeError where none can be reached. */
export function bestSinglePlace(tier: Tier): EpisodeRule {
  return (episode, locations) => {
    let best: Uint8Array | undefined
    let least = Infinity
    for (let place = 0; place < locations.length; place++) {
      if (locations[place].tier !== tier) continue
      const placement = new Uint8Array(episode.tasks).fill(place)
      const cost = tableCost(episode.costs, locations.length, placement)
      if (cost < least) {
        least = cost
        best = placement
      }
    }
    if (!best) throw new RangeError(`device "${episode.chain.device}" reaches no ${tier}, so ${tier}-only cannot place its workflows`)
    return best
  }
}
