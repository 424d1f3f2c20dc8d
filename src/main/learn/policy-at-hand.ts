import type { Backend } from './backend'
import { allowedMoves, bestOfUnits, planAll, rollOut } from './decision'
import { Ensemble } from './ensemble'
import type { Episode } from './episode'
import { parameterCount } from './network'
import { assertFits, type Policy, type PolicyCard } from './policy'
import type { Problem } from './problem'
import type { StateShape } from './state'

/** A trained policy whose networks stand ready: it decides again and again, also in worlds that change. */
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
   * [episodes][tasks] the best of its units' schemes for episodes of `problem`. Throws PolicyMisfitError where the policy was
   * made for another shape.
   */
  decide(problem: Problem, episodes: readonly Episode[]): Uint8Array[] {
    const { card } = this
    assertFits(card, problem)
    // The networks see the world in the scales and units they were trained with; the best of their schemes is best in its own.
    const seen = episodes.map(({ chain }) => problem.remake(chain, card.shape, card.references))
    const roll = card.kind === 'after-values' ? planAll : rollOut
    const schemes = roll(
      this.#ensemble,
      [{ ...problem, shape: card.shape, costScale: card.costScale }],
      [allowedMoves(problem)],
      [seen]
    )
    return bestOfUnits(episodes, card.shape.places, schemes).placements
  }

  dispose(): void {
    this.#ensemble.dispose()
  }
}

/** A problem whose features are scaled as a policy's were, so that its networks can go on learning; costs stay the problem's own. */
export function inShapeOf(problem: Problem, shape: StateShape): Problem {
  const { references } = problem.compiled
  const episode: Problem['episode'] = (chain) => problem.remake(chain, shape, references)
  return {
    ...problem,
    shape,
    episode,
    draw: (random) => episode(problem.draw(random).chain),
    heldOut: problem.heldOut.map(({ chain }) => episode(chain))
  }
}
