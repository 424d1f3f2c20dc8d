import { isLibraryVersion, type PartKind, type Resolve } from '@shared/formats'
import { worldKindOf } from '@shared/model/compile'
import { factsOf, type Scenario } from '@shared/model/scenario'
import { devicesOf } from '@shared/model/topology'
import { isGenerated } from '@shared/model/workload'
import { evaluatedOn } from '@shared/run/evaluated'
import type { RunSpec } from '@shared/run/spec'
import { stepUnitOf } from '@shared/run/steps'

/** What some work takes, about. */
export interface Load {
  milliseconds: number
  /** How often `advance` counts meanwhile. */
  counts: number
}

export const NO_LOAD: Load = { milliseconds: 0, counts: 0 }
/** More than anyone waits for without asking why. */
export const UNKNOWN_LOAD: Load = { milliseconds: Infinity, counts: 0 }

/** Of one source's routes, a link; of one step cost, the optimum over it included (measured on one core of 2024, rounded up). */
const LINK_MS = 4e-3
const COST_MS = 3e-4
/** Of one task in an evaluation of a search that sums a whole chain (rounded up). */
const EVALUATION_MS = 1e-5
/** The same where graphs are executed task by task on shared machines. */
const EXECUTION_MS = 6e-4

/**
 * What it takes to compile a scenario and to find the optima of its workflows and of `heldOut` more; with `everyDevice`, for all devices
 * and not only for those that own a workflow of its own.
 */
export function worldLoad(scenario: Scenario, heldOut: number, everyDevice: boolean): Load {
  const { topology, workload } = scenario
  const { locations, tasks } = factsOf(scenario)
  const devices = devicesOf(topology).length
  const [own, owners] = isGenerated(workload)
    ? [workload.generator.users * workload.generator.workflowsPerUser, workload.generator.users]
    : [workload.workflows.length, new Set(workload.workflows.map(({ device }) => device)).size]
  const sources = locations - 1 + (everyDevice ? devices : Math.min(devices, owners))
  const workflows = own + heldOut
  return {
    milliseconds: sources * topology.links.length * LINK_MS + workflows * tasks * locations ** 2 * COST_MS,
    counts: sources + 2 * workflows * tasks
  }
}

/** What it takes to search for placements again, or to polish what a policy places; 0 for runs that do neither. */
export function searchMilliseconds({ scenario, parameters, heldOut, split }: RunSpec): number {
  const isGraph = worldKindOf(scenario) === 'graphs'
  const evaluations =
    stepUnitOf({ parameters }) === 'evaluations' ? Number(parameters.evaluations) : isGraph ? Number(parameters.polish ?? 0) : 0
  const { workflows } = evaluatedOn(scenario.workload, heldOut, split)
  return evaluations * workflows * factsOf(scenario).tasks * (isGraph ? EXECUTION_MS : EVALUATION_MS)
}

/** What it takes to compile a run’s world and its environments, and to find the optima of its held-out workflows. */
export function specLoad({ scenario, heldOut, environments }: RunSpec): Load {
  const kept = isGenerated(scenario.workload) ? heldOut : 0
  const { milliseconds, counts } = worldLoad(scenario, kept, true)
  const worlds = 1 + (environments?.topologies.length ?? 0) + (environments?.family?.members ?? 0)
  return { milliseconds: milliseconds * worlds, counts: counts * worlds }
}

/** Values of a document that are read within a few tens of milliseconds. */
const MOST_VALUES = 8000

/** Whether reading a document takes long: it holds many values, those included that it names. */
export function isLarge(document: unknown, resolve?: Resolve): boolean {
  let left = MOST_VALUES
  const count = (value: unknown): void => {
    if (--left < 0 || typeof value !== 'object' || value === null) return
    for (const each of Object.values(value)) {
      if (left < 0) return
      count(each)
    }
  }
  const named = (part: unknown, kind: PartKind): unknown =>
    typeof part === 'string' || isLibraryVersion(part) ? resolve?.(part, kind) : undefined
  const follow = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return
    const { scenarios, topology, workload } = part as Record<string, unknown>
    if (topology !== undefined) count(named(topology, 'topology'))
    if (workload !== undefined) count(named(workload, 'workload'))
    for (const scenario of Array.isArray(scenarios) ? scenarios : []) {
      if (left < 0) return
      const found = named(scenario, 'scenario') ?? scenario
      if (found !== scenario) count(found)
      follow(found)
    }
  }
  count(document)
  follow(document)
  return left < 0
}
