import { LEARNED_METRICS } from '@shared/run/metrics'
import type { ParameterTable, ParameterValues } from '@shared/algorithms/parameters'
import { advance } from '@shared/model/advance'
import { isStream } from '@shared/model/streams'
import { BatchPlus, checkBatchPlus } from '../learn/batches/plus'
import type { BatchProblem } from '../learn/batches/problem'
import { checkToll, TollLearner } from '../learn/batches/toll'
import type { Backend } from '../learn/backend'
import type { Episode } from '../learn/episode'
import { bestAfter } from '../learn/equations'
import type { LearnedAlgorithm, Member, StepReport } from '../learn/learner'
import type { ShapedValues } from '../learn/policy'
import { Ring } from '../learn/ring'
import { restLength, type StateShape, writeRest } from '../learn/state'
import { type KeptMemory, UnitLearner } from '../learn/units'
import { sharedParameters } from './parameters'

/** Workflows of every unit's replay batch, and the states of what remains of them. */
interface Sample {
  /** [units·batch] */
  episodes: Episode[]
  /** [units·batch·states] what remains from task 1 on (0-based). */
  inputs: Float32Array
}

/**
 * DMRO with everything the known cost model gives. F is known, so only what comes after has to be learned:
 * Q(S_i, a) = −F(S_i, a) + V_a(rest after i), where V_p(rest) is the value of the remaining workflow when the
 * task before it sits at p. V does not depend on how p was reached, so one state gives a target for every
 * (previous place, action) pair at once, and nothing needs exploring. Units keep their own weights and batches;
 * the best of their placements is used, as in Algorithm 1.
 */
class DmroPlus extends UnitLearner<Ring<Episode>> {
  /** One learn step: a round of workflows into the pool, then every unit learns some of its own. */
  learn(): StepReport[] {
    const rates = this.rates()
    const round = this.number('round')
    for (const { problem, streams, memory } of this.runs) {
      for (let x = 0; x < round; x++) memory.push(problem.draw(streams.environment))
    }
    const { loss, reward } = this.replay(rates)
    return this.runs.map((_, m) => ({ loss: loss[m], reward: reward[m], learningRate: rates[m] }))
  }

  /** [runs] mean squared error, and mean reward a task of the units' own greedy algorithms. */
  private replay(rates: readonly number[]): { loss: number[]; reward: number[] } {
    const each = this.units * this.number('batchWorkflows')
    const { episodes, inputs } = this.sample(each)
    const frozen = this.ensemble.values(inputs, 'target')
    const loss = new Float64Array(this.runs.length)
    const reward = new Float64Array(this.runs.length)
    const gradientOf = (values: Float32Array) => {
      const gradient = new Float32Array(values.length)
      episodes.forEach((episode, at) => {
        advance()
        const m = Math.floor(at / each)
        const chosen = this.gradient(episode, at, { values, frozen, gradient }, (squared) => (loss[m] += squared))
        for (const cost of chosen) reward[m] -= cost / episode.tasks
      })
      return gradient
    }
    this.ensemble.learn(inputs, gradientOf, this.optimiser, this.perUnit(rates))
    if (this.ensemble.steps % this.number('targetCopy') === 0) this.ensemble.copyToTarget()
    const mean = (sum: number) => sum / each
    return { loss: Array.from(loss, mean), reward: Array.from(reward, mean) }
  }

  /**
   * Adds one workflow's share to the gradient: V(rest at i, previous) towards max over a of −F + V(rest at i + 1, a). Returns [tasks] F of the
   * unit's own greedy algorithm; `seen` is told the mean squared error.
   */
  private gradient(
    episode: Episode,
    at: number,
    { values, frozen, gradient }: { values: Float32Array; frozen: Float32Array; gradient: Float32Array },
    seen: (squared: number) => void
  ): number[] {
    const { places: K } = this.shape
    const { states } = this
    const batch = this.number('batchWorkflows')
    const isCounterfactual = this.parameters.counterfactual === true
    const targets = isCounterfactual ? K : 1
    const { moves, costScale } = episode
    const row = (i: number) => (at * states + i - 1) * K
    let squares = 0
    const chosen: number[] = []
    // The place of the task before: the device, then wherever the unit's own greedy algorithm has gone.
    for (let i = 0, own = 0; i < episode.tasks; i++) {
      const after = i === episode.tasks - 1 ? -1 : row(i + 1)
      for (let previous = 0; i > 0 && previous < K; previous++) {
        // Nothing is ever at a place the device has no route to (row 0 of the moves).
        if (!moves[previous] || !(isCounterfactual || previous === own)) continue
        // Double Q-learning: the online values choose the next place, the frozen ones value it.
        const costs = (i * K + previous) * K
        const place = bestAfter(episode.costs, costs, costScale, values, after, moves, previous * K, K)
        const target = -episode.costs[costs + place] / costScale + (after < 0 ? 0 : frozen[after + place])
        const error = values[row(i) + previous] - target
        gradient[row(i) + previous] = (2 / (batch * states * targets)) * error
        squares += error * error
      }
      const costs = (i * K + own) * K
      own = bestAfter(episode.costs, costs, costScale, values, after, moves, own * K, K)
      chosen.push(episode.costs[costs + own])
    }
    seen(squares / (states * targets))
    return chosen
  }

  /** `each` workflows of every run's pool, and what remains of them after each task. */
  private sample(each: number): Sample {
    const { states } = this
    const length = restLength(this.shape)
    const inputs = new Float32Array(this.runs.length * each * states * length)
    const episodes = Array.from({ length: this.runs.length * each }, (_, at) => {
      const { memory, streams } = this.runOf(at, each)
      const episode = memory.at(streams.replay.below(memory.size))
      advance()
      for (let i = 1; i < episode.tasks; i++) writeRest(episode, i, inputs, (at * states + i - 1) * length)
      return episode
    })
    return { episodes, inputs }
  }

  /** States of a workflow: what remains from task 1 on (0-based); before task 0 the place is always the device. */
  private get states(): number {
    return Math.max(1, this.shape.tasks - 1)
  }

  constructor(backend: Backend, members: readonly Member[]) {
    const { problem, parameters } = members[0]
    const slots = Math.max(Number(parameters.round), Number(parameters.memoryWorkflows))
    super(backend, members, {
      shaped: networkOf(problem.shape, parameters),
      units: Number(parameters.units),
      horizon: Number(parameters.horizon),
      remember: (_, kept) => (kept ? Ring.from(slots, [...kept.episodes], kept.next) : new Ring(slots))
    })
  }

  protected kept(m: number): KeptMemory {
    const { items, next } = this.runs[m].memory.state
    return { episodes: items, next, extra: {} }
  }
}

/** V of the remaining workflow for each place its last task may be at. */
function networkOf(shape: StateShape, parameters: ParameterValues): ShapedValues {
  const network = { inputs: restLength(shape), hidden: Number(parameters.hidden), outputs: shape.places, head: 'plain' } as const
  return { kind: 'after-values', network }
}

const parameters: ParameterTable = [
  ...sharedParameters(['units', 'hidden', 'learnSteps', 'optimiser', 'learningRate', 'learningRateDecay', 'finalLearningRate'], {
    learnSteps: 6000,
    learningRateDecay: 'cosine'
  }),
  {
    key: 'batchWorkflows',
    common: true,
    paces: true,
    label: 'Replay batch',
    symbol: 'B',
    unit: 'workflows',
    type: 'integer',
    default: 8,
    min: 1,
    max: 1024,
    sentence: 'Workflows each unit learns from per step, at all positions, previous places and actions at once.'
  },
  {
    key: 'memoryWorkflows',
    common: true,
    label: 'Memory pool',
    unit: 'workflows',
    type: 'integer',
    default: 10_000,
    min: 1,
    max: 100_000,
    sentence: 'Workflows kept for replay, the oldest overwritten first.'
  },
  {
    key: 'counterfactual',
    label: 'Counterfactual targets',
    type: 'switch',
    default: true,
    sentence:
      'Whether a workflow trains the value after every place its last task could have been at, or only after the place the unit would have chosen.'
  },
  {
    key: 'horizon',
    common: true,
    label: 'Horizon',
    symbol: 'h',
    unit: 'tasks',
    type: 'integer',
    default: 1,
    min: 1,
    max: 1000,
    sentence: 'Tasks a decision plans exactly over the known costs before it uses the learned value of the rest; training is the same.'
  },
  {
    key: 'states',
    graphs: true,
    paces: true,
    label: 'Replay batch on graphs',
    unit: 'states',
    type: 'integer',
    default: 256,
    min: 1,
    max: 4096,
    sentence: 'On graphs and shared machines: states each network learns from per step.'
  },
  {
    key: 'samples',
    graphs: true,
    label: 'Memory pool on graphs',
    unit: 'states',
    type: 'integer',
    default: 16_384,
    min: 16,
    max: 1_000_000,
    sentence: 'On graphs and shared machines: states kept for replay with what was paid after them, the oldest overwritten first.'
  },
  {
    key: 'beam',
    common: true,
    graphs: true,
    label: 'Beam',
    unit: 'states',
    type: 'integer',
    default: 16,
    min: 1,
    max: 4096,
    sentence: 'On graphs and shared machines: states a decision carries along the order; wider plans are better and take longer.'
  },
  {
    key: 'polish',
    common: true,
    graphs: true,
    label: 'Annealing after the beam',
    unit: 'evaluations',
    type: 'integer',
    default: 5000,
    min: 0,
    max: 10_000_000,
    sentence:
      'On graphs and shared machines: evaluations of annealing that start from the plan of the beam; on streams at each release, from the pilot’s.'
  },
  {
    key: 'tailBeam',
    graphs: true,
    label: 'Beam of the targets',
    unit: 'states',
    type: 'integer',
    default: 1,
    min: 1,
    max: 256,
    sentence: 'On graphs and shared machines: states of the beam whose plan says what a state costs to the end; 1 is the greedy policy.'
  },
  {
    key: 'candidates',
    streams: true,
    paces: true,
    label: 'Candidates of a generation',
    type: 'integer',
    default: 16,
    min: 2,
    max: 256,
    sentence:
      'On streams, where a learn step is a generation: tolls that are tried on the same streams (Workflows per learn step), in mirrored pairs.'
  },
  {
    key: 'trialPolish',
    streams: true,
    paces: true,
    label: 'Annealing of candidates',
    unit: 'evaluations',
    type: 'integer',
    default: 300,
    min: 0,
    max: 1_000_000,
    sentence: 'On streams: evaluations of annealing at each release while candidates are compared; a decision has those of the polish.'
  },
  ...sharedParameters(['round', 'targetCopy', 'training', 'jitter', 'conditioned', 'evaluateEvery', 'checkpointEvery'], {
    round: 8,
    targetCopy: 50,
    evaluateEvery: 100,
    checkpointEvery: 1000
  })
]

/** Whether what is released later is unknown while a batch is placed. */
const learnsTolls = ({ world }: BatchProblem): boolean => isStream(world.scenario)

export const dmroPlus: LearnedAlgorithm = {
  card: {
    id: 'dmro-plus',
    title: 'DMRO+',
    kind: 'learned',
    look: { light: '#ba460e', dark: '#f0702c', marker: 'circle' },
    networks: { values: 'after-values', head: 'plain' },
    metrics: LEARNED_METRICS,
    graphDefaults: { units: 1, hidden: 32, learningRate: 0.003, learnSteps: 8000, round: 6, evaluateEvery: 400 },
    streamDefaults: { learnSteps: 40, round: 12, polish: 2000, evaluateEvery: 5, checkpointEvery: 5 },
    summary: 'Parallel Q-networks on the known cost model: only the value of the remaining workflow is learned, for every place at once.',
    reading:
      'Beyond the text: Q = −F + the learned value of the remaining workflow, double-Q targets for every previous place and action, cosine decay, units with their own batches; the best placement of all units is used as in Algorithm 1. On streams, where nobody knows what is released next, it learns instead what each release is to be charged for the machines it leaves busy, by evolution strategies, and plans by pilot and annealing.',
    parameters
  },
  network: networkOf,
  start: (backend, members) => new DmroPlus(backend, members),
  batches: {
    checkInitial: (policy, problem, given) => (learnsTolls(problem) ? checkToll(policy) : checkBatchPlus(policy, problem, given)),
    start: (backend, members) => (learnsTolls(members[0].problem) ? new TollLearner(members) : new BatchPlus(backend, members))
  }
}
