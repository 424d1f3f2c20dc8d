import { type Assessment, assess } from '@shared/model/assessment'
import { ChainWorld } from '@shared/model/chain-world'
import type { Scenario } from '@shared/model/scenario'
import { loadBackend } from './backend'
import { assertFits, readPolicy } from './policy'
import { isConditioned, PolicyAtHand } from './policy-at-hand'
import { compileProblem } from './problem'

/**
 * Places a scenario's own workflows by a trained policy (bytes of `Learner.policy`). Throws PolicyMisfitError where
 * the policy was made for another shape, NotAChainError for graphs. `decisionMs` is for all workflows together.
 */
export async function decideScenario(bytes: Uint8Array, scenario: Scenario): Promise<Assessment & { decisionMs: number }> {
  const made = readPolicy(bytes)
  const problem = compileProblem(
    { scenario, heldOut: 1, split: 0 },
    { training: 'fixed', jitter: 0, conditioned: isConditioned(made.card) }
  )
  assertFits(made.card, problem)
  const episodes = problem.compiled.chains.map((chain) => problem.episode(chain))
  const policy = new PolicyAtHand(await loadBackend(), made)
  try {
    const began = performance.now()
    const placements = policy.decide(problem, episodes)
    const decisionMs = performance.now() - began
    return { ...assess(new ChainWorld(problem.compiled), placements), decisionMs }
  } finally {
    policy.dispose()
  }
}
