import type { RunSpec } from '@shared/experiment/experiment'
import { defaultsOf, type ParameterValues } from '@shared/experiment/parameters'
import { isLearned, type LearnedAlgorithm } from '../learn/learner'
import type { PolicyCard } from '../learn/policy'
import { isConditioned } from '../learn/policy-at-hand'
import { ALGORITHMS } from '../algorithms'

/** Which scheme continues learning from a policy's weights, and with what. */
export interface Adapting {
  algorithm: LearnedAlgorithm
  parameters: ParameterValues
}

/** The scheme whose networks a policy of unknown origin fits. */
function schemeOf({ kind, network, units }: PolicyCard): string {
  if (kind === 'after-values') return 'dmro-plus'
  if (network.head === 'dueling') return 'dueling-dqn'
  return units === 1 ? 'dqn' : 'dmro'
}

/**
 * The scheme that adapts a policy to a changed world: the one that made it where that is known and starts from weights of this
 * kind, with its own parameters; else the one its networks fit, by default parameters. Sizes and horizon are always the policy's.
 */
export function adaptingTo(card: PolicyCard, spec?: Pick<RunSpec, 'algorithm' | 'parameters'>): Adapting {
  const fitting = schemeOf(card)
  const likely = card.kind === 'after-values' ? fitting : (spec?.algorithm ?? fitting)
  const algorithm = [likely, fitting]
    .map((id) => ALGORITHMS.find((candidate) => candidate.card.id === id))
    // What learns over a set of environments hands over to the scheme whose start it is.
    .find((candidate) => candidate !== undefined && isLearned(candidate) && !candidate.card.needsEnvironments) as LearnedAlgorithm
  const own = spec && spec.algorithm === algorithm.card.id ? spec.parameters : {}
  const carried = { hidden: card.network.hidden, units: card.units, conditioned: isConditioned(card), horizon: card.horizon ?? 1 }
  const known = Object.entries(carried).filter(([key]) => algorithm.card.parameters.some((parameter) => parameter.key === key))
  return { algorithm, parameters: { ...defaultsOf(algorithm.card.parameters), ...own, ...Object.fromEntries(known) } }
}
