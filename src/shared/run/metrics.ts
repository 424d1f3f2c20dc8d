/** A curve that runs record, along their steps: learn steps of those that train, evaluations of those that search (steps.ts). */
export interface Metric {
  key: string
  label: string
  unit: string
  sentence: string
  /** Which end is good, for sorting and colouring. */
  better: 'lower' | 'higher' | 'neither'
  /** Wall-clock metrics differ between repeats; all others repeat to the bit. */
  repeatable: boolean
}

export const METRICS: readonly Metric[] = [
  {
    key: 'loss',
    label: 'Loss',
    unit: '',
    sentence:
      'What a learn step lowers, over all units: the mean squared temporal-difference error (the paper’s “cost”, Figs. 4, 5, 8), of policies the cross-entropy or their objective.',
    better: 'lower',
    repeatable: true
  },
  {
    key: 'reward',
    label: 'Mean reward',
    unit: '',
    sentence: 'Mean reward per task of the workflows rolled out for a learn step (Fig. 7).',
    better: 'higher',
    repeatable: true
  },
  {
    key: 'epsilon',
    label: 'Exploration ε',
    unit: '',
    sentence: 'Probability that a unit proposes a random place.',
    better: 'neither',
    repeatable: true
  },
  { key: 'learningRate', label: 'Learning rate', unit: '', sentence: 'Step size of the optimiser.', better: 'neither', repeatable: true },
  {
    key: 'cost',
    label: 'Cost Q',
    unit: 'per workflow',
    sentence: 'Mean Q of the workflows of the evaluation, eq. (9).',
    better: 'lower',
    repeatable: true
  },
  {
    key: 'gap',
    label: 'Optimality gap',
    unit: '',
    sentence: 'Mean of Q / Q* − 1 over the workflows of the evaluation.',
    better: 'lower',
    repeatable: true
  },
  {
    key: 'delay',
    label: 'Delay T',
    unit: 's',
    sentence: 'Mean T of the workflows of the evaluation, eq. (5).',
    better: 'lower',
    repeatable: true
  },
  {
    key: 'energy',
    label: 'Energy E',
    unit: 'J',
    sentence: 'Mean E of the workflows of the evaluation, eq. (8).',
    better: 'lower',
    repeatable: true
  },
  {
    key: 'agreement',
    label: 'Agreement',
    unit: '',
    sentence: 'Share of the decisions of a learn step that are among the teacher’s.',
    better: 'higher',
    repeatable: true
  },
  {
    key: 'speed',
    label: 'Speed',
    unit: 'learn steps/s',
    sentence: 'Learn steps per second since the last point.',
    better: 'higher',
    repeatable: false
  }
]

/** How many of the decisions that are imitated are the teacher's. */
export const AGREEMENT = 'agreement'

/** What every algorithm records that searches: how the held-out workflows are placed by its best so far. */
export const SEARCH_METRICS: readonly string[] = ['cost', 'gap', 'delay', 'energy']
/** What every algorithm records that learns: its learn steps, and how the held-out workflows are placed. */
export const LEARNED_METRICS: readonly string[] = ['loss', 'reward', 'learningRate', ...SEARCH_METRICS, 'speed']
/** What those record that explore by chance. */
export const EXPLORING_METRICS: readonly string[] = [...LEARNED_METRICS, 'epsilon']

/** The gap curve of one unit of an ensemble, recorded beside the gap of the best of all. */
export function unitGapMetric(unit: number): string {
  return `gap.unit${unit + 1}`
}

/** Points of one curve, as they travel from a worker to the store. */
export interface CurvePoints {
  metric: string
  /** Steps of the run, ascending (steps.ts). */
  steps: Float64Array
  values: Float64Array
}
