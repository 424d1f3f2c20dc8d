import { EXPLORING_METRICS } from '@shared/run/metrics'
import type { ParameterTable, ParameterValues } from '@shared/algorithms/parameters'
import { advance } from '@shared/model/advance'
import type { Backend } from '../learn/backend'
import type { Episode } from '../learn/episode'
import { epsilonAt, greedyPlace, minMaxRewards } from '../learn/equations'
import { BatchQ, checkBatchQ } from '../learn/batches/q'
import type { LearnedAlgorithm, Learner, Member, StepReport, Streams } from '../learn/learner'
import type { NetworkShape } from '../learn/network'
import { concatenate, type MemberState } from '../learn/persistence'
import type { ShapedValues } from '../learn/policy'
import { Ring } from '../learn/ring'
import { type StateShape, stateLength, writeState } from '../learn/state'
import { emptyTransitions, temporalDifference, type Transitions, writeTransition } from '../learn/transitions'
import { type KeptMemory, UnitLearner, type UnitRun } from '../learn/units'
import { sharedParameters } from './parameters'

/** A placed workflow in the memory pool: for each task where it came from, and each unit's proposal with its reward. */
interface Placed {
  episode: Episode
  /** [tasks] */
  previous: Uint8Array
  /** [tasks·units] */
  actions: Uint8Array
  /** [tasks·units] in learner's units. */
  rewards: Float64Array
}

/** What Algorithm 1 leaves to its variants. */
interface DmroVariant {
  /** "max" is eq. (18); "double" lets the online network choose what the frozen one values. */
  target: 'max' | 'double'
  head: NetworkShape['head']
}

type Run = UnitRun<Ring<Placed>>

/**
 * Algorithm 1: s units propose ε-greedily, the proposal with the least F is followed, every proposal is kept with
 * the state it leads to itself, and after each round of workflows every unit learns a replay batch of its own.
 * DQN, Double DQN and Dueling DQN are the same with one unit.
 */
class AlgorithmOne extends UnitLearner<Ring<Placed>> {
  /**
   * One learn step: lines 3 to 19 for a round of workflows, then lines 20 to 25 once.
   *
   * @paper Algorithm 1, lines 3, 19, 26: a learn step is one turn of the outer loop for a whole round of workflows, all tasks of each; i counts
   * the tasks of a workflow, not learn steps.
   */
  learn(): StepReport[] {
    const step = this.steps
    const epsilon = this.runs.map(({ parameters }) => explorationOf(parameters, step, this.totalSteps))
    const rates = this.rates()
    const reward = this.placeRound(epsilon)
    const loss = this.replay(rates)
    return this.runs.map((_, m) => ({ loss: loss[m], reward: reward[m], epsilon: epsilon[m], learningRate: rates[m] }))
  }

  /**
   * Places a round of workflows of every run; [runs] the mean reward of what was followed. All Q-values a round can need come from one
   * forward pass.
   *
   * @paper Algorithm 1, line 4: every unit sees the same state, S_i of every previous place at once.
   */
  private placeRound(epsilon: readonly number[]): number[] {
    const { places: K, tasks } = this.shape
    const round = this.number('round')
    const length = stateLength(this.shape)
    const perEpisode = tasks * K
    const rows = round * perEpisode
    const episodes = this.runs.map(({ problem, streams }) => Array.from({ length: round }, () => problem.draw(streams.environment)))
    const states = new Float32Array(this.ensemble.units * rows * length)
    this.runs.forEach((_, m) => {
      const from = m * this.units * rows * length
      episodes[m].forEach((episode, x) => {
        for (let i = 0; i < episode.tasks; i++) {
          advance()
          for (let previous = 0; previous < K; previous++) {
            writeState(K, episode, i, previous, states, from + (x * perEpisode + i * K + previous) * length)
          }
        }
      })
      for (let j = 1; j < this.units; j++) states.copyWithin(from + j * rows * length, from, from + rows * length)
    })
    const values = this.ensemble.values(states, 'online')
    return this.runs.map((run, m) => {
      let reward = 0
      episodes[m].forEach((episode, x) => {
        advance()
        reward += this.place(run, episode, values, (m * this.units * rows + x * perEpisode) * K, rows * K, epsilon[m])
      })
      return reward / round
    })
  }

  /**
   * One workflow: for each task every unit proposes, and the proposal with the least F is followed. Returns the mean reward a task of what was
   * followed. `values` from `at` on are unit 1's Q-values of this workflow, `stride` further those of the next unit.
   *
   * @paper Algorithm 1, lines 5–7: unit j's proposal is random with probability ε, else its greatest Q among places with a route; both are
   * kept as its decision set.
   * @paper Algorithm 1, line 8: F of each proposal, and the reward that the parameter "reward" chooses.
   * @paper Algorithm 1, lines 9, 10: the line for training names unit 1 alone; section IV-A follows the proposal with the least F, and so do we.
   * @paper Algorithm 1, lines 17, 18: the text stores in the branch that does not train; section IV-A stores while training, and so do we. Every unit's proposal is stored, each with its own reward and the state it leads to itself: with
   * the followed one's next state, targets of the others would be wrong.
   */
  private place(run: Run, episode: Episode, values: Float32Array, at: number, stride: number, epsilon: number): number {
    const { units } = this
    const { places: K } = this.shape
    const { parameters, streams, memory } = run
    const { moves, costScale } = episode
    const placed: Placed = {
      episode,
      previous: new Uint8Array(episode.tasks),
      actions: new Uint8Array(episode.tasks * units),
      rewards: new Float64Array(episode.tasks * units)
    }
    const costs = new Float64Array(units)
    const rewards = new Float64Array(units)
    let followed = 0
    for (let i = 0, previous = 0; i < episode.tasks; i++) {
      placed.previous[i] = previous
      const row = previous * K
      let best = 0
      for (let j = 0; j < units; j++) {
        const explore = streams.action.uniform() < epsilon
        const action = explore
          ? randomMove(moves, row, K, streams)
          : greedyPlace(values, at + j * stride + (i * K + previous) * K, moves, row, K)
        placed.actions[i * units + j] = action
        // F(S_i, a) in the learner's units.
        costs[j] = episode.costs[(i * K + previous) * K + action] / costScale
        if (costs[j] < costs[best]) best = j
      }
      if (parameters.reward === 'min-max') minMaxRewards(costs, rewards)
      else for (let j = 0; j < units; j++) rewards[j] = -costs[j]
      placed.rewards.set(rewards, i * units)
      followed -= costs[best]
      previous = placed.actions[i * units + best]
    }
    memory.push(placed)
    return (followed / episode.tasks) * costScale
  }

  /**
   * Every unit learns a batch of its own from its run's memory pool, eq. (18). [runs] mean squared error.
   *
   * @paper Algorithm 1, line 20: "five times" is the parameter "round", workflows placed before each learn step.
   * @paper Algorithm 1, lines 21–25: each unit draws its own batch, so that units stay different; one optimiser step on the squared
   * error of eq. (18). The frozen weights are copied every "targetCopy" learn steps, 200 in section V-B.
   */
  private replay(rates: readonly number[]): number[] {
    const { places } = this.shape
    const batch = this.number('batch')
    const each = batch * this.units
    const transitions = this.sample(batch)
    const frozen = this.ensemble.values(transitions.next, 'target')
    const choosing = this.variant.target === 'double' ? this.ensemble.values(transitions.next, 'online') : frozen
    const discounts = this.runs.map(({ parameters }) => Number(parameters.discount))
    const loss = new Float64Array(this.runs.length)
    const gradient = temporalDifference(
      transitions,
      { places, batch, frozen, choosing },
      (row) => discounts[Math.floor(row / each)],
      (row, squared) => (loss[Math.floor(row / each)] += squared)
    )
    this.ensemble.learn(transitions.states, gradient, this.optimiser, this.perUnit(rates))
    if (this.ensemble.steps % this.number('targetCopy') === 0) this.ensemble.copyToTarget()
    return Array.from(loss, (sum) => sum / each)
  }

  /** Line 21: `batch` transitions for every unit, each any unit's proposal for any task of any workflow in the pool. */
  private sample(batch: number): Transitions {
    const { units } = this
    const { places, tasks } = this.shape
    const transitions = emptyTransitions(this.ensemble.units * batch, stateLength(this.shape))
    for (let row = 0; row < this.ensemble.units * batch; row++) {
      const { memory, streams } = this.runOf(row, batch * units)
      const random = streams.replay
      let placed = memory.at(random.below(memory.size))
      let i = random.below(tasks)
      while (i >= placed.episode.tasks) {
        placed = memory.at(random.below(memory.size))
        i = random.below(tasks)
      }
      const at = i * units + random.below(units)
      const step = { i, previous: placed.previous[i], action: placed.actions[at], reward: placed.rewards[at] }
      writeTransition(transitions, row, places, placed.episode, step)
    }
    return transitions
  }

  /** @paper Algorithm 1, line 2: the pool is empty at the start, and holds whole workflows: as many as the transitions asked for. */
  constructor(
    backend: Backend,
    members: readonly Member[],
    private readonly variant: DmroVariant
  ) {
    const { problem, parameters } = members[0]
    const units = Number(parameters.units) || 1
    const slots = Math.max(Number(parameters.round), Math.floor(Number(parameters.memory) / (problem.shape.tasks * units)))
    super(backend, members, {
      shaped: networkOf(problem.shape, parameters, variant.head),
      units,
      remember: (_, kept) => (kept ? Ring.from(slots, restorePlaced(kept, units), kept.next) : new Ring(slots))
    })
  }

  protected kept(m: number): KeptMemory {
    const { items, next } = this.runs[m].memory.state
    return {
      episodes: items.map((placed) => placed.episode),
      next,
      extra: {
        previous: Uint8Array.from(items.flatMap((placed) => [...placed.previous])),
        actions: Uint8Array.from(items.flatMap((placed) => [...placed.actions])),
        rewards: concatenate(items.map((placed) => placed.rewards))
      }
    }
  }
}

/** Algorithm 1 or a variant of it, for runs of one shape. */
export function algorithmOne(backend: Backend, members: readonly Member[], variant: DmroVariant): Learner {
  return new AlgorithmOne(backend, members, variant)
}

/** Q(S_i, a) of every action; the networks of Algorithm 1 and its variants. */
export function networkOf(shape: StateShape, parameters: ParameterValues, head: NetworkShape['head']): ShapedValues {
  const network = { inputs: stateLength(shape), hidden: Number(parameters.hidden), outputs: shape.places, head }
  return { kind: 'state-values', network }
}

/** ε of a run at a learn step (0-based) of `total`. */
function explorationOf(parameters: ParameterValues, step: number, total: number): number {
  return epsilonAt(step, total, Number(parameters.epsilonStart), Number(parameters.epsilonEnd), Number(parameters.epsilonShare))
}

/** Algorithm 1 with a single unit, whose proposal is always followed; its reward is −F. */
export function asSingles<P>(members: readonly Member<P>[]): Member<P>[] {
  return members.map((member) => ({ ...member, parameters: { ...member.parameters, units: 1, reward: 'cost' } }))
}

function restorePlaced(state: MemberState, units: number): Placed[] {
  let at = 0
  return state.episodes.map((episode) => {
    const from = at
    at += episode.tasks
    return {
      episode,
      previous: state.extra.previous.slice(from, at) as Uint8Array,
      actions: state.extra.actions.slice(from * units, at * units) as Uint8Array,
      rewards: state.extra.rewards.slice(from * units, at * units) as Float64Array
    }
  })
}

function randomMove(moves: Uint8Array, row: number, places: number, streams: Streams): number {
  for (;;) {
    const place = streams.action.below(places)
    if (moves[row + place]) return place
  }
}

const parameters: ParameterTable = [
  ...sharedParameters(['units', 'hidden', 'learnSteps']),
  {
    key: 'reward',
    common: true,
    label: 'Reward',
    symbol: 'R',
    stacks: true,
    type: 'choice',
    default: 'min-max',
    choices: [
      { value: 'min-max', label: 'min–max, as in the text' },
      { value: 'cost', label: '−F of the proposal' }
    ],
    sentence:
      'The text pays −min F to the best proposal and −max F to the others; −F of the proposal itself is the true objective and trains better.'
  },
  ...sharedParameters([
    'discount',
    'optimiser',
    'learningRate',
    'learningRateDecay',
    'finalLearningRate',
    'batch',
    'memory',
    'round',
    'targetCopy',
    'epsilonStart',
    'epsilonEnd',
    'epsilonShare',
    'training',
    'jitter',
    'conditioned',
    'evaluateEvery',
    'checkpointEvery'
  ])
]

export const dmro: LearnedAlgorithm = {
  card: {
    id: 'dmro',
    title: 'DMRO',
    kind: 'learned',
    look: { light: '#0058af', dark: '#2f82d6', marker: 'diamond' },
    networks: { values: 'state-values', head: 'plain' },
    metrics: EXPLORING_METRICS,
    summary: 'Parallel Q-networks propose, the least local cost is followed, the best placement of all units is used (Algorithm 1).',
    reading:
      'Every proposal is stored with its reward and the state it itself leads to; each unit draws its own replay batch and starts from its own weights. The text leaves μ, ε, s, widths and optimiser open.',
    graphDefaults: { learnSteps: 3000, learningRateDecay: 'cosine', evaluateEvery: 150 },
    parameters
  },
  network: (shape, parameters) => networkOf(shape, parameters, 'plain'),
  start: (backend, members) => algorithmOne(backend, members, { target: 'max', head: 'plain' }),
  batches: {
    checkInitial: checkBatchQ('plain'),
    start: (backend, members) => new BatchQ(backend, members, { target: 'max', head: 'plain' })
  }
}
