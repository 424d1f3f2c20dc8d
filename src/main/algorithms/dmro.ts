import { EXPLORING_METRICS } from '@shared/experiment/metrics'
import type { ParameterTable, ParameterValues } from '@shared/experiment/parameters'
import type { Backend } from '../learn/backend'
import { bestOfUnits, rollOut } from '../learn/decision'
import { Ensemble } from '../learn/ensemble'
import type { Episode } from '../learn/episode'
import { epsilonAt, greedyPlace, minMaxRewards } from '../learn/equations'
import { type LearnedAlgorithm, type Learner, type Member, openStreams, type StepReport, type Streams } from '../learn/learner'
import type { NetworkShape } from '../learn/network'
import type { OptimiserName } from '../learn/optimiser'
import { concatenate, type MemberState, packState, stackSnapshots, unpackState, unstackSnapshots } from '../learn/persistence'
import { policyBytes, type ShapedValues } from '../learn/policy'
import type { Problem } from '../learn/problem'
import { Ring } from '../learn/ring'
import { type StateShape, stateLength, writeState } from '../learn/state'
import { emptyTransitions, temporalDifference, writeTransition } from '../learn/transitions'
import { freshMember } from './initial'
import { rateOf, sharedParameters } from './parameters'

/** What Algorithm 1 leaves to its variants. */
export interface Variant {
  /** "max" is eq. (18); "double" lets the online network choose what the frozen one values. */
  target: 'max' | 'double'
  head: NetworkShape['head']
}

/** A placed workflow in the memory pool: for each task where it came from, and each unit's proposal with its reward. */
export interface Placed {
  episode: Episode
  /** [tasks] */
  previous: Uint8Array
  /** [tasks·units] */
  actions: Uint8Array
  /** [tasks·units] in learner's units. */
  rewards: Float64Array
}

interface Run {
  problem: Problem
  parameters: ParameterValues
  streams: Streams
  memory: Ring<Placed>
}

/**
 * Algorithm 1: s units propose ε-greedily, the proposal with the least F is followed, every proposal is kept with
 * the state it leads to itself, and after each round of workflows every unit learns a replay batch of its own.
 * DQN, Double DQN and Dueling DQN are the same with one unit. All members' units are one stacked ensemble.
 */
export function algorithmOne(backend: Backend, members: readonly Member[], variant: Variant): Learner {
  const { parameters } = members[0]
  const number = (key: string) => Number(parameters[key])
  const units = number('units') || 1
  const batch = number('batch')
  const round = number('round')
  const totalSteps = number('learnSteps')
  const { shape } = members[0].problem
  const K = shape.places
  const length = stateLength(shape)
  const { network } = networkOf(shape, parameters, variant.head)
  const discounts = members.map((member) => Number(member.parameters.discount))
  const slots = Math.max(round, Math.floor(number('memory') / (shape.tasks * units)))

  const restored = members.map((member) => (member.checkpoint ? unpackState(member.checkpoint, member.problem) : undefined))
  const runs = members.map(({ problem, seed, parameters }, m): Run => {
    const state = restored[m]
    return {
      problem,
      parameters,
      streams: state?.streams ?? openStreams(seed),
      memory: state ? Ring.from(slots, restorePlaced(state, units), state.next) : new Ring(slots)
    }
  })
  const ensemble = new Ensemble(
    backend,
    network,
    units * members.length,
    stackSnapshots(
      members.map(
        (member, m) => restored[m]?.ensemble ?? freshMember(member, { kind: 'state-values', network }, units, runs[m].streams.init)
      )
    )
  )

  /** Lines 3–18: every unit proposes for each task, the least F is followed. Returns the mean reward of what was followed. */
  function place(run: Run, episode: Episode, values: Float32Array, at: number, stride: number, epsilon: number): number {
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

  /** One round of workflows for every member; all Q-values a round can need come from one forward pass. */
  function playRound(epsilon: readonly number[]): number[] {
    const episodes = runs.map(({ problem, streams }) => Array.from({ length: round }, () => problem.draw(streams.environment)))
    const perEpisode = shape.tasks * K
    const rows = round * perEpisode
    const states = new Float32Array(ensemble.units * rows * length)
    runs.forEach((_, m) => {
      const from = m * units * rows * length
      episodes[m].forEach((episode, x) => {
        for (let i = 0; i < episode.tasks; i++) {
          for (let previous = 0; previous < K; previous++) {
            writeState(K, episode, i, previous, states, from + (x * perEpisode + i * K + previous) * length)
          }
        }
      })
      for (let j = 1; j < units; j++) states.copyWithin(from + j * rows * length, from, from + rows * length)
    })
    const values = ensemble.values(states, 'online')
    return runs.map((run, m) => {
      let reward = 0
      episodes[m].forEach((episode, x) => {
        reward += place(run, episode, values, (m * units * rows + x * perEpisode) * K, rows * K, epsilon[m])
      })
      return reward / round
    })
  }

  /** Lines 20–25: every unit learns a batch of its own from its member's memory pool, eq. (18). Returns each member's mean squared error. */
  function replay(rates: readonly number[]): number[] {
    const memberOf = (row: number) => Math.floor(row / (batch * units))
    const transitions = emptyTransitions(ensemble.units * batch, length)
    for (let row = 0; row < ensemble.units * batch; row++) {
      const { memory, streams } = runs[memberOf(row)]
      const random = streams.replay
      let placed = memory.at(random.below(memory.size))
      let i = random.below(shape.tasks)
      while (i >= placed.episode.tasks) {
        placed = memory.at(random.below(memory.size))
        i = random.below(shape.tasks)
      }
      const at = i * units + random.below(units)
      const step = { i, previous: placed.previous[i], action: placed.actions[at], reward: placed.rewards[at] }
      writeTransition(transitions, row, K, placed.episode, step)
    }
    const frozen = ensemble.values(transitions.next, 'target')
    const choosing = variant.target === 'double' ? ensemble.values(transitions.next, 'online') : frozen
    const loss = new Float64Array(members.length)
    ensemble.learn(
      transitions.states,
      temporalDifference(
        transitions,
        { places: K, batch, frozen, choosing },
        (row) => discounts[memberOf(row)],
        (row, squared) => (loss[memberOf(row)] += squared)
      ),
      parameters.optimiser as OptimiserName,
      rates.flatMap((rate) => Array<number>(units).fill(rate))
    )
    if (ensemble.steps % number('targetCopy') === 0) ensemble.copyToTarget()
    return Array.from(loss, (sum) => sum / (batch * units))
  }

  return {
    totalSteps,
    get steps() {
      return ensemble.steps
    },
    learn(): StepReport[] {
      const step = ensemble.steps
      const epsilon = members.map((member) => explorationOf(member.parameters, step, totalSteps))
      const rates = members.map((member) => rateOf(member.parameters, step, totalSteps))
      const reward = playRound(epsilon)
      const loss = replay(rates)
      return members.map((_, m) => ({ loss: loss[m], reward: reward[m], epsilon: epsilon[m], learningRate: rates[m] }))
    },
    decide(episodes) {
      const schemes = rollOut(ensemble, shape, episodes)
      return members.map((_, m) => bestOfUnits(episodes[m], K, schemes.slice(m * units, (m + 1) * units)))
    },
    checkpoint(m) {
      const { items, next } = runs[m].memory.state
      return packState({
        ensemble: unstackSnapshots(ensemble.snapshot(), members.length)[m],
        streams: runs[m].streams,
        episodes: items.map((placed) => placed.episode),
        next,
        extra: {
          previous: Uint8Array.from(items.flatMap((placed) => [...placed.previous])),
          actions: Uint8Array.from(items.flatMap((placed) => [...placed.actions])),
          rewards: concatenate(items.map((placed) => placed.rewards))
        }
      })
    },
    policy: (m) => policyBytes('state-values', network, runs[m].problem, unstackSnapshots(ensemble.snapshot(), members.length)[m].online),
    dispose: () => ensemble.dispose()
  }
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
export function asSingles(members: readonly Member[]): Member[] {
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
    metrics: EXPLORING_METRICS,
    summary: 'Parallel Q-networks propose, the least local cost is followed, the best placement of all units is used (Algorithm 1).',
    reading:
      'Every proposal is stored with its reward and the state it itself leads to; each unit draws its own replay batch and starts from its own weights. The text leaves μ, ε, s, widths and optimiser open.',
    parameters
  },
  network: (shape, parameters) => networkOf(shape, parameters, 'plain'),
  start: (backend, members) => algorithmOne(backend, members, { target: 'max', head: 'plain' })
}
