import { LEARNED_METRICS } from '@shared/experiment/metrics'
import type { ParameterTable, ParameterValues } from '@shared/experiment/parameters'
import { bestOfUnits, planAll } from '../learn/decision'
import type { Backend } from '../learn/backend'
import { Ensemble } from '../learn/ensemble'
import { bestAfter } from '../learn/equations'
import { type LearnedAlgorithm, type Learner, type Member, openStreams, type StepReport } from '../learn/learner'
import type { OptimiserName } from '../learn/optimiser'
import { packState, stackSnapshots, unpackState, unstackSnapshots } from '../learn/persistence'
import { policyBytes, type ShapedValues } from '../learn/policy'
import { Ring } from '../learn/ring'
import type { Episode } from '../learn/episode'
import { restLength, type StateShape, writeRest } from '../learn/state'
import { freshMember } from './initial'
import { rateOf, sharedParameters } from './parameters'

/** V of the remaining workflow for each place its last task may be at. */
function networkOf(shape: StateShape, parameters: ParameterValues): ShapedValues {
  const network = { inputs: restLength(shape), hidden: Number(parameters.hidden), outputs: shape.places, head: 'plain' } as const
  return { kind: 'after-values', network }
}

/**
 * DMRO with everything the known cost model gives. F is known, so only what comes after has to be learned:
 * Q(S_i, a) = −F(S_i, a) + V_a(rest after i), where V_p(rest) is the value of the remaining workflow when the
 * task before it sits at p. V does not depend on how p was reached, so one state gives a target for every
 * (previous place, action) pair at once, and nothing needs exploring. Units keep their own weights and batches;
 * the best of their placements is used, as in Algorithm 1.
 */
function start(backend: Backend, members: readonly Member[]): Learner {
  const { parameters } = members[0]
  const number = (key: string) => Number(parameters[key])
  const units = number('units')
  const batch = number('batchWorkflows')
  const round = number('round')
  const totalSteps = number('learnSteps')
  const { shape } = members[0].problem
  const K = shape.places
  const length = restLength(shape)
  const { network } = networkOf(shape, parameters)
  const slots = Math.max(round, number('memoryWorkflows'))

  const restored = members.map((member) => (member.checkpoint ? unpackState(member.checkpoint, member.problem) : undefined))
  const runs = members.map(({ problem, seed }, m) => {
    const state = restored[m]
    return {
      problem,
      streams: state?.streams ?? openStreams(seed),
      memory: state ? Ring.from(slots, [...state.episodes], state.next) : new Ring<Episode>(slots)
    }
  })
  const ensemble = new Ensemble(
    backend,
    network,
    units * members.length,
    stackSnapshots(
      members.map(
        (member, m) => restored[m]?.ensemble ?? freshMember(member, { kind: 'after-values', network }, units, runs[m].streams.init)
      )
    )
  )
  // A run from before there was a horizon asked V after every task.
  const horizon = Number(parameters.horizon ?? 1)
  const isCounterfactual = parameters.counterfactual === true
  const targets = isCounterfactual ? K : 1
  // States of a workflow: what remains from task 1 on (0-based); before task 0 the place is always the device.
  const states = Math.max(1, shape.tasks - 1)

  /** One learn step of every unit on `batch` workflows of its own; mean squared error and mean reward of each member. */
  function replay(rates: readonly number[]): { loss: number[]; reward: number[] } {
    const rows = ensemble.units * batch * states
    const inputs = new Float32Array(rows * length)
    const sampled: Episode[] = new Array(ensemble.units * batch)
    for (let at = 0; at < sampled.length; at++) {
      const { memory, streams } = runs[Math.floor(at / (units * batch))]
      const episode = memory.at(streams.replay.below(memory.size))
      sampled[at] = episode
      for (let i = 1; i < episode.tasks; i++) {
        writeRest(episode, i, inputs, (at * states + i - 1) * length)
      }
    }
    const frozen = ensemble.values(inputs, 'target')
    const loss = new Float64Array(members.length)
    const reward = new Float64Array(members.length)
    ensemble.learn(
      inputs,
      (values) => {
        const gradient = new Float32Array(values.length)
        sampled.forEach((episode, at) => {
          const m = Math.floor(at / (units * batch))
          const { moves, costScale } = episode
          const row = (i: number) => (at * states + i - 1) * K
          let squares = 0
          // The place of the task before: the device, then wherever the unit's own greedy placement put it.
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
            reward[m] -= episode.costs[costs + own] / episode.tasks
          }
          loss[m] += squares / (states * targets)
        })
        return gradient
      },
      parameters.optimiser as OptimiserName,
      rates.flatMap((rate) => Array<number>(units).fill(rate))
    )
    if (ensemble.steps % number('targetCopy') === 0) ensemble.copyToTarget()
    const mean = (sum: number) => sum / (units * batch)
    return { loss: Array.from(loss, mean), reward: Array.from(reward, mean) }
  }

  return {
    totalSteps,
    get steps() {
      return ensemble.steps
    },
    learn(): StepReport[] {
      const rates = members.map((member) => rateOf(member.parameters, ensemble.steps, totalSteps))
      for (const { problem, streams, memory } of runs) {
        for (let x = 0; x < round; x++) memory.push(problem.draw(streams.environment))
      }
      const { loss, reward } = replay(rates)
      return members.map((_, m) => ({ loss: loss[m], reward: reward[m], learningRate: rates[m] }))
    },
    decide(episodes) {
      const schemes = planAll(ensemble, shape, episodes, horizon)
      return members.map((_, m) => bestOfUnits(episodes[m], K, schemes.slice(m * units, (m + 1) * units)))
    },
    checkpoint(m) {
      const { items, next } = runs[m].memory.state
      const snapshot = unstackSnapshots(ensemble.snapshot(), members.length)[m]
      return packState({ ensemble: snapshot, streams: runs[m].streams, episodes: items, next, extra: {} })
    },
    policy: (m) =>
      policyBytes('after-values', network, runs[m].problem, unstackSnapshots(ensemble.snapshot(), members.length)[m].online, horizon),
    dispose: () => ensemble.dispose()
  }
}

const parameters: ParameterTable = [
  ...sharedParameters(['units', 'hidden', 'learnSteps', 'optimiser', 'learningRate', 'learningRateDecay', 'finalLearningRate'], {
    learnSteps: 6000,
    learningRateDecay: 'cosine'
  }),
  {
    key: 'batchWorkflows',
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
    label: 'Horizon',
    symbol: 'h',
    unit: 'tasks',
    type: 'integer',
    default: 1,
    min: 1,
    max: 1000,
    sentence: 'Tasks a decision plans exactly over the known costs before it uses the learned value of the rest; training is the same.'
  },
  ...sharedParameters(['round', 'targetCopy', 'training', 'jitter', 'conditioned', 'evaluateEvery', 'checkpointEvery'], {
    round: 8,
    targetCopy: 50,
    evaluateEvery: 100,
    checkpointEvery: 1000
  })
]

export const dmroPlus: LearnedAlgorithm = {
  card: {
    id: 'dmro-plus',
    title: 'DMRO+',
    kind: 'learned',
    metrics: LEARNED_METRICS,
    summary: 'Parallel Q-networks on the known cost model: only the value of the remaining workflow is learned, for every place at once.',
    reading:
      'Beyond the text: Q = −F + the learned value of the remaining workflow, double-Q targets for every previous place and action, cosine decay, units with their own batches; the best placement of all units is used as in Algorithm 1.',
    parameters
  },
  network: networkOf,
  start
}
