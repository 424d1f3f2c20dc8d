import type { z } from 'zod'
import type { Fault } from '../experiment/experiment'
import { guardFaults, jsonPath } from './guard'

/** What came of reading a document: its value, or everything that is wrong with it. */
export type Read<T> = { ok: true; value: T } | { ok: false; faults: Fault[] }

/** More are not listed one by one: nobody reads them, and a list of a million zeros must not fill the memory. */
const MOST_FAULTS = 1000

/** A refusal with each fault once, however many readers saw it. */
export function refused<T>(faults: readonly Fault[]): Read<T> {
  const seen = new Set<string>()
  const once = faults.filter(({ path, message }) => {
    const key = `${path} ${message}`
    return !seen.has(key) && seen.add(key)
  })
  const more = once.length - MOST_FAULTS
  const shown = more > 0 ? [...once.slice(0, MOST_FAULTS), { path: '$', message: `and ${more.toLocaleString('en')} more` }] : once
  return { ok: false, faults: shown }
}

/** A value where there is no fault. */
export function settled<T>(value: T, faults: readonly Fault[]): Read<T> {
  return faults.length > 0 ? refused(faults) : { ok: true, value }
}

/** Reads `value` by its schema; every fault with its path under `root`. Depth and dangerous keys are checked before. */
export function readBy<T>(schema: z.ZodType<T>, value: unknown, root = '$'): Read<T> {
  const dangers = guardFaults(value, root)
  if (dangers.length > 0) return refused(dangers)
  const result = schema.safeParse(value)
  if (result.success) return { ok: true, value: result.data }
  return refused(result.error.issues.flatMap((issue) => faultsOf(issue, value, root)))
}

/** A value's own keys where it is an object, else none; for checks that go on where a schema has given up. */
export function partsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
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

function faultsOf(issue: z.core.$ZodIssue, value: unknown, root: string): Fault[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: jsonPath([...issue.path, key], root),
      message: `"${key}" is no key of this format; remove it or mend its spelling`
    }))
  }
  const path = jsonPath(issue.path, root)
  if (issue.code === 'invalid_type') {
    const found = at(value, issue.path)
    // JSON has no such numbers, yet 1e999 reads as one.
    if (issue.expected === 'number' && typeof found === 'number') return [{ path, message: `must be a finite number, not ${found}` }]
    return [
      {
        path,
        message:
          found === undefined
            ? `is missing; it must be ${nounOf(issue.expected)}`
            : `must be ${nounOf(issue.expected)}, not ${shown(found)}`
      }
    ]
  }
  if (issue.code === 'invalid_value') {
    const found = at(value, issue.path)
    const values = issue.values.map((each) => JSON.stringify(each)).join(' or ')
    return [{ path, message: found === undefined ? `is missing; it must be ${values}` : `must be ${values}, not ${shown(found)}` }]
  }
  return [{ path, message: issue.message }]
}

function nounOf(type: string): string {
  if (type === 'array' || type === 'tuple') return 'a list'
  if (type === 'object' || type === 'record') return 'an object'
  if (type === 'int') return 'a whole number'
  return type === 'boolean' ? 'true or false' : `a ${type === 'string' ? 'text' : type}`
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Record<PropertyKey, unknown>)[key] : undefined),
    value
  )
}

/** A value as far as a message has room for it. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value))
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
