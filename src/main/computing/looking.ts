import type { Losses } from '@shared/experiment/losses'
import type { QueueLosses } from '@shared/experiment/queue-losses'
import { factsOf } from '@shared/model/scenario'
import { evaluatedOn } from '@shared/run/evaluated'
import type { RunSpec } from '@shared/run/spec'
import { agentNameOf } from '@shared/algorithms/agents'
import { ALGORITHMS } from '../algorithms'
import { BatchInspection } from '../learn/batches/inspection'
import { isOfBatches } from '../learn/batches/problem'
import { asPlacedBefore } from '../learn/given-placements'
import { type InspectedProblem, inspectedProblem, Inspection, type Placer, SLICE } from '../learn/inspect'
import { isLearned } from '../learn/learner'
import { PolicyMisfitError } from '../learn/policy'
import { type Load, searchMilliseconds, specLoad } from './load'

/** A run to be looked into: its policy where its algorithm learns, what it placed where that is a program. */
export interface LookedRun {
  run: string
  spec: RunSpec
  policy?: Uint8Array
}

/** Runs that differ only in their seed, to be looked into one after the other. */
export interface LookedGroup {
  /** Of the first. */
  spec: RunSpec
  runs: readonly { run: string; seed: number; policy?: Uint8Array }[]
}

/** Why a run cannot be looked into, as a sentence. */
export class NotInspectableError extends Error {
  override name = 'NotInspectableError'
}

export function notOneByOne(run: string): NotInspectableError {
  return new NotInspectableError(`The workflows of run ${run} are graphs or share machines: they are looked at batch by batch.`)
}

/** Throws NotInspectableError. `problem` is asked for once it is known that there is something to place with, of chains alone. */
export function inspectionOf({ run, spec, policy }: LookedRun, problem = () => inspectedProblem(spec)): Inspection | BatchInspection {
  const placer = placerOf({ run, spec, policy })
  try {
    return isOfBatches(spec.scenario) ? new BatchInspection(spec, placer) : new Inspection(spec, placer, problem())
  } catch (error) {
    if (error instanceof RangeError || error instanceof PolicyMisfitError) throw new NotInspectableError(error.message)
    throw error
  }
}

/** What places a run's workflows as it did: its policy, its rule, or of a program what it placed then. Throws NotInspectableError. */
function placerOf({ run, spec, policy }: LookedRun): Placer {
  const program = agentNameOf(spec.algorithm)
  if (program !== undefined) {
    if (policy) return { algorithm: asPlacedBefore(policy) }
    throw new NotInspectableError(`How the program "${program}" placed the workflows of run ${run} is not kept.`)
  }
  const algorithm = ALGORITHMS.find(({ card }) => card.id === spec.algorithm)
  if (!algorithm) throw new NotInspectableError(`The algorithm "${spec.algorithm}" of run ${run} is not known to this program.`)
  const placer = isLearned(algorithm) ? policy && { policy } : { algorithm }
  if (placer) return placer
  throw new NotInspectableError(`Run ${run} has no stored policy.`)
}

/** The world of the group is compiled once, and its optima are found once. */
export async function lossesOfGroup({ spec, runs }: LookedGroup): Promise<(Losses | QueueLosses | { refused: string })[]> {
  let known: InspectedProblem | undefined
  const problem = () => {
    known ??= inspectedProblem(spec)
    return known
  }
  const found: (Losses | QueueLosses | { refused: string })[] = []
  for (const { run, seed, policy } of runs) {
    try {
      const losses = await inspectionOf({ run, spec: { ...spec, seed }, policy }, problem).losses()
      found.push(
        losses ?? { refused: `No placement is known that reaches the references of run ${run}: there is nothing to set its queues beside.` }
      )
    } catch (error) {
      if (!(error instanceof NotInspectableError)) throw error
      found.push({ refused: error.message })
    }
  }
  return found
}

/** To look into a run its workflows are placed again. */
export function lookLoad(spec: RunSpec): Load {
  const world = specLoad(spec)
  const search = searchMilliseconds(spec)
  // How often a search counts is not known before: then only that it is under way is shown.
  return { milliseconds: world.milliseconds + search, counts: search > world.milliseconds ? 0 : world.counts }
}

/** Of one product of a weight and an input, in milliseconds (measured on one core of 2024, rounded up). */
const PRODUCT_MS = 8e-7
const BYTES_PER_WEIGHT = 4

/** The world once, and every network once for each task of each held-out workflow, or every search. */
export function lossesLoad({ spec, runs }: LookedGroup): Load {
  const { milliseconds, counts } = specLoad(spec)
  const { scenario, heldOut, split } = spec
  const tasks = evaluatedOn(scenario.workload, heldOut, split).workflows * factsOf(scenario).tasks
  const weights = runs.reduce((sum, { policy }) => sum + (policy?.byteLength ?? 0) / BYTES_PER_WEIGHT, 0)
  const search = runs.length * searchMilliseconds(spec)
  const networks = ALGORITHMS.find(({ card }) => card.id === spec.algorithm)?.card.networks
  const units = networks ? Number(spec.parameters.units ?? 1) : 0
  // State-values are counted for a slice of workflows at once.
  const each = networks?.values === 'after-values' ? tasks : tasks / SLICE
  return {
    milliseconds: milliseconds + weights * tasks * PRODUCT_MS + search,
    counts: search > milliseconds ? 0 : counts + runs.length * units * each
  }
}
