import type { InspectedWorkflow, PlacementList } from '@shared/contract/placements'
import type { RunOptimum } from '@shared/contract/records'
import type { RunSpec } from '@shared/run/spec'
import type { Experiment, Fault } from '@shared/experiment/experiment'
import type { Losses } from '@shared/experiment/losses'
import { readExperiment, readPlacement, readScenario, type Resolve } from '@shared/formats'
import { type Assessment, assess, assessReference } from '@shared/model/assessment'
import type { References } from '@shared/model/objective'
import type { Scenario } from '@shared/model/scenario'
import { isGenerated } from '@shared/model/workload'
import { ALGORITHMS, algorithmCards } from '../algorithms'
import { Evaluator } from '../learn/evaluation'
import { Inspection } from '../learn/inspect'
import { isLearned } from '../learn/learner'
import { initialUnits, PolicyMisfitError } from '../learn/policy'
import { compileProblem, problemOptionsOf } from '../learn/problem'
import { accepted, BadDocumentError, checkedExperiment, worldOf } from './documents'
import { isLarge, type Load, NO_LOAD, UNKNOWN_LOAD, worldLoad } from './load'

/** A run to be looked into: its policy where its algorithm learns. */
interface Looked {
  run: string
  spec: RunSpec
  policy?: Uint8Array
}

/** What can be computed: what each kind of work is given, and what comes of it. */
interface Jobs {
  /** Reads an experiment's document and checks all that can be checked before it is run. */
  experiment: { given: { document: unknown }; result: Experiment }
  /** The exact optimum of a scenario's document. */
  optimum: { given: { document: unknown }; result: Assessment }
  /** A placement's document against its scenario's. */
  evaluate: { given: { document: unknown; placement: unknown }; result: Assessment }
  /** What a run's costs are divided by, and the optimum of its held-out workflows. */
  reference: { given: { spec: RunSpec }; result: { references: References; optimum: RunOptimum } }
  /** Why a run cannot start from a policy, or learn over its environments; undefined where it can. */
  fit: { given: { spec: RunSpec; policy?: Uint8Array }; result: string | undefined }
  placements: { given: Looked; result: PlacementList }
  /** One held-out workflow; undefined where none is called so. */
  workflow: { given: Looked & { workflow: string }; result: InspectedWorkflow | undefined }
  losses: { given: Looked; result: Losses }
}

type JobName = keyof Jobs
export type Job<Name extends JobName = JobName> = { [N in Name]: { what: N } & Jobs[N]['given'] }[Name]
export type ResultOf<J extends Job> = Jobs[J['what']]['result']

/** What came of a job, as it travels between processes. */
export type Outcome =
  | { ok: true; result: unknown }
  /** Names that must be known first. */
  | { ok: false; wanted: { name: string; kind: Parameters<Resolve>[1] }[] }
  | { ok: false; faults: Fault[] }
  /** Why it makes no sense, as a sentence. */
  | { ok: false; refused: string }
  | { ok: false; failed: string }

/** Why a run cannot be looked into, as a sentence. */
export class NotInspectableError extends Error {
  override name = 'NotInspectableError'
}

export interface Tools {
  resolve: Resolve
  /** Told once it is known how much there is to do. */
  expect?(load: Load): void
}

/** Does jobs, one after another. After one workflow of a run the next is usually asked for: the run inspected last stays in memory. */
export class Performer {
  #looked: { run: string; inspection: Inspection } | undefined

  /** Throws BadDocumentError, NotInspectableError. */
  async perform<J extends Job>(job: J, tools: Tools): Promise<ResultOf<J>> {
    return (await this.#result(job, tools)) as ResultOf<J>
  }

  async #result(job: Job, { resolve, expect }: Tools): Promise<Jobs[JobName]['result']> {
    const scenario = (document: unknown): Scenario => {
      const read = accepted(readScenario(document, resolve))
      expect?.(worldLoad(read, 0, false))
      return read
    }
    switch (job.what) {
      case 'experiment':
        return checkedExperiment(accepted(readExperiment(job.document, { resolve, catalogue: algorithmCards })))
      case 'optimum':
        return assessReference(worldOf(scenario(job.document)))
      case 'evaluate': {
        const world = worldOf(scenario(job.document))
        return assess(world, accepted(readPlacement(job.placement, world)))
      }
      case 'reference': {
        expect?.(specLoad(job.spec))
        const problem = compileProblem(job.spec, { training: 'fixed', jitter: 0 })
        const evaluator = new Evaluator(problem)
        return { references: problem.compiled.references, optimum: { ...evaluator.optimum, meanReward: evaluator.optimumReward } }
      }
      case 'fit':
        expect?.(specLoad(job.spec))
        return misfitOf(job)
      case 'placements':
        return this.#look(job, expect).list()
      case 'workflow':
        return this.#look(job, expect).workflow(job.workflow)
      case 'losses':
        return this.#look(job, expect).losses()
    }
  }

  #look({ run, spec, policy }: Looked, expect: Tools['expect']): Inspection {
    if (this.#looked?.run === run) return this.#looked.inspection
    expect?.(specLoad(spec))
    const algorithm = ALGORITHMS.find(({ card }) => card.id === spec.algorithm)
    if (!algorithm) throw new NotInspectableError(`The algorithm "${spec.algorithm}" of run ${run} is not known to this program.`)
    if (isLearned(algorithm) && !policy) throw new NotInspectableError(`Run ${run} has no stored policy.`)
    try {
      const inspection = new Inspection(spec, isLearned(algorithm) && policy ? { policy } : { rule: ruleOf(algorithm, spec) })
      this.#looked = { run, inspection }
      return inspection
    } catch (error) {
      if (error instanceof RangeError || error instanceof PolicyMisfitError) throw new NotInspectableError(error.message)
      throw error
    }
  }

  /** Whether a run is at hand, so that looking into it takes no time. */
  hasAtHand(run: string): boolean {
    return this.#looked?.run === run
  }
}

function ruleOf(algorithm: (typeof ALGORITHMS)[number], { parameters }: RunSpec) {
  if (isLearned(algorithm)) throw new NotInspectableError(`The algorithm "${algorithm.card.id}" places by its policy.`)
  return algorithm.rule(parameters)
}

function misfitOf({ spec, policy }: Job<'fit'>): string | undefined {
  const algorithm = ALGORITHMS.find(({ card }) => card.id === spec.algorithm)
  if (!algorithm || !isLearned(algorithm)) return undefined
  try {
    const { shape } = compileProblem(spec, problemOptionsOf(spec.parameters))
    if (policy) initialUnits(policy, algorithm.network(shape, spec.parameters), 1)
  } catch (error) {
    if (error instanceof RangeError || error instanceof PolicyMisfitError) return error.message
    throw error
  }
}

function specLoad({ scenario, heldOut, environments }: RunSpec): Load {
  const kept = isGenerated(scenario.workload) ? heldOut : 0
  const { milliseconds, counts } = worldLoad(scenario, kept, true)
  const worlds = 1 + (environments?.topologies.length ?? 0) + (environments?.family?.members ?? 0)
  return { milliseconds: milliseconds * worlds, counts: counts * worlds }
}

/** What a job takes, as far as it can be told without doing it; unknown for large documents. */
export function jobLoad(job: Job, resolve: Resolve): Load {
  if (!('document' in job)) return specLoad(job.spec)
  if (isLarge(job.document, resolve) || (job.what === 'evaluate' && isLarge(job.placement))) return UNKNOWN_LOAD
  if (job.what === 'experiment') return NO_LOAD
  const read = readScenario(job.document, resolve)
  return read.ok ? worldLoad(read.value, 0, false) : NO_LOAD
}

/** What came of a failure, to be told elsewhere. */
export function outcomeOf(error: unknown): Outcome {
  if (error instanceof BadDocumentError) return { ok: false, faults: [...error.faults] }
  if (error instanceof NotInspectableError) return { ok: false, refused: error.message }
  return { ok: false, failed: error instanceof Error ? error.message : String(error) }
}
