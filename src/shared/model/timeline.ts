import { type ChainPlacement, flowSeconds, stepEnergy } from './cost'
import type { Environment } from './environment'
import type { Chain } from './workflow'

/** When and where one task of a placed workflow runs; seconds count from the zero of the episode it is placed in. */
export interface TaskSpan {
  id: string
  node: string
  /** When it begins to compute. */
  startSeconds: number
  finishSeconds: number
  /** Seconds its data travelled before it, from the end of the last task it comes from to the last arrival. */
  transferSeconds: number
  /** Where processors are shared: which core of the node computes it, from 0, and how long it waited for that after its data had arrived. */
  core?: number
  waitSeconds?: number
  /** Of computing, weighted 1, α, β as in eq. (8), and of what the owner's device sends and receives for it. */
  energyJoules: number
}

/** A placed chain task by task. Its end (return included if counted) is T_x of eq. (5). */
export function chainTimeline(environment: Environment, chain: Chain, countReturn: boolean, placement: ChainPlacement): TaskSpan[] {
  let clock = 0
  return chain.taskIds.map((id, i) => {
    const previous = i === 0 ? 0 : placement[i - 1]
    const transfer = flowSeconds(environment, previous, placement[i], chain.megabytes[i])
    const startSeconds = clock + transfer
    clock = startSeconds + chain.megacycles[i] * environment.secondsPerMegacycle[placement[i]]
    return {
      id,
      node: environment.locations[placement[i]].id,
      startSeconds,
      finishSeconds: clock,
      transferSeconds: transfer,
      energyJoules: stepEnergy(environment, chain, countReturn, i, previous, placement[i])
    }
  })
}
