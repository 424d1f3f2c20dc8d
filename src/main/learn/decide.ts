import { type Assessment, assess } from '@shared/model/assessment'
import type { Scenario } from '@shared/model/scenario'
import { loadBackend } from './backend'
import { bestOfUnits, planAll, rollOut } from './decision'
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
  const conditioned = card.shape.coefficients > 0
  const own = compileProblem({ scenario, heldOut: 1, split: 0 }, { training: 'fixed', jitter: 0, conditioned })
  assertFits(card, own)
  // The networks see the world in the scales and units they were trained with; the best of their schemes is best in its own.
  // One that is told the environment knows costs by what they are relative to this scenario's own.
  const scales = conditioned ? { references: own.compiled.references, costScale: own.costScale } : card
  const seen = own.compiled.chains.map((chain) => own.remake(chain, { ...scales, shape: card.shape }))
  const episodes = own.compiled.chains.map((chain) => own.episode(chain))
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
    const { placements } = bestOfUnits(episodes, card.shape.places, roll(ensemble, card.shape, [seen]))
    const decisionMs = performance.now() - began
    return { ...assess(own.compiled, placements), decisionMs }
  } finally {
    ensemble.dispose()
  }
}
