import type { Losses } from '@shared/experiment/losses'
import { factsOf } from '@shared/model/scenario'
import { isGenerated } from '@shared/model/workload'
import type { RunSpec } from '@shared/run/spec'
import { ALGORITHMS } from '../algorithms'
import { type InspectedProblem, inspectedProblem, Inspection, SLICE } from '../learn/inspect'
import { isLearned } from '../learn/learner'
import { PolicyMisfitError } from '../learn/policy'
import { type Load, specLoad } from './load'

/** A run to be looked into: its policy where its algorithm learns. */
export interface Looked {
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

/** Throws NotInspectableError. `problem` is asked for once it is known that there is something to place with. */
export function inspectionOf({ run, spec, policy }: Looked, problem = () => inspectedProblem(spec)): Inspection {
  const algorithm = ALGORITHMS.find(({ card }) => card.id === spec.algorithm)
  if (!algorithm) throw new NotInspectableError(`The algorithm "${spec.algorithm}" of run ${run} is not known to this program.`)
  if (isLearned(algorithm) && !policy) throw new NotInspectableError(`Run ${run} has no stored policy.`)
  try {
    return new Inspection(spec, isLearned(algorithm) && policy ? { policy } : { rule: ruleOf(algorithm, spec) }, problem())
  } catch (error) {
    if (error instanceof RangeError || error instanceof PolicyMisfitError) throw new NotInspectableError(error.message)
    throw error
  }
}

/** The world of the group is compiled once, and its optima are found once. */
export async function lossesOfGroup({ spec, runs }: LookedGroup): Promise<(Losses | { refused: string })[]> {
  let known: InspectedProblem | undefined
  const problem = () => {
    known ??= inspectedProblem(spec)
    return known
  }
  const found: (Losses | { refused: string })[] = []
  for (const { run, seed, policy } of runs) {
    try {
      found.push(await inspectionOf({ run, spec: { ...spec, seed }, policy }, problem).losses())
    } catch (error) {
      if (!(error instanceof NotInspectableError)) throw error
      found.push({ refused: error.message })
    }
  }
  return found
}

function ruleOf(algorithm: (typeof ALGORITHMS)[number], { parameters }: RunSpec) {
  if (isLearned(algorithm)) throw new NotInspectableError(`The algorithm "${algorithm.card.id}" places by its policy.`)
  return algorithm.rule(parameters)
}

/** Of one product of a weight and an input, in milliseconds (measured on one core of 2024, rounded up). */
const PRODUCT_MS = 8e-7
const BYTES_PER_WEIGHT = 4

/** The world once, and every network once for each task of each held-out workflow. */
export function lossesLoad({ spec, runs }: LookedGroup): Load {
  const { milliseconds, counts } = specLoad(spec)
  const { workload } = spec.scenario
  const workflows = isGenerated(workload) ? spec.heldOut : workload.workflows.length
  const tasks = workflows * factsOf(spec.scenario).tasks
  const weights = runs.reduce((sum, { policy }) => sum + (policy?.byteLength ?? 0) / BYTES_PER_WEIGHT, 0)
  const networks = ALGORITHMS.find(({ card }) => card.id === spec.algorithm)?.card.networks
  const units = networks ? Number(spec.parameters.units ?? 1) : 0
  // State-values are counted for a slice of workflows at once.
  const each = networks?.values === 'after-values' ? tasks : tasks / SLICE
  return { milliseconds: milliseconds + weights * tasks * PRODUCT_MS, counts: counts + runs.length * units * each }
}
