import type { Parameter, ParameterTable } from '@shared/algorithms/parameters'

/** Parameters that several algorithms share, each declared once; an algorithm takes those it has and may change a default. */
const SHARED = {
  units: {
    key: 'units', common: true, paces: true, label: 'Parallel networks', symbol: 's', type: 'integer', default: 5, min: 1, max: 64,
    sentence: 'How many Q-networks propose; of their placements the one with the least true Q is used.'
  },
  hidden: {
    key: 'hidden', common: true, paces: true, label: 'Hidden units', symbol: 'H', type: 'integer', default: 64, min: 4, max: 1024,
    sentence: 'Width of both hidden layers; 128 suits five places or twenty tasks.'
  },
  learnSteps: {
    key: 'learnSteps', common: true, label: 'Learn steps', unit: 'steps', type: 'integer', default: 2000, min: 1, max: 10_000_000,
    sentence: 'Gradient steps of the run.'
  },
  evaluations: {
    key: 'evaluations', common: true, label: 'Evaluations', unit: 'per workflow', type: 'integer', default: 2000, min: 1, max: 10_000_000,
    sentence: 'Placements of a workflow whose Q is computed at most: what algorithms that search may spend, the same for all of them; on streams at each release.'
  },
  optimiser: {
    key: 'optimiser', label: 'Optimiser', type: 'choice', default: 'adam',
    choices: [{ value: 'adam', label: 'Adam' }, { value: 'sgd', label: 'SGD' }],
    sentence: 'How gradients become steps; plain SGD learns these costs several times slower.'
  },
  learningRate: {
    key: 'learningRate', common: true, stacks: true, label: 'Learning rate', symbol: 'θ', type: 'number', default: 0.01, min: 1e-7, max: 1,
    sentence: 'Step size of the optimiser; the paper finds 0.01 best (Fig. 4).'
  },
  learningRateDecay: {
    key: 'learningRateDecay', stacks: true, label: 'Learning rate decay', type: 'choice', default: 'none',
    choices: [{ value: 'none', label: 'constant' }, { value: 'cosine', label: 'cosine' }],
    sentence: 'Whether the learning rate stays or falls by half a cosine to its final share.'
  },
  finalLearningRate: {
    key: 'finalLearningRate', stacks: true, label: 'Final learning rate', unit: '× start', type: 'number', default: 0.01, min: 0, max: 1,
    only: { key: 'learningRateDecay', value: 'cosine' },
    sentence: 'Share of the learning rate left at the end of a cosine decay.'
  },
  batch: {
    key: 'batch', common: true, paces: true, label: 'Replay batch', symbol: 'B', unit: 'transitions', type: 'integer', default: 64, min: 1, max: 4096,
    sentence: 'Transitions each unit draws from the memory pool for a learn step; larger batches make the loss steadier (Fig. 5).'
  },
  memory: {
    key: 'memory', common: true, label: 'Memory pool', unit: 'transitions', type: 'integer', default: 10_000, min: 100, max: 1_000_000,
    sentence: 'Transitions kept for replay, the oldest overwritten first.'
  },
  round: {
    key: 'round', paces: true, label: 'Workflows per learn step', unit: 'workflows', type: 'integer', default: 5, min: 1, max: 256,
    sentence: 'Workflows placed and stored before each learn step (Algorithm 1, line 20).'
  },
  targetCopy: {
    key: 'targetCopy', label: 'Target copy', unit: 'learn steps', type: 'integer', default: 200, min: 1, max: 100_000,
    sentence: 'Learn steps between two copies of the online weights into the frozen target network.'
  },
  discount: {
    key: 'discount', common: true, stacks: true, label: 'Discount', symbol: 'μ', type: 'number', default: 1, min: 0, max: 1,
    sentence: 'Weight of later tasks; 1 is the true objective, and below 0.8 little is learned.'
  },
  epsilonStart: {
    key: 'epsilonStart', stacks: true, label: 'Exploration at the start', symbol: 'ε₀', type: 'number', default: 1, min: 0, max: 1,
    sentence: 'Probability of a random proposal at the first learn step; starting low can leave a slow network local-only for good.'
  },
  epsilonEnd: {
    key: 'epsilonEnd', stacks: true, label: 'Exploration at the end', symbol: 'ε', type: 'number', default: 0.05, min: 0, max: 1,
    sentence: 'Probability of a random proposal once exploration has fallen.'
  },
  epsilonShare: {
    key: 'epsilonShare', stacks: true, label: 'Exploration falls over', unit: '× run', type: 'number', default: 0.5, min: 0, max: 1,
    sentence: 'Share of the learn steps over which ε falls linearly from start to end.'
  },
  training: {
    key: 'training', stacks: true, label: 'Training workflows', type: 'choice', default: 'fresh',
    choices: [{ value: 'fresh', label: 'drawn from the generator' }, { value: 'fixed', label: 'the workload’s own' }],
    sentence: 'Whether every round draws new workflows or learns only on the workload’s own; a workload without a generator has only its own.'
  },
  jitter: {
    key: 'jitter', stacks: true, label: 'Jitter of own workflows', type: 'number', default: 0, min: 0, max: 2,
    only: { key: 'training', value: 'fixed' },
    sentence: 'Where runs train on the workload’s own workflows, each size is multiplied by e^u, u drawn evenly from ± this value, every time.'
  },
  conditioned: {
    key: 'conditioned', paces: true, label: 'State describes the environment', type: 'switch', default: false,
    sentence: 'Appends the compiled coefficients of the environment to the state, so that one policy can serve many environments.'
  },
  evaluateEvery: {
    key: 'evaluateEvery', label: 'Evaluate every', unit: 'learn steps', type: 'integer', default: 50, min: 1, max: 1_000_000,
    sentence: 'Learn steps between two evaluations (the points of the gap and cost curves).'
  },
  checkpointEvery: {
    key: 'checkpointEvery', label: 'Checkpoint every', unit: 'learn steps', type: 'integer', default: 500, min: 1, max: 1_000_000,
    sentence: 'Learn steps between two checkpoints; a stopped run resumes from the last one.'
  }
} as const satisfies Record<string, Parameter>

export type SharedKey = keyof typeof SHARED

/** An algorithm's table: shared parameters in order, with other defaults where given. */
export function sharedParameters(keys: readonly SharedKey[], defaults: Partial<Record<SharedKey, number | string>> = {}): ParameterTable {
  return keys.map((key) => (defaults[key] === undefined ? SHARED[key] : ({ ...SHARED[key], default: defaults[key] } as Parameter)))
}

/** What an inner loop of the outer model has. */
export function innerParameters(defaults: { innerSteps: number; innerRate: number }): ParameterTable {
  return [
    {
      key: 'innerSteps', label: 'Inner learn steps', symbol: 'k', unit: 'learn steps', type: 'integer', default: defaults.innerSteps, min: 2, max: 1000,
      sentence: 'Learn steps in one environment before ψ moves.'
    },
    {
      key: 'innerRate', label: 'Inner learning rate', symbol: 'α', type: 'number', default: defaults.innerRate, min: 1e-7, max: 1,
      sentence: 'Step size of gradient descent inside one environment.'
    }
  ]
}

/** What policies have that are drawn from. */
export const entropyParameter: Parameter = {
  key: 'entropy', stacks: true, common: true, label: 'Entropy weight', type: 'number', default: 1, min: 0, max: 100,
  sentence: 'How much an even choice among places is worth, in units of the reward; with little of it a policy settles on the device before it has seen what leaving it saves.'
}

/** What networks have that give V beside a policy. */
export const valueWeightParameter: Parameter = {
  key: 'valueWeight', stacks: true, label: 'Value weight', type: 'number', default: 0.5, min: 0, max: 100,
  sentence: 'Weight of the squared error of V beside the policy’s own loss.'
}

/** Whether networks that propose whole placements do so by chance while they train. */
export const drawnParameter: Parameter = {
  key: 'proposals', stacks: true, label: 'Proposals', type: 'choice', default: 'drawn',
  choices: [{ value: 'drawn', label: 'drawn by their probability' }, { value: 'greatest', label: 'the most probable' }],
  sentence: 'What networks propose while they train; without chance they soon agree. Decisions always take the most probable.'
}

/** What networks have that propose whole placements and learn what is stored (L. Huang et al. 2018, 2020; authors' programs). */
export function proposingParameters(more: ParameterTable = []): ParameterTable {
  return [
    ...more,
    ...sharedParameters(['hidden'], { hidden: 120 }).map((each) => ({ ...each, sentence: 'Width of the first hidden layer.' })),
    {
      key: 'secondHidden', common: true, paces: true, label: 'Second hidden layer', type: 'integer', default: 80, min: 4, max: 1024,
      sentence: 'Width of the second hidden layer.'
    },
    ...sharedParameters(['learnSteps', 'learningRate', 'learningRateDecay', 'finalLearningRate']),
    {
      key: 'batchWorkflows', common: true, paces: true, label: 'Replay batch', symbol: 'B', unit: 'workflows', type: 'integer', default: 128, min: 1, max: 1024,
      sentence: 'Stored placements each network learns from per step, drawn with replacement.'
    },
    {
      key: 'memoryWorkflows', common: true, label: 'Memory pool', unit: 'workflows', type: 'integer', default: 1024, min: 2, max: 100_000,
      sentence: 'Workflows kept with their placements, the oldest overwritten first; learning begins once half of it is full.'
    },
    ...sharedParameters(['round', 'training', 'jitter', 'conditioned', 'evaluateEvery', 'checkpointEvery'], { round: 10 })
  ]
}

/** The table of the single networks: DMRO's without the number of units and the choice of reward. */
export const singleNetworkParameters = sharedParameters([
  'hidden', 'learnSteps', 'discount', 'optimiser', 'learningRate', 'learningRateDecay', 'finalLearningRate', 'batch', 'memory', 'round',
  'targetCopy', 'epsilonStart', 'epsilonEnd', 'epsilonShare', 'training', 'jitter', 'conditioned', 'evaluateEvery', 'checkpointEvery'
])

/** What single networks take on graphs and shared machines, where a network sees hundreds of numbers: longer runs whose steps shrink. */
export const singleNetworkOnGraphs = { learnSteps: 6000, learningRateDecay: 'cosine', evaluateEvery: 300, checkpointEvery: 1000 } as const
