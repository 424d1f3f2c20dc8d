import { agentNameOf } from '@shared/algorithms/agents'
import { foreignSentence } from '@shared/algorithms/foreign'
import type { RunSpec } from '@shared/run/spec'
import { algorithmCards } from '../algorithms'
import type { Job, ResultOf } from '../computing/jobs'
import { type LookedRun, NotInspectableError } from '../computing/looking'
import type { Store } from '../store'
import { computed } from './computed'
import type { Lab } from './lab'

/** A run to be looked into: what it is, and its policy where its algorithm learns, or what it placed where a program did. Throws NotInspectableError, DamagedRecordError, UnknownRunError. */
export function lookedInto(store: Store, id: string): LookedRun {
  const row = store.runs.row(id)
  if (row?.foreign) throw new NotInspectableError(foreignSentence(id, row.foreign.source, 'nothing of it can be placed again'))
  if (!row?.evaluation) throw new NotInspectableError(`Run ${id} has not been evaluated: its workflows are placed when it completes.`)
  const spec = store.runs.spec(id)
  const learns = agentNameOf(spec.algorithm) !== undefined || algorithmCards.find((card) => card.id === spec.algorithm)?.kind === 'learned'
  return { run: id, spec, ...(learns && { policy: store.policies.get(id) }) }
}

type Reference = ResultOf<Job<'reference'>>

/** What was found out last, for each store: a run's page asks again and again, and the answer stays. */
const references = new WeakMap<Store, Map<string, Reference>>()
const MOST_REFERENCES = 100

/** What a run's costs are divided by, and the optimum of its held-out workflows. Rejects with ComputationError. */
export async function runReferenceOf(lab: Lab, scenarioId: string, spec: RunSpec, signal: AbortSignal | undefined): Promise<Reference> {
  const known = references.get(lab.store) ?? new Map<string, Reference>()
  references.set(lab.store, known)
  const key = JSON.stringify([scenarioId, spec.heldOut, spec.split, spec.environments])
  const found = known.get(key) ?? (await computed(lab, { what: 'reference', spec }, `Optimum of ${spec.scenario.name}`, signal))
  if (known.size >= MOST_REFERENCES) known.delete([...known.keys()][0])
  known.set(key, found)
  return found
}
