import type { AlgorithmCard } from '@shared/algorithms/card'
import { algorithmCards } from '../algorithms'

/** Puts the cards of programs, in place of those there were, after the lab's own. */
export function shareCards(cards: readonly AlgorithmCard[]): void {
  const own = algorithmCards.filter(({ program }) => program === undefined)
  algorithmCards.splice(0, algorithmCards.length, ...own, ...cards)
}

/** The cards of programs that this process knows. */
export function sharedCards(): AlgorithmCard[] {
  return algorithmCards.filter(({ program }) => program !== undefined)
}
