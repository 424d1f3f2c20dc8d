import { type ChainPlacement, flowSeconds, stepEnergy } from './cost'
import type { Environment } from './environment'
import type { Chain } from './workflow'

/** When and where one task of a placed workflow runs; seconds count from the workflow's start. */
export interface TaskSpan {
  id: string
  node: string
  /** When the task's data has arrived and it begins to compute. */
  startSeconds: number
  finishSeconds: number
  /** Seconds its data travelled before it. */
  transferSeconds: number
  /** Weighted 1, α, β as in eq. (8). */
  energyJoules: number
}

/** A placed chain task by task. Its end (return included if counted) is T_x of eq. (5). */
export function chainTimeline(environment: Environment, chain: Chain, placement: ChainPlacement): TaskSpan[] {
  let clock = 0
  return chain.taskIds.map((id, i) => {
    const transfer = flowSeconds(environment, i === 0 ? 0 : placement[i - 1], placement[i], chain.megabytes[i])
    const startSeconds = clock + transfer
    clock = startSeconds + chain.megacycles[i] * environment.secondsPerMegacycle[placement[i]]
    return {
      id,
      node: environment.locations[placement[i]].id,
      startSeconds,
      finishSeconds: clock,
      transferSeconds: transfer,
      energyJoules: stepEnergy(environment, chain, i, placement[i])
    }
  })
}
