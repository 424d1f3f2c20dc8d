import { startEnsemble } from './starting'
import type { ParameterValues } from '@shared/algorithms/parameters'
import { advance } from '@shared/model/advance'
import type { Backend } from '../backend'
import type { Ensemble, EnsembleSnapshot } from '../ensemble'
import { epsilonAt, greedyPlace, minMaxRewards, qTarget } from '../equations'
import { type Decision, type Learner, type Member, openStreams, type StepReport, type Streams } from '../learner'
import type { NetworkShape } from '../network'
import { type OptimiserName, ratesAt } from '../optimiser'
import type { ValueSource } from '../plain-ensemble'
import { unstackSnapshots } from '../persistence'
import { bestOfBatchUnits, WARMTHS } from './decision'
import { packRun, unpackRun } from './persistence'
import { featureCount, Q_AHEAD } from './features'
import { EnvironmentPools, type Memory, OnePool } from './memories'
import { batchPolicyBytes, batchUnits } from './policy'
import type { BatchProblem, BatchSight } from './problem'

/** What Algorithm 1 leaves to its variants. */
export interface QVariant {
  target: 'max' | 'double'
  head: NetworkShape['head']
  /** How environments are drawn where each has a pool of its own, as in Algorithm 2; absent: one pool, as in Algorithm 1. */
  environments?: 'twice' | 'once'
}

interface Run {
  member: Member<BatchProblem>
  streams: Streams
  memory: Memory
}

/** The Q-networks of a shape: state → Q of each place. */
export function qNetwork(inputs: number, places: number, parameters: ParameterValues, head: NetworkShape['head']): NetworkShape {
  return { inputs, hidden: Number(parameters.hidden), outputs: places, head }
}

/**
 * Algorithm 1 along the order of decisions of graphs or shared machines: s units propose ε-greedily, the proposal with the least F is
 * followed, every proposal is kept with the state it leads to itself, and after each round every unit learns a replay batch of its own.
 * Algorithm 2 places and learns in environments that it draws, each with a pool of its own.
 * All episodes of a round, of all runs, take a decision together: one forward pass a decision.
 */
export class BatchQ implements Learner<BatchSight> {
  readonly totalSteps: number
  readonly #units: number
  readonly #places: number
  readonly #inputs: number
  readonly #network: NetworkShape
  readonly #parameters: ParameterValues
  readonly #runs: readonly Run[]
  readonly #ensemble: Ensemble

  constructor(
    backend: Backend,
    members: readonly Member<BatchProblem>[],
    readonly variant: QVariant
  ) {
    const { parameters, problem } = members[0]
    const inputs = featureCount(problem.shape, Q_AHEAD)
    this.#inputs = inputs
    this.#parameters = parameters
    this.#units = Number(parameters.units)
    this.#places = problem.shape.places
    this.totalSteps = Number(parameters.learnSteps)
    this.#network = qNetwork(inputs, this.#places, parameters, variant.head)
    const restored = members.map(({ checkpoint }) => (checkpoint ? unpackRun(checkpoint, this.#units) : undefined))
    const pool = { capacity: Number(parameters.memory), inputs, places: this.#places }
    const { environments } = variant
    this.#runs = members.map((member, m) => ({
      member,
      streams: restored[m]?.streams ?? openStreams(member.seed),
      memory: environments ? new EnvironmentPools(pool, environments, restored[m]) : new OnePool(pool, restored[m])
    }))
    this.#ensemble = startEnsemble(
      backend,
      this.#network,
      this.#units,
      members.map((member, m) => ({ member, streams: this.#runs[m].streams, restored: restored[m]?.ensemble }))
    )
  }

  get steps(): number {
    return this.#ensemble.steps
  }

  learn(): StepReport[] {
    const step = this.steps
    const epsilon = this.#runs.map(({ member: { parameters } }) =>
      epsilonAt(step, this.totalSteps, Number(parameters.epsilonStart), Number(parameters.epsilonEnd), Number(parameters.epsilonShare))
    )
    const reward = this.#placeRound(epsilon)
    const rates = ratesAt(
      this.#runs.map(({ member: { parameters } }) => parameters),
      step,
      this.totalSteps
    )
    const loss = this.#replay(rates)
    return this.#runs.map((_, m) => ({ loss: loss[m], reward: reward[m], epsilon: epsilon[m], learningRate: rates[m] }))
  }

  /** Best of each run's units. */
  decide(episodes: readonly (readonly BatchSight[])[]): Decision[] {
    const placements = rollOutBatches(this.#ensemble, episodes)
    return this.#runs.map((_, m) => bestOfBatchUnits(episodes[m], placements.slice(m * this.#units, (m + 1) * this.#units)))
  }

  checkpoint(m: number): Uint8Array {
    const { streams, memory } = this.#runs[m]
    return packRun({ ensemble: this.#unitsOf(m), streams, next: memory.next, arrays: memory.arrays })
  }

  policy(m: number): Uint8Array {
    const how = { kind: 'state-values', network: this.#network, beam: 1, polish: 0, warmth: WARMTHS[0] } as const
    return batchPolicyBytes(how, this.#runs[m].member.problem, this.#unitsOf(m).online)
  }

  dispose(): void {
    this.#ensemble.dispose()
  }

  #unitsOf(m: number): EnsembleSnapshot {
    return unstackSnapshots(this.#ensemble.snapshot(), this.#runs.length)[m]
  }

  /** Places a round of batches of every run, all of them decision by decision; [runs] the mean reward a decision of what was followed. */
  #placeRound(epsilon: readonly number[]): number[] {
    const round = Number(this.#parameters.round)
    const K = this.#places
    const units = this.#units
    const sights = this.#runs.map(({ member, streams, memory }) => memory.round(member.problem, round, streams.environment))
    const inputs = this.#inputs
    const states = sights.map((own) => own.map(({ model }) => model.start()))
    const longest = Math.max(...sights.flat().map(({ model }) => model.decisions))
    const reward = new Float64Array(this.#runs.length)
    const costs = new Float64Array(units)
    const rewards = new Float64Array(units)
    const actions = new Uint8Array(units)
    const moves = new Uint8Array(K)
    const after = new Uint8Array(K)
    const next = new Float32Array(inputs)
    for (let i = 0; i < longest; i++) {
      const rows = new Float32Array(this.#runs.length * units * round * inputs)
      const rowOf = (m: number, unit: number, x: number) => (m * units + unit) * round + x
      this.#runs.forEach((_, m) => {
        sights[m].forEach(({ features, model }, x) => {
          if (i < model.decisions) features.describe(states[m][x], 0, Q_AHEAD, rows, rowOf(m, 0, x) * inputs)
        })
        const from = rowOf(m, 0, 0) * inputs
        for (let j = 1; j < units; j++) rows.copyWithin(rowOf(m, j, 0) * inputs, from, from + round * inputs)
        advance()
      })
      const values = this.#ensemble.values(rows, 'online')
      this.#runs.forEach(({ member: { parameters }, streams, memory: { pool } }, m) => {
        sights[m].forEach(({ features, model }, x) => {
          if (i >= model.decisions) return
          const { executor } = model
          const state = states[m][x]
          executor.moves(state, 0, moves)
          const row = rows.subarray(rowOf(m, 0, x) * inputs, (rowOf(m, 0, x) + 1) * inputs)
          const ways = new Map<number, { state: Float64Array; cost: number; index: number }>()
          let best = 0
          for (let j = 0; j < units; j++) {
            const explore = streams.action.uniform() < epsilon[m]
            const action = explore ? randomMove(moves, streams) : greedyPlace(values, rowOf(m, j, x) * K, moves, 0, K)
            actions[j] = action
            let way = ways.get(action)
            if (!way) {
              const copy = state.slice()
              const cost = executor.step(copy, 0, action)
              const isEnd = i + 1 === model.decisions
              if (!isEnd) {
                features.describe(copy, 0, Q_AHEAD, next, 0)
                executor.moves(copy, 0, after)
              }
              way = { state: copy, cost, index: isEnd ? -1 : pool.keepNext(next, after) }
              ways.set(action, way)
            }
            costs[j] = way.cost
            if (costs[j] < costs[best]) best = j
          }
          if (parameters.reward === 'min-max') minMaxRewards(costs, rewards)
          else for (let j = 0; j < units; j++) rewards[j] = -costs[j]
          const kept = pool.keepState(row)
          for (let j = 0; j < units; j++) pool.push(kept, actions[j], rewards[j], (ways.get(actions[j]) as { index: number }).index)
          const followed = ways.get(actions[best]) as { state: Float64Array }
          state.set(followed.state)
          reward[m] -= costs[best] / model.decisions / round
        })
      })
    }
    return Array.from(reward)
  }

  /** Every unit learns a batch of its own from its run's memory, eq. (18). [runs] mean squared error. */
  #replay(rates: readonly number[]): number[] {
    const batch = Number(this.#parameters.batch)
    const units = this.#units
    const each = batch * units
    const K = this.#places
    const drawn = this.#runs.map(({ memory, streams }) => memory.draw(streams, units, batch))
    const states = joined(drawn.map((part) => part.states))
    const nexts = joined(drawn.map((part) => part.next))
    const frozen = this.#ensemble.values(nexts, 'target')
    const choosing = this.variant.target === 'double' ? this.#ensemble.values(nexts, 'online') : frozen
    const loss = new Float64Array(this.#runs.length)
    this.#ensemble.learn(
      states,
      (values) => {
        const gradient = new Float32Array(values.length)
        drawn.forEach(({ actions, rewards, after, isEnd }, m) => {
          const discount = Number(this.#runs[m].member.parameters.discount)
          for (let x = 0; x < each; x++) {
            const row = (m * each + x) * K
            const best = isEnd[x] ? 0 : greedyPlace(choosing, row, after, x * K, K)
            const error = values[row + actions[x]] - qTarget(rewards[x], discount, isEnd[x] ? 0 : frozen[row + best])
            gradient[row + actions[x]] = (2 / batch) * error
            loss[m] += (error * error) / each
          }
        })
        return gradient
      },
      this.#parameters.optimiser as OptimiserName,
      rates.flatMap((rate) => Array<number>(units).fill(rate))
    )
    if (this.#ensemble.steps % Number(this.#parameters.targetCopy) === 0) this.#ensemble.copyToTarget()
    return Array.from(loss)
  }
}

/**
 * [units][episodes] the placements of each unit, which follows its own greatest Q; `sights` [members][episodes], whose units follow each
 * other in `source`, of whose outputs a state the first K are of its places. All of them take a decision together: one forward pass a decision.
 */
export function rollOutBatches(
  source: ValueSource,
  sights: readonly (readonly BatchSight[])[],
  outputs = sights[0][0].model.places
): Uint8Array[][] {
  const all = source.units
  const units = all / sights.length
  const K = sights[0][0].model.places
  const inputs = featureCount(sights[0][0].features.shape, Q_AHEAD)
  const count = sights[0].length
  const states = Array.from({ length: all }, (_, unit) => sights[Math.floor(unit / units)].map(({ model }) => model.start()))
  const placements = Array.from({ length: all }, (_, unit) =>
    sights[Math.floor(unit / units)].map(({ model }) => new Uint8Array(model.decisions))
  )
  const longest = Math.max(...sights.flat().map(({ model }) => model.decisions))
  const moves = new Uint8Array(K)
  for (let i = 0; i < longest; i++) {
    const rows = new Float32Array(all * count * inputs)
    for (let unit = 0, row = 0; unit < all; unit++) {
      for (let x = 0; x < count; x++, row++) {
        const { features, model } = sights[Math.floor(unit / units)][x]
        if (i < model.decisions) features.describe(states[unit][x], 0, Q_AHEAD, rows, row * inputs)
      }
      advance()
    }
    const values = source.values(rows, 'online')
    for (let unit = 0, row = 0; unit < all; unit++) {
      for (let x = 0; x < count; x++, row++) {
        const { model } = sights[Math.floor(unit / units)][x]
        if (i >= model.decisions) continue
        model.executor.moves(states[unit][x], 0, moves)
        const place = greedyPlace(values, row * outputs, moves, 0, K)
        placements[unit][x][i] = place
        model.executor.step(states[unit][x], 0, place)
      }
    }
  }
  return placements
}

function randomMove(moves: Uint8Array, { action }: Streams): number {
  for (;;) {
    const place = action.below(moves.length)
    if (moves[place]) return place
  }
}

function joined(parts: readonly Float32Array[]): Float32Array {
  if (parts.length === 1) return parts[0]
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** Throws PolicyMisfitError where a policy's networks are not those that would be trained. */
export function checkBatchQ(head: NetworkShape['head']) {
  return (policy: Uint8Array, { shape }: BatchProblem, parameters: ParameterValues): void => {
    batchUnits(policy, qNetwork(featureCount(shape, Q_AHEAD), shape.places, parameters, head), 1, 'state-values')
  }
}
