import { startEnsemble } from './starting'
import type { ParameterValues } from '@shared/algorithms/parameters'
import { advance } from '@shared/model/advance'
import { randomStream } from '@shared/model/random'
import type { Backend } from '../backend'
import type { Ensemble, EnsembleSnapshot } from '../ensemble'
import { epsilonAt } from '../equations'
import { type Decision, type Learner, type Member, openStreams, type StepReport, type Streams } from '../learner'
import type { NetworkShape } from '../network'
import { join, partition } from '../packing'
import { type OptimiserName, ratesAt } from '../optimiser'
import { unstackSnapshots } from '../persistence'
import { planByValues, meanValue } from './beam'
import { bestWarmth, type PlanEffort, planBatch, WARMTHS } from './decision'
import { batchPolicyBytes, batchUnits } from './policy'
import { AHEAD, featureCount } from './features'
import { packRun, unpackRun } from './persistence'
import { PlainValue } from './plain-value'
import type { BatchProblem, BatchSight } from './problem'
import { ValuedStates } from './valued-states'

/** Random moves before a cut: their share at the start and at the end, and over which share of the run it falls. */
const EXPLORATION = { start: 1, end: 0.1, share: 0.45 } as const

/** Learn steps from one refreshing of the weights that act to the next. */
const REFRESH = 24
/** What a glance takes: the greedy policy. */
const GLANCE: PlanEffort = { beam: 1, polish: 0, warmth: WARMTHS[0] }
/** The seed of the batches that temperatures are tried out on. */
const TRIALS = 1

interface Run {
  problem: BatchProblem
  parameters: ParameterValues
  streams: Streams
  samples: ValuedStates
  /** [units] the weights that act, as they were when they were last refreshed, and the same as plain loops evaluate them. */
  acting: readonly Float32Array[]
  networks: readonly PlainValue[]
  /** The temperature of its annealing, tried out once it has learned. */
  warmth?: number
}

/** The networks of a shape: inputs → hidden → hidden → 1. */
export function valueNetwork(inputs: number, parameters: ParameterValues): NetworkShape {
  return { inputs, hidden: Number(parameters.hidden), outputs: 1, head: 'plain' }
}

/**
 * Learns V of the state after a decision: what remains to be paid beyond the bound. Each sample is one cut of one batch: random and greedy
 * moves up to it, a random one at it, and what the current policy then pays to the end. Small networks, evaluated in plain loops beside
 * the simulation, learn together as one ensemble.
 */
export class BatchPlus implements Learner<BatchSight> {
  readonly totalSteps: number
  readonly #units: number
  readonly #parameters: ParameterValues
  readonly #network: NetworkShape
  readonly #runs: readonly Run[]
  readonly #ensemble: Ensemble

  constructor(backend: Backend, members: readonly Member<BatchProblem>[]) {
    const { parameters, problem } = members[0]
    this.#parameters = parameters
    this.#units = Number(parameters.units)
    this.totalSteps = Number(parameters.learnSteps)
    this.#network = valueNetwork(featureCount(problem.shape, AHEAD), parameters)
    const restored = members.map(({ checkpoint }) => (checkpoint ? unpackRun(checkpoint, this.#units) : undefined))
    this.#runs = members.map((member, m) => ({
      problem: member.problem,
      parameters: member.parameters,
      streams: restored[m]?.streams ?? openStreams(member.seed),
      samples: restored[m]
        ? ValuedStates.from(restored[m].arrays, restored[m].next)
        : new ValuedStates(Number(parameters.samples), this.#network.inputs),
      acting: [],
      networks: []
    }))
    this.#ensemble = startEnsemble(
      backend,
      this.#network,
      this.#units,
      members.map((member, m) => ({ member, streams: this.#runs[m].streams, restored: restored[m]?.ensemble }))
    )
    this.#runs.forEach((_, m) => this.#act(m, restored[m] ? partition(restored[m].arrays.acting as Float32Array, this.#units) : undefined))
  }

  get steps(): number {
    return this.#ensemble.steps
  }

  /** One learn step: some cuts into the memory, then one batch a unit. */
  learn(): StepReport[] {
    const step = this.steps
    const epsilon = this.#runs.map(() => epsilonAt(step, this.totalSteps, EXPLORATION.start, EXPLORATION.end, EXPLORATION.share))
    // The policy that pays to the end is refreshed now and then: downloading weights takes as long as several steps.
    if (step % REFRESH === 0) this.#runs.forEach((_, m) => this.#act(m))
    const rewards = this.#runs.map((run, m) => {
      let reward = 0
      const round = Number(this.#parameters.round)
      for (let x = 0; x < round; x++) reward += this.#sample(run, epsilon[m])
      return reward / round
    })
    const rates = ratesAt(
      this.#runs.map(({ parameters }) => parameters),
      step,
      this.totalSteps
    )
    const loss = this.#replay(rates)
    return this.#runs.map((_, m) => ({ loss: loss[m], reward: rewards[m], learningRate: rates[m] }))
  }

  /**
   * Plans by beam and annealing, as policies are used; a glance is greedy. Units are one policy, by the mean of their values, so the costs
   * are of one.
   */
  decide(episodes: readonly (readonly BatchSight[])[], isGlance = false): Decision[] {
    return this.#runs.map((_, m) => {
      const networks = this.#networks(m)
      const effort = isGlance ? GLANCE : this.#effort(m, networks)
      const plans = episodes[m].map((sight, x) => {
        advance()
        return planBatch({ features: sight.features, networks }, effort, x)
      })
      return { placements: plans.map(({ placement }) => placement), unitCosts: [Float64Array.from(plans, ({ cost }) => cost)] }
    })
  }

  checkpoint(m: number): Uint8Array {
    const { streams, samples, acting } = this.#runs[m]
    return packRun({ ensemble: this.#unitsOf(m), streams, next: samples.next, arrays: { ...samples.arrays, acting: join(acting) } })
  }

  policy(m: number): Uint8Array {
    const { problem } = this.#runs[m]
    const how = { kind: 'after-values', network: this.#network, ...this.#effort(m, this.#networks(m)) } as const
    return batchPolicyBytes(how, problem, this.#unitsOf(m).online)
  }

  dispose(): void {
    this.#ensemble.dispose()
  }

  /** What its plans take. At the end the temperature of the annealing is tried out on training batches that nothing else is drawn from. */
  #effort(m: number, networks: readonly PlainValue[]): PlanEffort {
    const run = this.#runs[m]
    const { problem, parameters } = run
    const effort = { beam: Number(parameters.beam), polish: Number(parameters.polish) }
    if (this.steps < this.totalSteps || effort.polish === 0) return { ...effort, warmth: WARMTHS[0] }
    const random = randomStream(TRIALS, 'environment')
    run.warmth ??= bestWarmth(() => ({ features: problem.draw(random).features, networks }), effort)
    return { ...effort, warmth: run.warmth }
  }

  #unitsOf(m: number): EnsembleSnapshot {
    return unstackSnapshots(this.#ensemble.snapshot(), this.#runs.length)[m]
  }

  #networks(m: number, weights: readonly Float32Array[] = this.#unitsOf(m).online): PlainValue[] {
    const { inputs, hidden } = this.#network
    return weights.map((each) => new PlainValue(inputs, hidden, each))
  }

  /** Lets these weights of a run act, or those it has learned by now. */
  #act(m: number, weights = this.#unitsOf(m).online): void {
    this.#runs[m].acting = weights.map((each) => each.slice())
    this.#runs[m].networks = this.#networks(m, weights)
  }

  /** One cut of one batch into the memory; returns the mean reward a decision of what was followed. */
  #sample({ problem, streams, samples, networks }: Run, epsilon: number): number {
    const { features } = problem.draw(streams.environment)
    advance()
    const { executor } = features
    const { places: K, decisions: N } = features.batch
    const random = streams.action
    const { size } = executor.layout
    const state = new Float64Array(size)
    const child = new Float64Array(size)
    const moves = new Uint8Array(K)
    const numbers = new Float32Array(this.#network.inputs)
    executor.begin(state)
    const randomMove = (): number => {
      executor.moves(state, 0, moves)
      for (;;) {
        const place = random.below(K)
        if (moves[place]) return place
      }
    }
    const greedyMove = (): number => {
      executor.moves(state, 0, moves)
      let best = 0
      let least = Infinity
      for (let k = 0; k < K; k++) {
        if (!moves[k]) continue
        child.set(state)
        const cost = executor.step(child, 0, k)
        const score =
          child[0] >= N ? cost : cost + features.describe(child, 0, AHEAD, numbers, 0) + Math.max(0, meanValue(networks, numbers, 0))
        if (score < least) {
          least = score
          best = k
        }
      }
      return best
    }
    const cut = N > 1 ? 1 + random.below(N - 1) : 1
    let cost = 0
    for (let i = 0; i < cut; i++) {
      const isRandom = i === cut - 1 || random.uniform() < epsilon
      cost += executor.step(state, 0, isRandom ? randomMove() : greedyMove())
    }
    const bound = features.describe(state, 0, AHEAD, numbers, 0)
    const described = numbers.slice()
    const width = Number(this.#parameters.tailBeam)
    let total = cost
    if (width > 1) total = planByValues({ features, networks }, width, state, cost).cost
    else while (state[0] < N) total += executor.step(state, 0, greedyMove())
    samples.push(described, total - cost - bound)
    return -total / N
  }

  /** [runs] mean squared error. */
  #replay(rates: readonly number[]): number[] {
    const batch = Number(this.#parameters.states)
    const each = batch * this.#units
    const { inputs } = this.#network
    const states = new Float32Array(this.#runs.length * each * inputs)
    const targets = new Float64Array(this.#runs.length * each)
    this.#runs.forEach(({ samples, streams }, m) => samples.draw(streams.replay, each, states, targets, m * each))
    const loss = new Float64Array(this.#runs.length)
    this.#ensemble.learn(
      states,
      (values) => {
        const gradient = new Float32Array(values.length)
        for (let row = 0; row < values.length; row++) {
          const error = values[row] - targets[row]
          gradient[row] = (2 / batch) * error
          loss[Math.floor(row / each)] += (error * error) / each
        }
        return gradient
      },
      this.#parameters.optimiser as OptimiserName,
      rates.flatMap((rate) => Array<number>(this.#units).fill(rate))
    )
    return Array.from(loss)
  }
}

/** Throws PolicyMisfitError where a policy's networks are not those that would be trained. */
export function checkBatchPlus(policy: Uint8Array, { shape }: BatchProblem, parameters: ParameterValues): void {
  batchUnits(policy, valueNetwork(featureCount(shape, AHEAD), parameters), 1)
}
