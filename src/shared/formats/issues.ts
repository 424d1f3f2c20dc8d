import { counted } from '../format'
import type { z } from 'zod'
import type { Fault } from '../experiment/experiment'
import { jsonPath } from './guard'

/** What is said where a schema has no words of its own, so that those of its library never reach anyone. */
export function plainWords(issue: z.core.$ZodRawIssue): string {
  if (issue.code === 'too_small') return `must ${amount(issue.origin, issue.inclusive ? 'at least' : 'more than', issue.minimum)}`
  if (issue.code === 'too_big') return `must ${amount(issue.origin, issue.inclusive ? 'at most' : 'less than', issue.maximum)}`
  if (issue.code === 'not_multiple_of') return `must be a multiple of ${issue.divisor}`
  if (issue.code === 'invalid_format') return `must be written as ${issue.format}`
  if (issue.code === 'invalid_key') return 'has a key that is not allowed here'
  return `must be something else, not ${shown(issue.input)}`
}

/** Strange keys of one object that are listed one by one. */
const MOST_KEYS = 100

function amount(origin: string, than: string, bound: number | bigint): string {
  const many = bound.toLocaleString('en')
  if (origin === 'string') return `have ${than} ${many} characters`
  if (origin === 'array' || origin === 'set' || origin === 'map' || origin === 'object')
    return `hold ${than} ${counted(many, 'item', 'items')}`
  return `be ${than} ${many}`
}

/** The version after a format's first, and the keys that came with it. */
export interface NextVersion {
  name: string
  keys: ReadonlySet<string>
}

/** An issue of a schema as faults of the document `value`. `next`: what a key of is not unknown, only too early. */
export function faultsOf(issue: z.core.$ZodIssue, value: unknown, root: string, next?: NextVersion): Fault[] {
  if (issue.code === 'unrecognized_keys') {
    const more = issue.keys.length - MOST_KEYS
    return [
      ...issue.keys.slice(0, MOST_KEYS).map((key) => ({
        path: jsonPath([...issue.path, key], root),
        message: next?.keys.has(key)
          ? `"${key}" came with ${next.name}; name that as the format, or remove it`
          : `"${key}" is not a key of this format; remove it or correct its spelling`
      })),
      ...(more > 0
        ? [{ path: jsonPath(issue.path, root), message: `has ${more.toLocaleString('en')} more keys that are not of this format` }]
        : [])
    ]
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
