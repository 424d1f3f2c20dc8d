import type { DetectionSummary } from '@shared/contract/playground'
import { stretchesOf } from '@shared/experiment/changes'
import { randomStream } from '@shared/model/random'
import { compileScenario } from '@shared/model/scenario'
import type { Backend } from './backend'
import { detectionSummary, type ObservedStretch } from './observing'
import type { OuterOptions } from './outer'
import { readPolicy } from './policy'
import { isConditioned, PolicyAtHand } from './policy-at-hand'
import { compileProblem, problemOptionsOf } from './problem'

/** Of a longer stretch no more workflows are watched. */
const MOST_WORKFLOWS = 2000
/** Placed at a time. */
const BATCH = 250

/**
 * How soon measured delays show that the world has changed, and how many alarms are false: the workflows of a schedule as ψ places them without
 * learning on, watched under the noise of many seeds. Throws PolicyMisfitError, RangeError.
 */
export function detectionOf(
  backend: Backend,
  options: Pick<OuterOptions, 'scenario' | 'schedule' | 'psi' | 'parameters' | 'heldOut' | 'split' | 'seed'> & { noise: number },
  seeds: readonly number[]
): DetectionSummary {
  const { scenario, schedule, psi, parameters, heldOut, split, seed, noise } = options
  const policy = readPolicy(psi)
  const atHand = new PolicyAtHand(backend, policy)
  const random = randomStream(seed, 'evaluation')
  const { references } = compileScenario(scenario)
  try {
    const all = stretchesOf(scenario.topology, schedule)
    const stretches = all.map(({ from, topology }, k): ObservedStretch => {
      const problem = compileProblem(
        { scenario: { ...scenario, topology }, heldOut, split },
        { ...problemOptionsOf(parameters), conditioned: isConditioned(policy.card), references }
      )
      const count = Math.min(MOST_WORKFLOWS, (all[k + 1]?.from ?? schedule.workflows) - from)
      const placed: ObservedStretch['placed'][number][] = []
      while (placed.length < count) {
        const episodes = Array.from({ length: Math.min(BATCH, count - placed.length) }, () => problem.draw(random))
        const placements = atHand.decide(problem, episodes)
        episodes.forEach(({ chain }, i) => placed.push({ chain, placement: placements[i] }))
      }
      return { compiled: problem.compiled, placed }
    })
    return detectionSummary(stretches, noise, seeds)
  } finally {
    atHand.dispose()
  }
}
