import { algorithmFaults, type Experiment, type Fault } from '@shared/experiment/experiment'
import type { Read } from '@shared/formats'
import { checkWorld, compileWorld } from '@shared/model/compile'
import type { Scenario } from '@shared/model/scenario'
import type { Effort } from '@shared/model/search/reference'
import type { World } from '@shared/model/world'
import { algorithmCards } from '../algorithms'

/** A document is not what it must be: every fault of it. */
export class BadDocumentError extends Error {
  override name = 'BadDocumentError'
  constructor(readonly faults: readonly Fault[]) {
    super(faults.map(({ path, message }) => `${path}: ${message}`).join('\n'))
  }
}

/** What was read. Throws BadDocumentError. */
export function accepted<T>(read: Read<T>): T {
  if (!read.ok) throw new BadDocumentError(read.faults)
  return read.value
}

/** Throws BadDocumentError with every fault that the format alone does not see. */
export function checkedExperiment(experiment: Experiment): Experiment {
  const faults = [
    ...algorithmFaults(experiment, algorithmCards),
    ...experiment.scenarios.flatMap((scenario, i) => worldFaults(scenario, `$.scenarios[${i}]`))
  ]
  if (faults.length > 0) throw new BadDocumentError(faults)
  return experiment
}

/** A scenario compiled under its execution. Throws BadDocumentError where it cannot be computed with. */
export function compiledWorldOf(scenario: Scenario, effort?: Effort): World {
  try {
    return compileWorld(scenario, undefined, effort)
  } catch (error) {
    throw new BadDocumentError([worldFault(error, '$')])
  }
}

/** What runs need more: algorithms place chains. */
function worldFaults(scenario: Scenario, path: string): Fault[] {
  try {
    checkWorld(scenario)
    return []
  } catch (error) {
    return [worldFault(error, path)]
  }
}

function worldFault(error: unknown, path: string): Fault {
  return { path: `${path}.workload`, message: error instanceof Error ? error.message : String(error) }
}
