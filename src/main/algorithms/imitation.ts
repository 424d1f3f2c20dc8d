import type { ParameterTable, ParameterValues } from '@shared/algorithms/parameters'
import { advance } from '@shared/model/advance'
import { footprintOf } from '@shared/run/footprint'
import { AGREEMENT, LEARNED_METRICS } from '@shared/run/metrics'
import type { Backend } from '../learn/backend'
import { BatchImitation, checkBatchImitation } from '../learn/batches/imitating'
import type { Episode } from '../learn/episode'
import { greedyPlace } from '../learn/equations'
import type { LearnedAlgorithm, Member, StepReport } from '../learn/learner'
import { addCrossEntropy, softmax } from '../learn/logits'
import type { ShapedValues } from '../learn/policy'
import { Ring } from '../learn/ring'
import { type StateShape, stateLength, writeState } from '../learn/state'
import { type KeptMemory, UnitLearner } from '../learn/units'
import { sharedParameters } from './parameters'

/** What the teacher shows: a workflow, where it puts each task, and which places were as good. */
interface Demonstration {
  episode: Episode
  /** [tasks] */
  placement: Uint8Array
  /** [tasks·K] the probability of each place: even over those that lead to the least Q. */
  labels: Float32Array
}

/** Deep imitation learning: demonstrations of the reference are drawn once, then a policy is trained to repeat them state by state. */
class Imitation extends UnitLearner<Ring<Demonstration>> {
  /** One learn step on a batch of decisions out of the demonstrations, all of which are drawn before the first. */
  learn(): StepReport[] {
    const { shape, runs } = this
    const K = shape.places
    const rates = this.rates()
    for (const { problem, streams, memory } of runs) {
      while (memory.size < memory.capacity) memory.push(demonstrationOf(problem.draw(streams.environment), K))
    }
    const batch = this.number('batch')
    const length = stateLength(shape)
    const states = new Float32Array(runs.length * batch * length)
    const drawn = Array.from({ length: runs.length * batch }, (_, row) => {
      const { memory, streams } = this.runOf(row, batch)
      const shown = memory.at(streams.replay.below(memory.size))
      const i = streams.replay.below(shown.episode.tasks)
      const previous = i === 0 ? 0 : shown.placement[i - 1]
      writeState(K, shown.episode, i, previous, states, row * length)
      return { ...shown, i, previous }
    })
    const loss = new Float64Array(runs.length)
    const agreed = new Float64Array(runs.length)
    const reward = new Float64Array(runs.length)
    const probabilities = new Float64Array(K)
    const gradientOf = (outputs: Float32Array) => {
      const gradient = new Float32Array(outputs.length)
      drawn.forEach(({ episode, labels, i, previous }, row) => {
        const m = Math.floor(row / batch)
        const { moves, costs } = episode
        softmax(outputs, { at: row * K, allowed: moves, from: previous * K }, probabilities)
        loss[m] += addCrossEntropy(probabilities, labels, i * K, 1 / batch, gradient, row * K) / batch
        const own = greedyPlace(outputs, row * K, moves, previous * K, K)
        if (labels[i * K + own] > 0) agreed[m] += 1 / batch
        reward[m] -= costs[(i * K + previous) * K + own] / batch
      })
      return gradient
    }
    this.ensemble.learn(states, gradientOf, 'adam', this.perUnit(rates))
    return runs.map((_, m) => ({ loss: loss[m], reward: reward[m], learningRate: rates[m], [AGREEMENT]: agreed[m] }))
  }

  constructor(backend: Backend, members: readonly Member[]) {
    const { problem, parameters } = members[0]
    const slots = Number(parameters.demonstrations)
    super(backend, members, {
      shaped: networkOf(problem.shape, parameters),
      units: 1,
      remember: (_, kept) => {
        if (!kept) return new Ring(slots)
        const shown = kept.episodes.map((episode) => demonstrationOf(episode, problem.shape.places))
        return Ring.from(slots, shown, kept.next)
      }
    })
  }

  protected kept(m: number): KeptMemory {
    const { items, next } = this.runs[m].memory.state
    return { episodes: items.map(({ episode }) => episode), next, extra: {} }
  }
}

/** Relative difference of Q up to which places are alike: a sum of many numbers is not surer than that. */
const ALIKE = 1e-9

/** The exact optimum of a workflow; of each state on its way, which places lead to the least Q. */
export function demonstrationOf(episode: Episode, places: number): Demonstration {
  const { tasks, costs, model } = episode
  const placement = model.reference().placement ?? new Uint8Array(tasks)
  const labels = new Float32Array(tasks * places)
  // least[p]: the least that tasks from i on cost with the task before at place p.
  let least = new Float64Array(places)
  for (let i = tasks - 1; i >= 0; i--) {
    const before = new Float64Array(places)
    for (let previous = 0; previous < places; previous++) {
      const row = (i * places + previous) * places
      const totals = Float64Array.from(least, (rest, a) => costs[row + a] + rest)
      before[previous] = Math.min(...totals)
      if (previous !== (i === 0 ? 0 : placement[i - 1])) continue
      const isBest = (total: number) => total <= before[previous] + ALIKE * Math.abs(before[previous])
      const share = 1 / totals.filter(isBest).length
      totals.forEach((total, a) => {
        if (isBest(total)) labels[i * places + a] = share
      })
    }
    least = before
  }
  advance()
  return { episode, placement, labels }
}

function networkOf(shape: StateShape, parameters: ParameterValues): ShapedValues {
  const network = { inputs: stateLength(shape), hidden: Number(parameters.hidden), outputs: shape.places, head: 'plain' } as const
  return { kind: 'move-logits', network }
}

const parameters: ParameterTable = [
  ...sharedParameters(['hidden', 'learnSteps', 'learningRate', 'learningRateDecay', 'finalLearningRate', 'batch'], {
    hidden: 256,
    learnSteps: 4000,
    learningRate: 0.001,
    batch: 256
  }).map((each) =>
    each.key === 'batch'
      ? { ...each, unit: 'decisions', sentence: 'Decisions of the demonstrations that a learn step learns from, drawn with replacement.' }
      : each
  ),
  {
    key: 'demonstrations',
    common: true,
    label: 'Demonstrations',
    unit: 'workflows',
    type: 'integer',
    default: 10_000,
    min: 1,
    max: 100_000,
    sentence: 'Workflows, on graphs batches, that the teacher places before the first learn step.'
  },
  ...sharedParameters(['training', 'jitter', 'conditioned', 'evaluateEvery', 'checkpointEvery'])
]

export const imitation: LearnedAlgorithm = {
  card: {
    id: 'imitation',
    title: 'Imitation',
    kind: 'learned',
    look: { light: '#6246a6', dark: '#a48fe0', dash: [6, 2, 2, 2], marker: 'circle' },
    networks: { values: 'move-logits', head: 'plain' },
    metrics: [...LEARNED_METRICS, AGREEMENT],
    graphDefaults: { demonstrations: 1000, evaluateEvery: 300 },
    summary: 'A policy learns to repeat the exact optimum’s decisions (deep imitation learning).',
    reading:
      'S. Yu et al. 2020 (IEEE Wireless Communications 27(1), 92): demonstrations offline, behavioural cloning, decisions online, one of K places for each task. Sizes were not to be had; our reading: 10,000 demonstrations of the exact optimum, two hidden layers of 256, the state of eq. (13), a softmax over places, Adam 0.001; where several places lead to the least Q they are even labels. On graphs the teacher is the best rule, annealed with 5,000 evaluations.',
    parameters
  },
  network: networkOf,
  footprint: (own, size) => footprintOf({ ...own, memoryWorkflows: own.demonstrations }, size),
  start: (backend, members) => new Imitation(backend, members),
  batches: { checkInitial: checkBatchImitation, start: (backend, members) => new BatchImitation(backend, members) }
}
