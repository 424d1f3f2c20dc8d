import type { AlgorithmLook } from './looks'
import type { ParameterTable, ParameterValues, RemovedParameter } from './parameters'

/** What an algorithm needs and gives: placements by training, by rule, by one fixed place, or the exact reference. */
export type AlgorithmKind = 'learned' | 'heuristic' | 'fixed' | 'reference'

/**
 * What outputs of networks are. Of a state: Q(S_i, a), eq. (18); V of the remaining workflow with the last task at place a, where Q = −F + V;
 * log-probabilities of places up to a constant, alone or followed by V. Of a whole workflow at once: such log-probabilities for each of its
 * tasks, or two yes-or-no questions for each: does it leave the device, and if so, for the second place?
 */
export const VALUE_KINDS = [
  'state-values',
  'after-values',
  'move-logits',
  'actor-critic',
  'placement-logits',
  'placement-questions'
] as const

/** What an algorithm's networks give, and how: weights pass between algorithms that have both alike. */
export interface NetworkKind {
  values: (typeof VALUE_KINDS)[number]
  head: 'plain' | 'dueling'
}

/** An algorithm as forms, the command line and the history know it. The code behind it is in main/algorithms. */
export interface AlgorithmCard {
  id: string
  title: string
  kind: AlgorithmKind
  /** How it is drawn, in both themes and on paper; grey where it does not say. */
  look?: AlgorithmLook
  /** Of an algorithm that learns. */
  networks?: NetworkKind
  /** One sentence for lists. */
  summary: string
  /** How it reads the paper's text where the text leaves room. */
  reading: string
  parameters: ParameterTable
  /** Parameters it once had that never had an effect. Documents may still name them at their default. */
  removed?: readonly RemovedParameter[]
  /** It draws nothing at random: it places the same whatever the seed. */
  isDeterministic?: true
  /** Curves that its runs record while they learn; a rule records none. */
  metrics?: readonly string[]
  /** Why it places chains alone, in a sentence; absent: graphs and shared machines as well. */
  chainsOnly?: string
  /** Defaults of its parameters on graphs and shared machines, where they differ. */
  graphDefaults?: ParameterValues
  /** The same on streams, where they differ once more. */
  streamDefaults?: ParameterValues
  /** It learns over an environment set and has to be given one. */
  needsEnvironments?: boolean
  /** The name of the program on this machine that it is (agents.ts): it trains alone, and its policy lives there. */
  program?: string
}
