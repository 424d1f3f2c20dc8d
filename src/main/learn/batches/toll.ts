import type { ParameterValues } from '@shared/algorithms/parameters'
import { advance } from '@shared/model/advance'
import { releasesOf, type Stream } from '@shared/model/search/causal'
import { generation, recombined } from '@shared/model/search/evolution'
import { TOLL_KINDS, tollKinds } from '@shared/model/search/toll'
import { placeByToll } from '@shared/model/search/toll-plan'
import { mean } from '@shared/statistics/descriptive'
import {
  type Decision,
  type Learner,
  type Member,
  openStreams,
  restoreStreams,
  type StepReport,
  type Streams,
  streamStates
} from '../learner'
import { pack, unpack } from '../packing'
import { PolicyMisfitError } from '../policy'
import { isBatchPolicy, readBatchPolicy } from './policy'
import type { BatchProblem, BatchSight } from './problem'
import { tollsOf, tollPolicyBytes } from './toll-policy'

/** Every coefficient at first; and how far candidates go from their mean, as factors e^±σ, in the first generation and the last. */
const START = 0.5
const SPREAD = { start: 0.6, end: 0.15 } as const
/** The policy is the mean over the generations after this share of all: single ones go about. */
const SETTLED = 0.5
/** Coefficients that are taken over are no less than this, or they would never come back. */
const LEAST = 1e-3

/** All that a run is at one moment. */
interface RunState {
  steps: number
  streams: Streams
  /** [kinds] ln of the coefficients, their sum over the generations that settled and how many these are. */
  logs: Float64Array
  sum: Float64Array
  settled: number
  /** [kinds] 1 for clocks that it has met. */
  isLearned: Uint8Array
}

interface Run {
  problem: BatchProblem
  parameters: ParameterValues
  state: RunState
}

/**
 * Learns what it costs those who come later that machines are left busy: a coefficient for each kind of clock, by which plans at a release
 * are charged beyond their own Q (model/search/toll.ts). Evolution strategies, since there is no gradient through planning: the candidates of
 * a generation place the same drawn streams with the same seeds. A learn step is a generation.
 */
export class TollLearner implements Learner<BatchSight> {
  readonly totalSteps: number
  readonly #runs: readonly Run[]
  /** [members] the run of each: a run that comes with its double, as networks need it, learns once. */
  readonly #runOf: readonly Run[]

  constructor(members: readonly Member<BatchProblem>[]) {
    this.totalSteps = Number(members[0].parameters.learnSteps)
    const runs = new Map(members.map((member) => [member, runOf(member)]))
    this.#runs = [...runs.values()]
    this.#runOf = members.map((member) => runs.get(member) as Run)
  }

  get steps(): number {
    return this.#runs[0].state.steps
  }

  learn(): StepReport[] {
    const reports = new Map(this.#runs.map((run) => [run, this.#generation(run)]))
    return this.#runOf.map((run) => reports.get(run) as StepReport)
  }

  decide(episodes: readonly (readonly BatchSight[])[]): Decision[] {
    const decisions = new Map(this.#runs.map((run) => [run, decided(run, episodes[this.#runOf.indexOf(run)])]))
    return this.#runOf.map((run) => decisions.get(run) as Decision)
  }

  checkpoint(m: number): Uint8Array {
    const { steps, streams, logs, sum, settled, isLearned } = this.#runOf[m].state
    return pack({ data: { steps, settled, streams: streamStates(streams) }, arrays: { logs, sum, isLearned } })
  }

  policy(m: number): Uint8Array {
    const run = this.#runOf[m]
    return tollPolicyBytes(run.problem, policyOf(run.state), run.state.isLearned, Number(run.parameters.polish))
  }

  dispose(): void {}

  #generation({ problem, parameters, state }: Run): StepReport {
    const { streams, logs, isLearned } = state
    const share = state.steps / this.totalSteps
    const spread = SPREAD.start * (SPREAD.end / SPREAD.start) ** share
    const drawn = Array.from({ length: Number(parameters.round) }, () => releasesOf(problem.draw(streams.environment).model.executor))
    const seeds = drawn.map(() => streams.replay.uint32())
    for (const { executor } of drawn) for (const kind of tollKinds(executor)) isLearned[kind] = 1
    const paid = (of: Float64Array) =>
      mean(drawn.map((stream, x) => costOf(stream, of.map(Math.exp), Number(parameters.trialPolish), seeds[x])))
    const candidates = generation(logs, spread, Number(parameters.candidates), streams.action, paid, (kind) => isLearned[kind] === 1)
    const cost = mean(candidates.map((each) => each.cost))
    state.logs = recombined(candidates)
    state.steps++
    if (state.steps > SETTLED * this.totalSteps) {
      state.settled++
      state.logs.forEach((log, kind) => {
        state.sum[kind] += log
      })
    }
    return { reward: -cost / mean(drawn.map(({ executor }) => executor.batch.decisions)), learningRate: spread }
  }
}

function runOf({ problem, parameters, seed, checkpoint, initialPolicy }: Member<BatchProblem>): Run {
  return { problem, parameters, state: checkpoint ? unpackState(checkpoint) : freshState(seed, initialPolicy) }
}

function freshState(seed: number, initialPolicy: Uint8Array | undefined): RunState {
  const first = initialPolicy ? tollsIn(initialPolicy) : new Float64Array(TOLL_KINDS.length).fill(START)
  return {
    steps: 0,
    streams: openStreams(seed),
    logs: first.map((each) => Math.log(Math.max(LEAST, each))),
    sum: new Float64Array(TOLL_KINDS.length),
    settled: 0,
    isLearned: new Uint8Array(TOLL_KINDS.length)
  }
}

function unpackState(bytes: Uint8Array): RunState {
  const { data, arrays } = unpack(bytes)
  const { steps, settled, streams } = data as { steps: number; settled: number; streams: ReturnType<typeof streamStates> }
  const { logs, sum } = arrays as Record<string, Float64Array>
  return { steps, settled, streams: restoreStreams(streams), logs, sum, isLearned: arrays.isLearned as Uint8Array }
}

/** [kinds] the coefficients that a run has come to. */
function policyOf({ logs, sum, settled }: RunState): Float64Array {
  return settled === 0 ? logs.map(Math.exp) : sum.map((each) => Math.exp(each / settled))
}

function decided({ state, parameters }: Run, sights: readonly BatchSight[]): Decision {
  const coefficients = policyOf(state)
  const placements = sights.map(({ model: { executor } }, x) => {
    advance()
    return placeByToll(releasesOf(executor), coefficients, Number(parameters.polish), x)
  })
  return { placements, unitCosts: [Float64Array.from(sights, ({ model }, x) => model.total(placements[x]))] }
}

function costOf(stream: Stream, coefficients: Float64Array, evaluations: number, seed: number): number {
  advance()
  return stream.executor.run(placeByToll(stream, coefficients, evaluations, seed))
}

/** [kinds] the coefficients to start from out of a policy. Throws PolicyMisfitError where it is of another kind. */
function tollsIn(bytes: Uint8Array): Float64Array {
  const policy = isBatchPolicy(bytes) ? readBatchPolicy(bytes) : undefined
  if (policy && 'coefficients' in policy) return tollsOf(policy, START)
  throw new PolicyMisfitError('the policy has networks; this run learns tolls of a stream, so choose a policy that was trained on a stream')
}

/** Throws PolicyMisfitError where a policy is not of tolls. */
export function checkToll(policy: Uint8Array): void {
  tollsIn(policy)
}
