import type { NamedPart, PartKind, Resolve } from '@shared/formats'
import { type Job, type Outcome, outcomeOf, Performer } from './jobs'
import type { Load } from './load'

const performer = new Performer()

/** Does a job in a process of its own, where names stand for what is in `names`, by their kind. */
export async function answer(job: Job, names: ReadonlyMap<string, unknown>, expect: (load: Load) => void): Promise<Outcome> {
  const wanted: { part: NamedPart; kind: PartKind }[] = []
  const resolve: Resolve = (part, kind) => {
    const key = wantedKey(part, kind)
    if (!names.has(key)) wanted.push({ part, kind })
    return names.get(key)
  }
  try {
    const result = await performer.perform(job, { resolve, expect })
    return wanted.length > 0 ? { ok: false, wanted } : { ok: true, result }
  } catch (error) {
    // A document without what it names has faults that it may not have.
    return wanted.length > 0 ? { ok: false, wanted } : outcomeOf(error)
  }
}

/** How a name or a version is looked up. */
export function wantedKey(part: NamedPart, kind: PartKind): string {
  return `${kind} ${JSON.stringify(part)}`
}
