import { LEARNED_METRICS } from '@shared/run/metrics'
import type { ParameterTable, ParameterValues } from '@shared/algorithms/parameters'
import type { LearnedAlgorithm, StepReport } from '../learn/learner'
import { networkOf } from './dmro'
import { BatchQ, checkBatchQ } from '../learn/batches/q'
import { OuterModel, outerFootprint, outerParameters, type OuterReading, RATED } from './outer-model'
import { sharedParameters } from './parameters'

/** Algorithm 2: every learn step moves ψ itself, on a replay batch that comes from one environment of the set. */
class Meta extends OuterModel {
  /**
   * @paper Algorithm 2, lines 3, 16: a learn step is one turn of the loop for a round of workflows.
   * @paper Algorithm 2, lines 5–8: every transition of the workflows drawn can be stored, so previous place and action are drawn evenly when a batch is,
   * instead of ε-greedily before: greedy rollouts stay where they began and would not meet offloaded states.
   * @paper Algorithm 2, lines 9, 15: "five times" is the parameter "round".
   * @paper Algorithm 2, line 14: each unit of ψ takes one optimiser step on its own batch.
   * @paper Algorithm 2, line 17: ψ is a policy: s networks that are kept under a name, and that inner models of the same shape start from.
   */
  learn(): StepReport[] {
    const reading = readingOf(this.parameters)
    const rates = this.rates()
    this.chooseEnvironments(reading)
    const loss = new Float64Array(this.runs.length)
    const batch = this.draw(reading, loss)
    this.ensemble.learn(batch.transitions.states, batch.gradient(this.ensemble), this.optimiser, this.perUnit(rates))
    if (this.steps % this.number('targetCopy') === 0) this.ensemble.copyToTarget()
    return this.reports(batch, loss, rates)
  }
}

function readingOf({ target, drawn }: ParameterValues): OuterReading {
  return { target: target === 'double' ? 'double' : 'max', drawn: drawn === 'once' ? 'once' : 'twice' }
}

const parameters: ParameterTable = [
  ...outerParameters([...RATED, 'targetCopy'], { targetCopy: 100 }),
  ...onGraphs(sharedParameters(['epsilonStart', 'epsilonEnd', 'epsilonShare'])),
  {
    key: 'memory',
    graphs: true,
    label: 'Memory pool of an environment on graphs',
    unit: 'transitions',
    type: 'integer',
    default: 1000,
    min: 100,
    max: 1_000_000,
    sentence: 'On graphs and shared machines: transitions kept for replay of each environment of the set, the oldest overwritten first.'
  },
  {
    key: 'drawn',
    common: true,
    label: 'Environments of a learn step',
    type: 'choice',
    default: 'twice',
    before: 'once',
    choices: [
      { value: 'twice', label: 'two, as in the text' },
      { value: 'once', label: 'one' }
    ],
    sentence:
      'Whether a second draw chooses the environment that a unit learns in (Algorithm 2, lines 4 and 10), or it learns where it has just placed workflows.'
  },
  {
    key: 'target',
    common: true,
    label: 'Target',
    type: 'choice',
    default: 'max',
    before: 'double',
    choices: [
      { value: 'max', label: 'eq. (18), as in the text' },
      { value: 'double', label: 'Double Q-learning' }
    ],
    sentence: 'Whether the frozen network both chooses and values the next place, eq. (18), or values what the online network chooses.'
  }
]

/** On graphs rollouts explore, as those of Algorithm 1 do. */
function onGraphs(table: ParameterTable): ParameterTable {
  return table.map((each) => ({
    ...each,
    graphs: true,
    sentence: `On graphs and shared machines: ${each.sentence[0].toLowerCase()}${each.sentence.slice(1)}`
  }))
}

export const meta: LearnedAlgorithm = {
  card: {
    id: 'meta',
    title: 'Meta (Algorithm 2)',
    kind: 'learned',
    look: { light: '#5a5f7d', dark: '#a3a8c4', dash: [5, 2], marker: 'diamond', hollow: true, width: 1.5 },
    networks: { values: 'state-values', head: 'plain' },
    metrics: LEARNED_METRICS,
    summary: 'Learns the meta-parameters ψ that inner models start from: every replay batch comes from a random environment of the set.',
    reading:
      'Each unit draws an environment to place workflows in and another for its batch, both again every learn step; previous place and action are drawn evenly instead of ε-greedily, so that no environment is kept where it began. ψ is one network per unit. On graphs and shared machines, where a state follows from all decisions before it, the units place a round together in one environment, ε-greedily as in Algorithm 1, and each draws the environment of its batch.',
    parameters,
    needsEnvironments: true
  },
  network: (shape, parameters) => networkOf(shape, parameters, 'plain'),
  footprint: outerFootprint,
  start: (backend, members) => new Meta(backend, members),
  batches: {
    checkInitial: checkBatchQ('plain'),
    start: (backend, members) => {
      const { target, drawn } = readingOf(members[0].parameters)
      return new BatchQ(backend, members, { target, head: 'plain', environments: drawn })
    }
  }
}
