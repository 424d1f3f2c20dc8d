import type { ParameterValue } from '@shared/algorithms/parameters'

/** An algorithm of a study's experiment. */
export interface Choice {
  id: string
  parameters?: Readonly<Record<string, ParameterValue | readonly ParameterValue[]>>
  /** dmro-environments/1. */
  environments?: object
  /** `study:<name>`: a policy of an earlier stage. */
  initialWeights?: string
}

export function studyExperiment(
  name: string,
  scenarios: readonly (object | string)[],
  algorithms: readonly Choice[],
  seeds: readonly number[]
): object {
  return { format: 'dmro-experiment/1', name, scenarios, algorithms, seeds }
}

/** Five seeds as it should be, two as a sketch. */
export const SEEDS = { full: [1, 2, 3, 4, 5], quick: [1, 2] } as const

/** Algorithm 1 as these studies read it: the reward is −F, the true objective, which the text's min–max reward only ranks. */
export const DMRO_REWARD = { reward: 'cost' } as const

/** Algorithm 2 as these studies read it, and as their published results did: one environment a unit and learn step, Double Q-learning. */
export const META_READING = { drawn: 'once', target: 'double' } as const

/** One learn step so small that nothing changes: the policy as it came, placing. Its curve begins with it. */
export const AS_IT_CAME = { learnSteps: 1, learningRate: 1e-7, evaluateEvery: 1 } as const
