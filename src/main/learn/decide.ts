import { type Assessment, assess } from '@shared/model/assessment'
import type { Scenario } from '@shared/model/scenario'
import { loadBackend } from './backend'
import { allowedMoves, bestOfUnits, planAll, rollOut } from './decision'
import { Ensemble } from './ensemble'
import { parameterCount } from './network'
import { assertFits, readPolicy } from './policy'
import { compileProblem } from './problem'

/**
 * Places a scenario's own workflows by a trained policy (bytes of `Learner.policy`). Throws PolicyMisfitError where
 * the policy was made for another shape, NotAChainError for graphs. `decisionMs` is for all workflows together.
 */
export async function decideScenario(bytes: Uint8Array, scenario: Scenario): Promise<Assessment & { decisionMs: number }> {
  const { card, weights } = readPolicy(bytes)
  const own = compileProblem({ scenario, heldOut: 1, split: 0 }, { training: 'fixed', jitter: 0 })
  assertFits(card, own)
  // The networks see the world in the scales and units they were trained with; the best of their schemes is best in its own.
  const problem = { ...own, shape: card.shape, costScale: card.costScale }
  const seen = own.compiled.chains.map((chain) => own.remake(chain, card.shape, card.references))
  const episodes = own.compiled.chains.map(own.episode)
  const backend = await loadBackend()
  const zeros = weights.map(() => new Float32Array(parameterCount(card.network)))
  const ensemble = new Ensemble(backend, card.network, card.units, {
    steps: 0,
    online: weights,
    target: weights,
    first: zeros,
    second: zeros
  })
  try {
    const began = performance.now()
    const roll = card.kind === 'after-values' ? planAll : rollOut
    const { placements } = bestOfUnits(episodes, card.shape.places, roll(ensemble, [problem], [allowedMoves(problem)], [seen]))
    const decisionMs = performance.now() - began
    return { ...assess(own.compiled, placements), decisionMs }
  } finally {
    ensemble.dispose()
  }
}
