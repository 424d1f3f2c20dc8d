import { type ChainPlacement, flowEnergy, flowSeconds } from '../model/cost'
import type { Environment } from '../model/environment'
import type { Objective, References } from '../model/objective'
import { TIERS, type Tier } from '../model/topology'
import type { Chain } from '../model/workflow'

/** Excess over the optimum, as a share of Q*; negative where a part costs less than in the optimum. */
export interface TaskLoss {
  /** Position in the workflow, from 0. */
  task: number
  /** Computing: its seconds and its joules, weighted as in eq. (9). */
  compute: number
  /** The flow into the task; the last task carries the return. */
  transfer: number
}

/** All hops from one tier to another (another place, or the same one: then nothing is sent). */
export interface HopLoss {
  from: Tier
  to: Tier
  /** Hops per workflow, by the policy and by the optimum. */
  hops: number
  optimumHops: number
  /** Seconds of transfer a workflow. */
  seconds: number
  optimumSeconds: number
  /** What these seconds, and the joules that the device spends in them, cost beyond the optimum's, as a share of Q*. */
  excess: number
}

/** Means over workflows: Σ (compute + transfer) over tasks is the mean gap, Σ excess over hops the part of it that is transfer. */
export interface Losses {
  workflows: number
  gap: number
  tasks: TaskLoss[]
  hops: HopLoss[]
}

/** A workflow placed twice: as a policy does, and as well as can be. */
export interface PlacedTwice {
  environment: Environment
  chain: Chain
  placement: ChainPlacement
  optimum: ChainPlacement
  /** Q*; its share is what losses are told in. */
  optimumCost: number
}

/**
 * Q/Q* − 1 of each workflow taken apart by task and by hop, and averaged over the workflows. Where the optimum costs nothing, whatever
 * costs something is infinitely more, and the rest is not excess.
 */
export function lossesOf(objective: Objective, references: References, placed: readonly PlacedTwice[]): Losses {
  const longest = placed.reduce((most, { chain }) => Math.max(most, chain.taskIds.length), 0)
  const tasks = Array.from({ length: longest }, (_, task): TaskLoss => ({ task, compute: 0, transfer: 0 }))
  const hops = TIERS.flatMap((from) =>
    TIERS.map((to): HopLoss => ({ from, to, hops: 0, optimumHops: 0, seconds: 0, optimumSeconds: 0, excess: 0 }))
  )
  const each = 1 / placed.length
  for (const { environment, chain, placement, optimum, optimumCost } of placed) {
    // No part of an optimum of 0 costs anything, so that only the placement's own parts can be ∞.
    const excessOf = (cost: number, sign: 1 | -1) => (cost === 0 ? 0 : (sign * each * cost) / optimumCost)
    const count = chain.taskIds.length
    const walk = (places: ChainPlacement, sign: 1 | -1): void => {
      for (let i = 0; i <= count; i++) {
        if (i === count && !objective.countReturn) break
        const from = i === 0 ? 0 : places[i - 1]
        const to = i === count ? 0 : places[i]
        const seconds = flowSeconds(environment, from, to, chain.megabytes[i])
        const joules = flowEnergy(environment, from, to, chain.megabytes[i])
        const cost = seconds / references.delaySeconds + (objective.energyWeight * joules) / references.energyJoules
        tasks[Math.min(i, count - 1)].transfer += excessOf(cost, sign)
        if (i < count) tasks[i].compute += excessOf(computeCost(environment, objective, references, chain.megacycles[i], to), sign)
        if (from === to) continue
        const hop = hops[TIERS.indexOf(environment.locations[from].tier) * TIERS.length + TIERS.indexOf(environment.locations[to].tier)]
        hop.excess += excessOf(cost, sign)
        if (sign > 0) {
          hop.hops += each
          hop.seconds += each * seconds
        } else {
          hop.optimumHops += each
          hop.optimumSeconds += each * seconds
        }
      }
    }
    walk(placement, 1)
    walk(optimum, -1)
  }
  const gap = tasks.reduce((sum, { compute, transfer }) => sum + compute + transfer, 0)
  return { workflows: placed.length, gap, tasks, hops: hops.filter(({ hops, optimumHops }) => hops > 0 || optimumHops > 0) }
}

function computeCost(
  environment: Environment,
  { energyWeight }: Objective,
  references: References,
  megacycles: number,
  place: number
): number {
  const seconds = megacycles * environment.secondsPerMegacycle[place]
  const joules = megacycles * environment.joulesPerMegacycle[place]
  return seconds / references.delaySeconds + (energyWeight * joules) / references.energyJoules
}

/** The mean of several runs' losses on the same workflows, seed by seed. Throws RangeError for none. */
export function meanLosses(all: readonly Losses[]): Losses {
  if (all.length === 0) throw new RangeError('there are no losses to average')
  const over = (value: (losses: Losses) => number) => all.reduce((sum, losses) => sum + value(losses), 0) / all.length
  const hopOf = (losses: Losses, from: Tier, to: Tier) => losses.hops.find((hop) => hop.from === from && hop.to === to)
  const met = TIERS.flatMap((from) => TIERS.map((to) => ({ from, to }))).filter(({ from, to }) => all.some((each) => hopOf(each, from, to)))
  return {
    workflows: all[0].workflows,
    gap: over(({ gap }) => gap),
    tasks: all[0].tasks.map(({ task }) => ({
      task,
      compute: over(({ tasks }) => tasks[task]?.compute ?? 0),
      transfer: over(({ tasks }) => tasks[task]?.transfer ?? 0)
    })),
    hops: met.map(({ from, to }) => ({
      from,
      to,
      hops: over((each) => hopOf(each, from, to)?.hops ?? 0),
      optimumHops: over((each) => hopOf(each, from, to)?.optimumHops ?? 0),
      seconds: over((each) => hopOf(each, from, to)?.seconds ?? 0),
      optimumSeconds: over((each) => hopOf(each, from, to)?.optimumSeconds ?? 0),
      excess: over((each) => hopOf(each, from, to)?.excess ?? 0)
    }))
  }
}
