import type { InspectedBatch, InspectedWorkflow, PlacementList } from '@shared/contract/placements'
import type { RunOptimum } from '@shared/contract/records'
import type { RunSpec } from '@shared/run/spec'
import type { Experiment, Fault } from '@shared/experiment/experiment'
import type { Losses } from '@shared/experiment/losses'
import type { QueueLosses } from '@shared/experiment/queue-losses'
import { type NamedPart, type PartKind, readExperiment, readPlacement, readScenario, type Resolve } from '@shared/formats'
import { type Assessment, assess, assessReference } from '@shared/model/assessment'
import type { References } from '@shared/model/objective'
import type { Scenario } from '@shared/model/scenario'
import { THOROUGH } from '@shared/model/search/reference'
import { type Look, whatHelps } from '@shared/experiment/what-helps'
import { ALGORITHMS, algorithmCards } from '../algorithms'
import { BadBundleError } from '../archive/errors'
import { type GivenBundle, type PreparedBundle, prepareBundle } from '../archive/prepared'
import { Evaluator } from '../learn/evaluation'
import { Inspection } from '../learn/inspect'
import { isLearned } from '../learn/learner'
import { initialUnits, PolicyMisfitError } from '../learn/policy'
import { problemOptionsOf } from '../learn/problem'
import { compileAnyProblem, isBatchProblem } from '../learn/problems'
import { BatchInspection } from '../learn/batches/inspection'
import { isOfBatches } from '../learn/batches/problem'
import { type ComputedComparison, comparisonLoad, computeComparison, type GatheredComparison } from './comparison'
import { accepted, BadDocumentError, checkedExperiment, compiledWorldOf } from './documents'
import { isLarge, type Load, NO_LOAD, queuesLoad, specLoad, UNKNOWN_LOAD, worldLoad } from './load'
import {
  inspectionOf,
  type LookedRun,
  type LookedGroup,
  lookLoad,
  lossesLoad,
  lossesOfGroup,
  NotInspectableError,
  notOneByOne
} from './looking'

/** What can be computed: what each kind of work is given, and what comes of it. */
interface Jobs {
  /** Reads an experiment's document and checks all that can be checked before it is run. */
  experiment: { given: { document: unknown }; result: Experiment }
  /** The exact optimum of a scenario's document. */
  optimum: { given: { document: unknown }; result: Assessment }
  /** A placement's document against its scenario's. */
  evaluate: { given: { document: unknown; placement: unknown }; result: Assessment }
  /** Where batches of a scenario's document queue on shared machines, and what would help. */
  queues: { given: { document: unknown }; result: Look }
  /** What a run's costs are divided by, and the optimum of its held-out workflows. */
  reference: { given: { spec: RunSpec }; result: { references: References; optimum: RunOptimum } }
  /** Why a run cannot start from a policy, or learn over its environments; undefined where it can. */
  fit: { given: { spec: RunSpec; policy?: Uint8Array }; result: string | undefined }
  placements: { given: LookedRun; result: PlacementList }
  /** One held-out workflow; undefined where none is called so. */
  workflow: { given: LookedRun & { workflow: string }; result: InspectedWorkflow | undefined }
  /** One held-out batch of graphs or of shared machines; undefined where none is called so. */
  batch: { given: LookedRun & { batch: string }; result: InspectedBatch | undefined }
  /** [runs]; why not where a run cannot be looked into, as a sentence. */
  losses: { given: LookedGroup; result: (Losses | QueueLosses | { refused: string })[] }
  comparison: { given: GatheredComparison; result: ComputedComparison }
  /** Reads a bundle through and writes its numbers out, for them to be kept. */
  bundle: { given: { bundle: GivenBundle }; result: PreparedBundle }
}

type JobName = keyof Jobs
export type Job<Name extends JobName = JobName> = { [N in Name]: { what: N } & Jobs[N]['given'] }[Name]
export type ResultOf<J extends Job> = Jobs[J['what']]['result']

/** What came of a job, as it travels between processes. */
export type Outcome =
  | { ok: true; result: unknown }
  /** Names and versions that must be known first. */
  | { ok: false; wanted: { part: NamedPart; kind: PartKind }[] }
  | { ok: false; faults: Fault[] }
  /** Why it makes no sense, as a sentence. */
  | { ok: false; refused: string }
  | { ok: false; failed: string }

export interface Tools {
  resolve: Resolve
  /** Told once it is known how much there is to do. */
  expect?(load: Load): void
}

/** Does jobs, one after another. After one workflow of a run the next is usually asked for: the run inspected last stays in memory. */
export class Performer {
  #looked: { run: string; inspection: Inspection | BatchInspection } | undefined

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
        return assessReference(compiledWorldOf(scenario(job.document), THOROUGH))
      case 'evaluate': {
        const world = compiledWorldOf(scenario(job.document))
        return assess(world, accepted(readPlacement(job.placement, world)))
      }
      case 'queues': {
        const read = accepted(readScenario(job.document, resolve))
        expect?.(queuesLoad(read))
        return whatHelps(read)
      }
      case 'reference': {
        expect?.(specLoad(job.spec))
        const problem = compileAnyProblem(job.spec, { training: 'fixed', jitter: 0 })
        const evaluator = new Evaluator(problem)
        const { references } = isBatchProblem(problem) ? problem.world : problem.compiled
        return { references, optimum: { ...evaluator.optimum, meanReward: evaluator.optimumReward, kind: evaluator.kind } }
      }
      case 'fit':
        expect?.(specLoad(job.spec))
        return misfitOf(job)
      case 'placements':
        return isOfBatches(job.spec.scenario) ? this.#lookAtBatches(job, expect).list() : this.#look(job, expect).list()
      case 'workflow':
        return this.#look(job, expect).workflow(job.workflow)
      case 'batch':
        return this.#lookAtBatches(job, expect).batch(job.batch)
      case 'losses':
        expect?.(lossesLoad(job))
        return lossesOfGroup(job)
      case 'comparison':
        expect?.(comparisonLoad(job))
        return computeComparison(job)
      case 'bundle':
        return prepareBundle(job.bundle, algorithmCards, (files) => expect?.({ ...UNKNOWN_LOAD, counts: files }))
    }
  }

  /** Throws NotInspectableError. */
  #look(looked: LookedRun, expect: Tools['expect']): Inspection {
    const inspection = this.#inspection(looked, expect)
    if (inspection instanceof Inspection) return inspection
    throw notOneByOne(looked.run)
  }

  #lookAtBatches(looked: LookedRun, expect: Tools['expect']): BatchInspection {
    const inspection = this.#inspection(looked, expect)
    if (inspection instanceof BatchInspection) return inspection
    throw new NotInspectableError(`The workflows of run ${looked.run} are chains: they are looked at one by one.`)
  }

  #inspection({ run, spec, policy }: LookedRun, expect: Tools['expect']): Inspection | BatchInspection {
    if (this.#looked?.run === run) return this.#looked.inspection
    expect?.(lookLoad(spec))
    const inspection = inspectionOf({ run, spec, policy })
    this.#looked = { run, inspection }
    return inspection
  }

  /** Whether a run is at hand, so that looking into it takes no time. */
  hasAtHand(run: string): boolean {
    return this.#looked?.run === run
  }
}

function misfitOf({ spec, policy }: Job<'fit'>): string | undefined {
  const algorithm = ALGORITHMS.find(({ card }) => card.id === spec.algorithm)
  if (!algorithm || !isLearned(algorithm)) return undefined
  try {
    const problem = compileAnyProblem(spec, problemOptionsOf(spec.parameters))
    if (!policy) return undefined
    if (isBatchProblem(problem)) algorithm.batches?.checkInitial(policy, problem, spec.parameters)
    else initialUnits(policy, algorithm.network(problem.shape, spec.parameters), 1)
  } catch (error) {
    if (error instanceof RangeError || error instanceof PolicyMisfitError) return error.message
    throw error
  }
}

/** What a job takes, as far as it can be told without doing it; unknown for large documents. */
export function jobLoad(job: Job, resolve: Resolve): Load {
  if (job.what === 'comparison') return comparisonLoad(job)
  // What little of it there is inflates to anything.
  if (job.what === 'bundle') return UNKNOWN_LOAD
  if (job.what === 'losses') return lossesLoad(job)
  if (!('document' in job)) return 'run' in job ? lookLoad(job.spec) : specLoad(job.spec)
  if (isLarge(job.document, resolve) || (job.what === 'evaluate' && isLarge(job.placement))) return UNKNOWN_LOAD
  if (job.what === 'experiment') return NO_LOAD
  const read = readScenario(job.document, resolve)
  if (!read.ok) return NO_LOAD
  return job.what === 'queues' ? queuesLoad(read.value) : worldLoad(read.value, 0, false)
}

/** What came of a failure, to be told elsewhere. */
export function outcomeOf(error: unknown): Outcome {
  if (error instanceof BadDocumentError || error instanceof BadBundleError) return { ok: false, faults: [...error.faults] }
  if (error instanceof NotInspectableError) return { ok: false, refused: error.message }
  return { ok: false, failed: error instanceof Error ? error.message : String(error) }
}
