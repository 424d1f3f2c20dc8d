import { type Assessment, assess } from '@shared/model/assessment'
import { ChainWorld } from '@shared/model/chain-world'
import type { Scenario } from '@shared/model/scenario'
import { loadBackend } from './backend'
import { decideBatches } from './batches/inspection'
import { assertBatchFits, isBatchPolicy, readBatchPolicy } from './batches/policy'
import { compileBatchProblem, isOfBatches } from './batches/problem'
import { assertFits, PolicyMisfitError, readPolicy } from './policy'
import { isConditioned, PolicyAtHand } from './policy-at-hand'
import { compileProblem } from './problem'

/**
 * Places a scenario's own workflows by a trained policy (bytes of `Learner.policy`). Throws PolicyMisfitError where
 * the policy was made for another shape, NotAChainError for graphs. `decisionMs` is for all workflows together.
 */
export async function decideScenario(bytes: Uint8Array, scenario: Scenario): Promise<Assessment & { decisionMs: number }> {
  if (isBatchPolicy(bytes)) return decideBatchScenario(bytes, scenario)
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

function decideBatchScenario(bytes: Uint8Array, scenario: Scenario): Assessment & { decisionMs: number } {
  if (!isOfBatches(scenario))
    throw new PolicyMisfitError('the policy was made for graphs or shared machines; this scenario has chains alone')
  const policy = readBatchPolicy(bytes)
  const problem = compileBatchProblem({ scenario, heldOut: 1 }, { training: 'fixed', jitter: 0 })
  assertBatchFits(policy.card, problem)
  const sights = problem.world.episodes.map(({ workflows }) => problem.sight(workflows))
  const began = performance.now()
  const placements = decideBatches(policy, sights)
  const decisionMs = performance.now() - began
  return { ...assess(problem.world, placements), decisionMs }
}
