import { startEnsemble } from './starting'
import type { ParameterValues } from '@shared/algorithms/parameters'
import { AGREEMENT } from '@shared/run/metrics'
import { advance } from '@shared/model/advance'
import { type RandomStream, randomStream } from '@shared/model/random'
import { Annealing } from '@shared/model/search/annealing'
import { planBy, RULES } from '@shared/model/search/rules'
import { searched } from '@shared/model/search/search'
import type { Backend } from '../backend'
import type { Ensemble, EnsembleSnapshot } from '../ensemble'
import { greedyPlace } from '../equations'
import { type Decision, type Learner, type Member, openStreams, type StepReport, type Streams } from '../learner'
import { addCrossEntropy, softmax } from '../logits'
import { ratesAt } from '../optimiser'
import type { PackedArray } from '../packing'
import { unstackSnapshots } from '../persistence'
import { bestOfBatchUnits, WARMTHS } from './decision'
import { featureCount, Q_AHEAD } from './features'
import { packRun, unpackRun } from './persistence'
import { batchPolicyBytes, batchUnits } from './policy'
import type { BatchProblem, BatchSight } from './problem'
import { qNetwork, rollOutBatches } from './q'

/** Evaluations of annealing that the teacher spends on a batch. */
const TEACHING = 5000

/** Decisions that were shown, in rows. */
interface Shown {
  /** [rows·inputs] */
  states: Float32Array
  /** [rows·K] */
  allowed: Uint8Array
  /** [rows] where the teacher went, and what −F of each place comes to, [rows·K]. */
  actions: Uint8Array
  rewards: Float64Array
}

interface Run {
  member: Member<BatchProblem>
  streams: Streams
  shown: Shown | undefined
}

/**
 * Deep imitation learning along the order of decisions of graphs or shared machines. The optimum of thousands of batches takes too long to
 * find, so that the teacher is the best rule, annealed.
 */
export class BatchImitation implements Learner<BatchSight> {
  readonly totalSteps: number
  readonly #network: ReturnType<typeof qNetwork>
  readonly #runs: readonly Run[]
  readonly #ensemble: Ensemble

  constructor(backend: Backend, members: readonly Member<BatchProblem>[]) {
    const { parameters, problem } = members[0]
    this.totalSteps = Number(parameters.learnSteps)
    this.#network = networkOf(problem, parameters)
    const restored = members.map(({ checkpoint }) => (checkpoint ? unpackRun(checkpoint, 1) : undefined))
    this.#runs = members.map((member, m) => ({
      member,
      streams: restored[m]?.streams ?? openStreams(member.seed),
      shown: restored[m] && shownIn(restored[m].arrays)
    }))
    this.#ensemble = startEnsemble(
      backend,
      this.#network,
      1,
      members.map((member, m) => ({ member, streams: this.#runs[m].streams, restored: restored[m]?.ensemble }))
    )
  }

  get steps(): number {
    return this.#ensemble.steps
  }

  /** One learn step on a batch of decisions out of the demonstrations, all of which are made before the first. */
  learn(): StepReport[] {
    const { inputs, outputs: K } = this.#network
    const parameters = this.#runs.map(({ member }) => member.parameters)
    const rates = ratesAt(parameters, this.steps, this.totalSteps)
    const batch = Number(parameters[0].batch)
    const states = new Float32Array(this.#runs.length * batch * inputs)
    const drawn = this.#runs.flatMap((run, m) => {
      run.shown ??= demonstrated(run.member, run.streams.environment)
      const { shown, streams } = run
      return Array.from({ length: batch }, (_, x) => {
        const row = streams.replay.below(shown.actions.length)
        states.set(shown.states.subarray(row * inputs, (row + 1) * inputs), (m * batch + x) * inputs)
        return { shown, row }
      })
    })
    const reports = this.#runs.map((_, m) => ({ loss: 0, reward: 0, learningRate: rates[m], [AGREEMENT]: 0 }))
    const probabilities = new Float64Array(K)
    const label = new Float32Array(K)
    const gradientOf = (outputs: Float32Array) => {
      const gradient = new Float32Array(outputs.length)
      drawn.forEach(({ shown: { allowed, actions, rewards }, row }, at) => {
        const report = reports[Math.floor(at / batch)]
        softmax(outputs, { at: at * K, allowed, from: row * K }, probabilities)
        label.fill(0)
        label[actions[row]] = 1
        report.loss += addCrossEntropy(probabilities, label, 0, 1 / batch, gradient, at * K) / batch
        const own = greedyPlace(outputs, at * K, allowed, row * K, K)
        report.reward += rewards[row * K + own] / batch
        if (own === actions[row]) report[AGREEMENT] += 1 / batch
      })
      return gradient
    }
    this.#ensemble.learn(states, gradientOf, 'adam', rates)
    return reports
  }

  /** The most probable place of each decision. */
  decide(episodes: readonly (readonly BatchSight[])[]): Decision[] {
    const placements = rollOutBatches(this.#ensemble, episodes)
    return this.#runs.map((_, m) => bestOfBatchUnits(episodes[m], [placements[m]]))
  }

  checkpoint(m: number): Uint8Array {
    const { streams, shown } = this.#runs[m]
    return packRun({ ensemble: this.#networkOf(m), streams, next: 0, arrays: { ...shown } })
  }

  policy(m: number): Uint8Array {
    const how = { kind: 'move-logits', network: this.#network, beam: 1, polish: 0, warmth: WARMTHS[0] } as const
    return batchPolicyBytes(how, this.#runs[m].member.problem, this.#networkOf(m).online)
  }

  dispose(): void {
    this.#ensemble.dispose()
  }

  #networkOf(m: number): EnsembleSnapshot {
    return unstackSnapshots(this.#ensemble.snapshot(), this.#runs.length)[m]
  }
}

const networkOf = ({ shape }: BatchProblem, parameters: ParameterValues) =>
  qNetwork(featureCount(shape, Q_AHEAD), shape.places, parameters, 'plain')

function shownIn({ states, allowed, actions, rewards }: Record<string, PackedArray>): Shown | undefined {
  return actions && ({ states, allowed, actions, rewards } as Shown)
}

/** Lets the teacher place batches, and keeps every decision with what could have been decided. */
function demonstrated({ problem, parameters }: Member<BatchProblem>, random: RandomStream): Shown {
  const K = problem.shape.places
  const inputs = featureCount(problem.shape, Q_AHEAD)
  const sights = Array.from({ length: Number(parameters.demonstrations) }, () => problem.draw(random))
  const rows = sights.reduce((sum, { model }) => sum + model.decisions, 0)
  const shown = {
    states: new Float32Array(rows * inputs),
    allowed: new Uint8Array(rows * K),
    actions: new Uint8Array(rows),
    rewards: new Float64Array(rows * K)
  }
  let row = 0
  sights.forEach(({ model, features }, x) => {
    const { executor, decisions } = model
    const placement = taught(features.outlook, x)
    const state = model.start()
    for (let i = 0; i < decisions; i++, row++) {
      features.describe(state, 0, Q_AHEAD, shown.states, row * inputs)
      const allowed = shown.allowed.subarray(row * K, (row + 1) * K)
      executor.moves(state, 0, allowed)
      for (let k = 0; k < K; k++) if (allowed[k]) shown.rewards[row * K + k] = -executor.step(state.slice(), 0, k)
      shown.actions[row] = placement[i]
      executor.step(state, 0, placement[i])
    }
    advance()
  })
  return shown
}

/** The best rule's plan, annealed; `x`, the number of the batch, seeds it. */
function taught(outlook: BatchSight['features']['outlook'], x: number): Uint8Array {
  const start = RULES.map((rule) => planBy(outlook, rule)).reduce((best, plan) => (plan.cost < best.cost ? plan : best))
  return searched(new Annealing(outlook, { start, evaluations: TEACHING, random: randomStream(x, 'action') })).placement
}

/** Throws PolicyMisfitError where a policy's networks are not those that would be trained. */
export function checkBatchImitation(policy: Uint8Array, problem: BatchProblem, parameters: ParameterValues): void {
  batchUnits(policy, networkOf(problem, parameters), 1, 'move-logits')
}
