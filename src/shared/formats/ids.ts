import { Id } from './fields'

/** An id nobody has yet, as near to `wish` as ids may be; taken from then on. `kind` stands before what cannot be an id. */
export function freeId(wish: string, taken: Set<string>, kind: string): string {
  const short = wish.trim().slice(0, 180)
  const base = Id.safeParse(short).success ? short : `${kind} ${short}`.trim()
  let id = base
  // Continues where the last of this name ended, so that many of one name take no longer than as many of different ones.
  for (let n = NEXT.get(taken)?.get(base) ?? 2; taken.has(id); n++) {
    id = `${base} (${n})`
    remember(taken, base, n + 1)
  }
  taken.add(id)
  return id
}

const NEXT = new WeakMap<Set<string>, Map<string, number>>()

function remember(taken: Set<string>, base: string, n: number): void {
  const known = NEXT.get(taken) ?? new Map<string, number>()
  NEXT.set(taken, known)
  known.set(base, n)
}
