import type { z } from 'zod'
import type { Fault } from '../experiment/experiment'
import { guardFaults } from './json'

/** What came of reading a document: its value, or everything that is wrong with it. */
export type Read<T> = { ok: true; value: T } | { ok: false; faults: Fault[] }

export function refused<T>(faults: Fault[]): Read<T> {
  return { ok: false, faults }
}

/** A value where there is no fault. */
export function settled<T>(value: T, faults: Fault[]): Read<T> {
  return faults.length > 0 ? refused(faults) : { ok: true, value }
}

/** `$.nodes[2].id` of ['nodes', 2, 'id']; keys that are no names stand in quotes. */
export function jsonPath(path: readonly PropertyKey[], root = '$'): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    const key = String(part)
    return /^[A-Za-z_$][\w$]*$/.test(key) ? `${text}.${key}` : `${text}[${JSON.stringify(key)}]`
  }, root)
}

/** Reads `value` by its schema; every fault with its path under `root`. Depth and dangerous keys are checked before. */
export function readBy<T>(schema: z.ZodType<T>, value: unknown, root = '$'): Read<T> {
  const dangers = guardFaults(value, root)
  if (dangers.length > 0) return refused(dangers)
  const result = schema.safeParse(value)
  if (result.success) return { ok: true, value: result.data }
  return refused(result.error.issues.flatMap((issue) => faultsOf(issue, value, root)))
}

/** The objects of a list that may be anything, each with its place; for checks that go on where a schema has given up. */
export function recordsIn(value: unknown, key: string): { record: Readonly<Record<string, unknown>>; i: number }[] {
  const list = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
  if (!Array.isArray(list)) return []
  return list.flatMap((item: unknown, i) => (typeof item === 'object' && item !== null ? [{ record: item as Record<string, unknown>, i }] : []))
}

function faultsOf(issue: z.core.$ZodIssue, value: unknown, root: string): Fault[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: jsonPath([...issue.path, key], root), message: `"${key}" is no key of this format; remove it or mend its spelling` }))
  }
  const path = jsonPath(issue.path, root)
  if (issue.code === 'invalid_type') {
    const found = at(value, issue.path)
    return [{ path, message: found === undefined ? `is missing; it must be ${nounOf(issue.expected)}` : `must be ${nounOf(issue.expected)}, not ${shown(found)}` }]
  }
  if (issue.code === 'invalid_value') return [{ path, message: `must be ${issue.values.map((each) => JSON.stringify(each)).join(' or ')}, not ${shown(at(value, issue.path))}` }]
  return [{ path, message: issue.message }]
}

function nounOf(type: string): string {
  if (type === 'array') return 'a list'
  if (type === 'object' || type === 'record') return 'an object'
  if (type === 'int') return 'a whole number'
  return type === 'boolean' ? 'true or false' : `a ${type === 'string' ? 'text' : type}`
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Record<PropertyKey, unknown>)[key] : undefined), value)
}

/** A value as far as a message has room for it. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
