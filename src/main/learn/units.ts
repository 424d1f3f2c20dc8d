import type { ParameterValues } from '@shared/algorithms/parameters'
import type { RandomStream } from '@shared/model/random'
import type { Backend } from './backend'
import { bestOfUnits, placementsOfUnits } from './decision'
import { Ensemble, type EnsembleSnapshot } from './ensemble'
import type { Episode } from './episode'
import { type Decision, type Learner, type Member, openStreams, type StepReport, type Streams } from './learner'
import { type AdamOptions, type OptimiserName, ratesAt } from './optimiser'
import { type MemberState, packState, stackSnapshots, unpackState, unstackSnapshots } from './persistence'
import { initialUnits, policyBytes, type ShapedValues } from './policy'
import type { Problem } from './problem'
import type { StateShape } from './state'

/** One of the runs that learn side by side: what it draws from, and what it remembers. */
export interface UnitRun<Memory> {
  problem: Problem
  parameters: ParameterValues
  streams: Streams
  memory: Memory
}

/** What of a run's memory a checkpoint keeps, beside its networks and random streams. */
export type KeptMemory = Pick<MemberState, 'episodes' | 'next' | 'extra'>

export interface UnitSetup<Memory> {
  /** The networks of every unit, and what their outputs mean. */
  shaped: ShapedValues
  /** Networks of each run, s. */
  units: number
  /** h of policies that plan over after-values. */
  horizon?: number
  /** The weights that a network without a policy starts from, where they are not the usual ones. */
  initial?(random: RandomStream): Float32Array
  /** Adam otherwise than usual. */
  adam?: AdamOptions
  /** A run's memory pool: empty, or as a checkpoint kept it. */
  remember(member: Member, kept: MemberState | undefined): Memory
}

/**
 * What algorithms of parallel networks share around their `learn`: all runs' units as one stacked ensemble, fresh, from ψ or from
 * checkpoints; decisions by the best of each run's units; checkpoints and policies of each run apart. A run's bits are the same whatever
 * learns beside it.
 */
export abstract class UnitLearner<Memory> implements Learner {
  readonly totalSteps: number
  /** Networks of each run, s. */
  protected readonly units: number
  /** Those that all runs have alike; what stacks is in each run's own. */
  protected readonly parameters: ParameterValues
  protected readonly shape: StateShape
  protected readonly runs: readonly UnitRun<Memory>[]
  /** [runs·units] a run's units follow each other. */
  protected ensemble: Ensemble
  readonly #setup: UnitSetup<Memory>
  /** What checkpoints the runs resume from, if any. */
  protected readonly restored: readonly (MemberState | undefined)[]

  /** Throws PolicyMisfitError where a member's initial policy has other networks. */
  constructor(
    protected readonly backend: Backend,
    members: readonly Member[],
    setup: UnitSetup<Memory>
  ) {
    const { parameters, problem } = members[0]
    const { shaped, units } = setup
    this.#setup = setup
    this.units = units
    this.parameters = parameters
    this.shape = problem.shape
    this.totalSteps = Number(parameters.learnSteps)
    this.restored = members.map((member) => (member.checkpoint ? unpackState(member.checkpoint, member.problem) : undefined))
    this.runs = members.map((member, m) => ({
      problem: member.problem,
      parameters: member.parameters,
      streams: this.restored[m]?.streams ?? openStreams(member.seed),
      memory: setup.remember(member, this.restored[m])
    }))
    this.ensemble = new Ensemble(
      backend,
      shaped.network,
      units * members.length,
      stackSnapshots(members.map((member, m) => this.restored[m]?.ensemble ?? freshUnits(member, setup, this.runs[m].streams))),
      setup.adam
    )
  }

  /** Makes one learn step; a report for each run. */
  abstract learn(): StepReport[]

  protected abstract kept(m: number): KeptMemory

  /** Placements that a run makes of one output to compare them. */
  protected candidates(_m: number): number {
    return 1
  }

  get steps(): number {
    return this.ensemble.steps
  }

  decide(episodes: readonly (readonly Episode[])[]): Decision[] {
    const { shape, units } = this
    const { shaped, horizon } = this.#setup
    const candidates = this.runs.map((_, m) => this.candidates(m))
    const unitPlacements = placementsOfUnits(this.ensemble, { kind: shaped.kind, shape, horizon, candidates }, episodes)
    return this.runs.map((_, m) => bestOfUnits(episodes[m], shape.places, unitPlacements.slice(m * units, (m + 1) * units)))
  }

  checkpoint(m: number): Uint8Array {
    return packState({ ensemble: this.unitsOf(m), streams: this.runs[m].streams, ...this.kept(m) })
  }

  policy(m: number): Uint8Array {
    const { shaped, horizon } = this.#setup
    return policyBytes(shaped.kind, shaped.network, this.runs[m].problem, this.unitsOf(m).online, horizon, this.candidates(m))
  }

  dispose(): void {
    this.ensemble.dispose()
  }

  /** A run's units out of an ensemble of all. */
  protected unitsOf(m: number, ensemble = this.ensemble): EnsembleSnapshot {
    return unstackSnapshots(ensemble.snapshot(), this.runs.length)[m]
  }

  /** The run that the `at`-th of `each` things a run belongs to, where runs follow each other. */
  protected runOf(at: number, each: number): UnitRun<Memory> {
    return this.runs[Math.floor(at / each)]
  }

  protected number(key: string): number {
    return Number(this.parameters[key])
  }

  protected get optimiser(): OptimiserName {
    return this.parameters.optimiser as OptimiserName
  }

  /** [runs] the learning rate of each at the coming learn step. */
  protected rates(): number[] {
    return ratesAt(
      this.runs.map(({ parameters }) => parameters),
      this.steps,
      this.totalSteps
    )
  }

  /** [runs·units] each run's number for each of its units. */
  protected perUnit(numbers: readonly number[]): number[] {
    return numbers.flatMap((value) => Array<number>(this.units).fill(value))
  }
}

type Fresh = Pick<UnitSetup<unknown>, 'shaped' | 'units' | 'initial'>

/**
 * A run's networks before its first learn step: from ψ or any other policy where the run names one, else random weights.
 *
 * @paper Algorithm 1, line 1: s networks with weights from ψ where the run names a policy, its networks in turn where there are fewer than
 * s; else each with random weights of its own. Throws PolicyMisfitError where the shapes differ.
 * @paper Algorithm 2, line 1: θ₀ is random, or any policy that the run starts from.
 */
function freshUnits({ initialPolicy }: Member, { shaped, units, initial }: Fresh, { init }: Streams): EnsembleSnapshot {
  const own = initial && Array.from({ length: units }, () => initial(init))
  return Ensemble.freshSnapshot(shaped.network, units, init, initialPolicy ? initialUnits(initialPolicy, shaped, units) : own)
}
