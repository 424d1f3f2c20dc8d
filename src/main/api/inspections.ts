import { ALGORITHMS } from '../algorithms'
import { Inspection } from '../learn/inspect'
import { isLearned } from '../learn/learner'
import { PolicyMisfitError } from '../learn/policy'
import type { Store } from '../store'

/** Why a run cannot be looked into, as a sentence. */
export class NotInspectableError extends Error {
  override name = 'NotInspectableError'
}

/** The run looked into last, for each store: the next workflow is usually of the same run. */
const last = new WeakMap<Store, { id: string; inspection: Inspection }>()

/** A run's workflows as its stored policy or its rule places them. Throws NotInspectableError, DamagedRecordError, UnknownRunError. */
export function inspectionOf(store: Store, id: string): Inspection {
  const kept = last.get(store)
  if (kept?.id === id) return kept.inspection
  const row = store.runs.row(id)
  if (!row?.evaluation) throw new NotInspectableError(`Run ${id} has not been evaluated: its workflows are placed when it completes.`)
  const spec = store.runs.spec(id)
  const algorithm = ALGORITHMS.find(({ card }) => card.id === spec.algorithm)
  if (!algorithm) throw new NotInspectableError(`The algorithm "${spec.algorithm}" of run ${id} is not known to this program.`)
  try {
    const inspection = isLearned(algorithm)
      ? new Inspection(spec, { policy: policyOf(store, id) })
      : new Inspection(spec, { rule: algorithm.rule(spec.parameters) })
    last.set(store, { id, inspection })
    return inspection
  } catch (error) {
    if (error instanceof RangeError || error instanceof PolicyMisfitError) throw new NotInspectableError(error.message)
    throw error
  }
}

function policyOf(store: Store, id: string): Uint8Array {
  const bytes = store.policies.get(id)
  if (!bytes) throw new NotInspectableError(`Run ${id} has no stored policy.`)
  return bytes
}
