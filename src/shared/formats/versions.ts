import { z } from 'zod'
import type { DocumentVersion } from './format'
import { partsOf, type Read, readBy } from './read'

/**
 * A format in two versions. A document says by its name which it is in and holds only what that version knows: a program that knows the
 * first alone refuses a document of the second by its name instead of misreading it.
 */
interface Versions<T> {
  documents: readonly [first: DocumentVersion, second: DocumentVersion]
  /** Reads either version, without the name it bears. */
  read(value: unknown, root: string): Read<T>
}

type Shape = Readonly<Record<string, z.ZodType>>

/**
 * `added`: the fields that came with the second version, by what they are fields of. `schemaOf` gives the schema of documents that bear
 * `format`, with these fields or without.
 */
export function versionsOf<T extends { format: string }>(
  names: readonly [first: string, second: string],
  added: readonly Shape[],
  schemaOf: (format: z.ZodType<string>, isSecond: boolean) => z.ZodType<T>
): Versions<Omit<T, 'format'>> {
  const [first, second] = names
  const [before, after] = [schemaOf(z.literal(first), false), schemaOf(z.literal(second), true)]
  // For documents that bear neither name: everything is checked, and both names are told.
  const either = schemaOf(z.literal([...names]), true)
  const next = { name: second, keys: new Set(added.flatMap((shape) => Object.keys(shape))) }
  return {
    documents: [
      { name: first, schema: before },
      { name: second, schema: after }
    ],
    read(value, root) {
      const name = partsOf(value).format
      const read = name === first ? readBy(before, value, root, next) : readBy(name === second ? after : either, value, root)
      if (!read.ok) return read
      const { format: _, ...content } = read.value
      return { ok: true, value: content }
    }
  }
}

/** Whether a record has one of the fields of `added`. */
export function hasAny(record: object, added: Shape): boolean {
  return Object.keys(added).some((key) => (record as Record<string, unknown>)[key] !== undefined)
}

/** A record without the keys that say what their absence means, so that equal things are written, and known again, as equal. */
export function withoutDefaults<T extends object>(record: T, defaults: { readonly [K in keyof T]?: T[K] }): T {
  const entries = Object.entries(record)
  const kept = entries.filter(([key, value]) => !Object.hasOwn(defaults, key) || value !== defaults[key as keyof T])
  return kept.length === entries.length ? record : (Object.fromEntries(kept) as T)
}
