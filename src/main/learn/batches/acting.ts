import { startEnsemble } from './starting'
import type { ParameterValues } from '@shared/algorithms/parameters'
import { advance } from '@shared/model/advance'
import {
  type Discounting,
  gradientOfRows,
  packPractice,
  type Practice,
  Practising,
  type RowLoss,
  statesOfAll,
  unpackPractice
} from '../acting'
import type { Backend } from '../backend'
import type { Ensemble, EnsembleSnapshot } from '../ensemble'
import { type Decision, type Learner, type Member, openStreams, type StepReport, type Streams } from '../learner'
import { clipNorm } from '../logits'
import type { NetworkShape } from '../network'
import { ratesAt } from '../optimiser'
import { unstackSnapshots } from '../persistence'
import { bestOfBatchUnits, WARMTHS } from './decision'
import { featureCount, Q_AHEAD } from './features'
import { packRun, unpackRun } from './persistence'
import { batchPolicyBytes, batchUnits } from './policy'
import type { BatchProblem, BatchSight } from './problem'
import { rollOutBatches } from './q'

/** What tells actor–critic and PPO apart. */
export interface ActingVariant {
  lossOf: RowLoss
  /** Learn steps from what was practised once, and how often each batch is placed for it. */
  epochs: number
  repeats: number
  /** What a run has of its own. */
  lambdaOf(parameters: ParameterValues): number
  /** The most that the norm of a gradient may be. */
  normOf(parameters: ParameterValues): number
}

interface Run {
  member: Member<BatchProblem>
  streams: Streams
  practice: Practice | undefined
}

const networkOf = ({ shape }: BatchProblem, parameters: ParameterValues): NetworkShape => ({
  inputs: featureCount(shape, Q_AHEAD),
  hidden: Number(parameters.hidden),
  outputs: shape.places + 1,
  head: 'plain'
})

/**
 * Actor–critic and PPO along the order of decisions of graphs or shared machines: one network a run gives the probabilities of places and V.
 * All batches of all runs take a decision together: one forward pass a decision.
 */
export class BatchActing implements Learner<BatchSight> {
  readonly totalSteps: number
  readonly #variant: ActingVariant
  readonly #network: NetworkShape
  readonly #runs: readonly Run[]
  readonly #ensemble: Ensemble

  constructor(backend: Backend, members: readonly Member<BatchProblem>[], variant: ActingVariant) {
    const { parameters, problem } = members[0]
    this.#variant = variant
    this.totalSteps = Number(parameters.learnSteps)
    this.#network = networkOf(problem, parameters)
    const restored = members.map(({ checkpoint }) => (checkpoint ? unpackRun(checkpoint, 1) : undefined))
    this.#runs = members.map((member, m) => ({
      member,
      streams: restored[m]?.streams ?? openStreams(member.seed),
      practice: restored[m] && unpackPractice(restored[m].arrays)
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

  /** One learn step: every few of them a round of batches is placed by chance, then all of it is learned from once. */
  learn(): StepReport[] {
    const { lossOf, epochs, normOf } = this.#variant
    const step = this.steps
    const parameters = this.#runs.map(({ member }) => member.parameters)
    if (step % epochs === 0) this.#practise()
    const practices = this.#runs.map(({ practice }) => practice as Practice)
    const rates = ratesAt(parameters, step, this.totalSteps)
    const loss = new Float64Array(this.#runs.length)
    const gradients = this.#ensemble.gradientOf(statesOfAll(practices), gradientOfRows(practices, parameters, lossOf, loss))
    gradients.forEach((gradient, m) => {
      clipNorm(gradient, normOf(parameters[m]))
    })
    this.#ensemble.follow(gradients, 'adam', rates)
    return this.#runs.map((_, m) => ({ loss: loss[m], reward: practices[m].reward, learningRate: rates[m] }))
  }

  /** The most probable place of each decision. */
  decide(episodes: readonly (readonly BatchSight[])[]): Decision[] {
    const placements = rollOutBatches(this.#ensemble, episodes, this.#network.outputs)
    return this.#runs.map((_, m) => bestOfBatchUnits(episodes[m], [placements[m]]))
  }

  checkpoint(m: number): Uint8Array {
    const { streams, practice } = this.#runs[m]
    return packRun({ ensemble: this.#networkOf(m), streams, next: 0, arrays: packPractice(practice) })
  }

  policy(m: number): Uint8Array {
    const how = { kind: 'actor-critic', network: this.#network, beam: 1, polish: 0, warmth: WARMTHS[0] } as const
    return batchPolicyBytes(how, this.#runs[m].member.problem, this.#networkOf(m).online)
  }

  dispose(): void {
    this.#ensemble.dispose()
  }

  #networkOf(m: number): EnsembleSnapshot {
    return unstackSnapshots(this.#ensemble.snapshot(), this.#runs.length)[m]
  }

  #practise(): void {
    const { repeats, lambdaOf } = this.#variant
    const round = Number(this.#runs[0].member.parameters.round)
    const sights = this.#runs.map(({ member, streams }) =>
      Array.from({ length: round }, () => member.problem.draw(streams.environment)).flatMap((sight) =>
        Array<BatchSight>(repeats).fill(sight)
      )
    )
    const discounting = this.#runs.map(({ member: { parameters } }) => ({
      discount: Number(parameters.discount),
      lambda: lambdaOf(parameters)
    }))
    this.#place(sights, discounting).forEach((practice, m) => {
      this.#runs[m].practice = practice
    })
  }

  /** Places every run's batches by chance, all of them decision by decision. */
  #place(sights: readonly (readonly BatchSight[])[], discounting: readonly Discounting[]): Practice[] {
    const { inputs, outputs } = this.#network
    const K = outputs - 1
    const R = sights[0].length
    const N = Math.max(...sights.flat().map(({ model }) => model.decisions))
    const runs = sights.map(() => new Practising(R * N, inputs, K))
    const states = sights.map((own) => own.map(({ model }) => model.start()))
    for (let i = 0; i < N; i++) {
      const rows = new Float32Array(runs.length * R * inputs)
      runs.forEach(({ practice }, m) => {
        advance()
        sights[m].forEach(({ model, features }, x) => {
          if (i >= model.decisions) return
          const row = x * N + i
          features.describe(states[m][x], 0, Q_AHEAD, practice.states, row * inputs)
          model.executor.moves(states[m][x], 0, practice.allowed.subarray(row * K, (row + 1) * K))
          rows.set(practice.states.subarray(row * inputs, (row + 1) * inputs), (m * R + x) * inputs)
        })
      })
      const values = this.#ensemble.values(rows, 'online')
      runs.forEach((run, m) => {
        sights[m].forEach(({ model: { executor, decisions, workflows } }, x) => {
          if (i >= decisions) return
          const row = x * N + i
          const action = run.act(row, values, (m * R + x) * outputs, this.#runs[m].streams.action)
          const cost = executor.step(states[m][x], 0, action)
          // Where all stays on the devices a decision then costs about 1, as with chains.
          run.reward(row, (-cost * decisions) / workflows.length)
          run.practice.reward -= cost / decisions / R
          if (i + 1 === decisions) run.end(x * N, decisions, discounting[m])
        })
      })
    }
    return runs.map(({ practice }) => practice)
  }
}

/** Throws PolicyMisfitError where a policy's networks are not those that would be trained. */
export function checkBatchActing(policy: Uint8Array, problem: BatchProblem, parameters: ParameterValues): void {
  batchUnits(policy, networkOf(problem, parameters), 1)
}
