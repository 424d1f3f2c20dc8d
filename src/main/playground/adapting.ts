import type { RunSpec } from '@shared/run/spec'
import { defaultsOf, type ParameterValues, parametersOfRun } from '@shared/algorithms/parameters'
import { type Algorithm, isLearned, type LearnedAlgorithm } from '../learn/learner'
import type { PolicyCard } from '../learn/policy'
import { isConditioned } from '../learn/policy-at-hand'
import { ALGORITHMS } from '../algorithms'

/** Which algorithm continues learning from a policy's weights, and with what. */
export interface Adapting {
  algorithm: LearnedAlgorithm
  parameters: ParameterValues
}

const isInner = (algorithm: Algorithm): algorithm is LearnedAlgorithm => isLearned(algorithm) && !algorithm.card.needsEnvironments

/** The first algorithm of the register whose networks a policy of unknown origin fits: one of single networks where the policy has one, if there is any. */
function fittingTo({ kind, network, units }: PolicyCard): LearnedAlgorithm {
  const alike = ALGORITHMS.filter(isInner).filter(({ card: { networks } }) => networks.values === kind && networks.head === network.head)
  const isParallel = ({ card }: LearnedAlgorithm) => card.parameters.some(({ key }) => key === 'units')
  const fitting = alike.find((algorithm) => isParallel(algorithm) === units > 1) ?? alike[0]
  if (!fitting) throw new RangeError(`no algorithm here learns on from ${kind} with a ${network.head} head`)
  return fitting
}

/**
 * The algorithm that adapts a policy to a changed world: the one that made it where that is known and starts from weights of this
 * kind, with its own parameters; else the one its networks fit, by default parameters. Sizes and horizon are always the policy's.
 */
export function adaptingTo(card: PolicyCard, spec?: Pick<RunSpec, 'algorithm' | 'parameters'>): Adapting {
  // What learns over a set of environments hands over to the algorithm whose start it is.
  const maker = ALGORITHMS.filter(isInner).find(({ card: { id, networks } }) => id === spec?.algorithm && networks.values === card.kind)
  const algorithm = maker ?? fittingTo(card)
  const own =
    spec?.algorithm === algorithm.card.id ? parametersOfRun(algorithm.card, spec.parameters) : defaultsOf(algorithm.card.parameters)
  const carried = { hidden: card.network.hidden, units: card.units, conditioned: isConditioned(card), horizon: card.horizon ?? 1 }
  const known = Object.entries(carried).filter(([key]) => algorithm.card.parameters.some((parameter) => parameter.key === key))
  return { algorithm, parameters: { ...own, ...Object.fromEntries(known) } }
}
