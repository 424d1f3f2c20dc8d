/** What a learner may start from when its world has changed: meta-parameters ψ, the weights it has, or fresh random ones. */
export const STARTS = ['psi', 'old', 'random'] as const
export type Start = (typeof STARTS)[number]

/** A learner has recovered once its mean gap on the held-out workflows is at most this. */
export const RECOVERED_GAP = 0.05

/** What a recovering learner comes to after so many learn steps, on the held-out workflows. */
export interface RecoveryPoint {
  step: number
  /** Mean of Q / Q* − 1. */
  gap: number
  /** Mean Q. */
  cost: number
}

/** How a learner came back; `steps` is undefined where it has not yet. */
export interface Recovery {
  /** Learn steps until the mean gap was first at most 5 %. */
  steps: number | undefined
  /**
   * What the workflows of those steps cost beyond their optimum, in Q: the held-out excess of each step times the workflows of
   * a step. Of learners that have not recovered, what they have lost so far.
   */
  excessCost: number
}

/** Whether a recovery is measured at this learn step: at every one at first, when most happens, and rarer later. */
export function isMeasured(step: number): boolean {
  return step <= 20 || (step <= 200 ? step % 5 === 0 : step % 20 === 0)
}

/** What the workflows of some learn steps cost beyond their optimum, in Q. Between two points the earlier one holds. */
export function excessOf(points: readonly RecoveryPoint[], optimumCost: number, workflowsAStep: number): number {
  let excess = 0
  for (let i = 0; i + 1 < points.length; i++)
    excess += (points[i].cost - optimumCost) * (points[i + 1].step - points[i].step) * workflowsAStep
  return excess
}

/** What the points of a recovery, in order of their steps, come to. */
export function recoveryOf(points: readonly RecoveryPoint[], optimumCost: number, workflowsAStep: number): Recovery {
  const at = points.findIndex(({ gap }) => gap <= RECOVERED_GAP)
  const until = at < 0 ? points : points.slice(0, at + 1)
  return { steps: at < 0 ? undefined : points[at].step, excessCost: excessOf(until, optimumCost, workflowsAStep) }
}
