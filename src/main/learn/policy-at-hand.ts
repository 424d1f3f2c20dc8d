import type { Backend } from './backend'
import { bestOfUnits, placementsOfUnits } from './decision'
import { Ensemble } from './ensemble'
import type { Episode } from './episode'
import { parameterCount } from './network'
import { assertFits, type Policy, type PolicyCard } from './policy'
import type { Problem } from './problem'
import type { StateShape } from './state'

/** A trained policy whose networks are loaded: it decides again and again, also in worlds that change. */
export class PolicyAtHand {
  readonly card: PolicyCard
  readonly #ensemble: Ensemble

  constructor(backend: Backend, { card, weights }: Policy) {
    this.card = card
    const zeros = weights.map(() => new Float32Array(parameterCount(card.network)))
    this.#ensemble = new Ensemble(backend, card.network, card.units, {
      steps: 0,
      online: weights,
      target: weights,
      first: zeros,
      second: zeros
    })
  }

  /**
   * [episodes][tasks] the best of its units' placements for episodes of `problem`. Throws PolicyMisfitError where the policy was
   * made for another shape.
   */
  decide(problem: Problem, episodes: readonly Episode[]): Uint8Array[] {
    const { card } = this
    assertFits(card, problem)
    // The networks see the world in the scales and units they were trained with; the best of their placements is best in its own.
    // One that is given the environment knows costs relative to this scenario's own.
    const scales = isConditioned(card) ? { references: problem.compiled.references, costScale: problem.costScale } : card
    const seen = episodes.map(({ chain }) => problem.remake(chain, { ...scales, shape: card.shape }))
    const unitPlacements = placementsOfUnits(this.#ensemble, card, [seen])
    return bestOfUnits(episodes, card.shape.places, unitPlacements).placements
  }

  dispose(): void {
    this.#ensemble.dispose()
  }
}

/** Whether a policy's states describe the environment: then its problem must be compiled so, too. */
export function isConditioned(card: PolicyCard): boolean {
  return card.shape.coefficients > 0
}

/** A problem whose features are scaled as a policy's were, so that its networks can continue learning; costs stay the problem's own. */
export function inShapeOf(problem: Problem, shape: StateShape): Problem {
  const scales = { shape, references: problem.compiled.references, costScale: problem.costScale }
  const episode = ({ chain }: Episode) => problem.remake(chain, scales)
  return {
    ...problem,
    shape,
    episode: (chain) => problem.remake(chain, scales),
    draw: (random) => episode(problem.draw(random)),
    heldOut: problem.heldOut.map(episode)
  }
}
