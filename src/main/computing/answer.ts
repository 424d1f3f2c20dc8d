import type { Resolve } from '@shared/formats'
import { type Job, type Outcome, outcomeOf, Performer } from './jobs'
import type { Load } from './load'

const performer = new Performer()

/** Does a job in a process of its own, where names stand for what is in `names`, by their kind. */
export async function answer(job: Job, names: ReadonlyMap<string, unknown>, expect: (load: Load) => void): Promise<Outcome> {
  const wanted: { name: string; kind: Parameters<Resolve>[1] }[] = []
  const resolve: Resolve = (name, kind) => {
    const key = wantedKey(name, kind)
    if (!names.has(key)) wanted.push({ name, kind })
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

/** How a name is looked up. */
export function wantedKey(name: string, kind: Parameters<Resolve>[1]): string {
  return `${kind} ${name}`
}
