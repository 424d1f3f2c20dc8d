import type { z } from 'zod'
import type { Fault } from '../experiment/experiment'
import { guardFaults } from './guard'
import { faultsOf, type NextVersion, plainWords } from './issues'

/** What came of reading a document: its value, or everything that is wrong with it. */
export type Read<T> = { ok: true; value: T } | { ok: false; faults: Fault[] }

/** More are not listed one by one: nobody reads them, and a list of a million zeros must not fill the memory. */
export const MOST_FAULTS = 1000

/** What a text quotes of a document may be as long as the document. */
const MOST_WORDS = 500
const cut = (text: string) => (text.length > MOST_WORDS ? `${text.slice(0, MOST_WORDS)}…` : text)

/** A refusal with each fault once, however many readers saw it. */
export function refused<T>(faults: readonly Fault[]): Read<T> {
  const seen = new Set<string>()
  const once = faults.filter(({ path, message }) => {
    const key = `${path} ${message}`
    return !seen.has(key) && seen.add(key)
  })
  const more = once.length - MOST_FAULTS
  const shown = once.slice(0, MOST_FAULTS).map(({ path, message, ...rest }) => ({ ...rest, path: cut(path), message: cut(message) }))
  if (more > 0) shown.push({ path: '$', message: `and ${more.toLocaleString('en')} more` })
  return { ok: false, faults: shown }
}

/** Adds faults to a list. Spread over the arguments of a call, a hundred thousand of them would not fit. */
export function addFaults(faults: Fault[], more: readonly Fault[]): void {
  for (const fault of more) faults.push(fault)
}

/** A value where there is no fault. */
export function settled<T>(value: T, faults: readonly Fault[]): Read<T> {
  return faults.length > 0 ? refused(faults) : { ok: true, value }
}

/** Reads `value` by its schema; every fault with its path under `root`. Depth and dangerous keys are checked before. */
export function readBy<T>(schema: z.ZodType<T>, value: unknown, root = '$', next?: NextVersion): Read<T> {
  const dangers = guardFaults(value, root)
  if (dangers.length > 0) return refused(dangers)
  const result = schema.safeParse(value, { error: plainWords })
  if (result.success) return { ok: true, value: result.data }
  return refused(result.error.issues.flatMap((issue) => faultsOf(issue, value, root, next)))
}

/** A value's own keys where it is an object, else none; for checks that continue where a schema has given up. */
export function partsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}

/** The parts of a list that may be anything, as many as its format allows: its schema refuses more, and each is read by itself. */
export function partsIn(value: unknown, most: number): unknown[] {
  return Array.isArray(value) ? value.slice(0, most) : []
}

/** The objects of a list that may be anything, each with its place. */
export function recordsIn(value: unknown, key: string): { record: Readonly<Record<string, unknown>>; i: number }[] {
  const list = partsOf(value)[key]
  if (!Array.isArray(list)) return []
  return list.flatMap((item: unknown, i) =>
    typeof item === 'object' && item !== null ? [{ record: item as Record<string, unknown>, i }] : []
  )
}

/** Ids that stand twice in the list at `path`. */
export function duplicateFaults(items: ReturnType<typeof recordsIn>, path: string, what: string): Fault[] {
  const seen = new Map<unknown, number>()
  return items.flatMap(({ record: { id }, i }) => {
    const before = seen.get(id)
    if (before === undefined) seen.set(id, i)
    if (before === undefined || typeof id !== 'string') return []
    return [{ path: `${path}[${i}].id`, message: `"${id}" is already the id of ${what} ${before}; ids must differ` }]
  })
}
