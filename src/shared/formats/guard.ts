import type { Fault } from '../experiment/experiment'

/** Nothing of ours nests this deep, and readers that recurse must not meet what does. */
export const MOST_DEPTH = 64

/** What one list, and one document, may hold: enough for 10,000 workflows of 20 tasks. */
const MOST_ITEMS = 100_000
export const MOST_VALUES = 2_000_000

/** Keys that would reach into every object of the program. */
export const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/** A value on the way down, and the way to it; the path is spelt out only where something is wrong. */
interface Visit {
  item: unknown
  key: PropertyKey
  depth: number
  parent?: Visit
}

export const tooDeep = (path: string): Fault => ({ path: path.slice(0, 200), message: `is nested more than ${MOST_DEPTH} deep` })
export const tooMuch = (root: string): Fault => ({
  path: root,
  message: `holds more than ${MOST_VALUES.toLocaleString('en')} values; split it into several documents`
})

/** What forbids looking into a value at all: too deep, too much, or keys that are not data. Walks without recursion. */
export function guardFaults(value: unknown, root = '$'): Fault[] {
  const faults: Fault[] = []
  const waiting: Visit[] = [{ item: value, key: '', depth: 0 }]
  let left = MOST_VALUES
  for (let next = waiting.pop(); next && faults.length < 100; next = waiting.pop()) {
    const { item, depth } = next
    if (typeof item !== 'object' || item === null) continue
    if (depth >= MOST_DEPTH) {
      faults.push(tooDeep(pathOf(next, root)))
      continue
    }
    const isList = Array.isArray(item)
    const keys = isList ? item.keys() : Object.keys(item)
    const size = isList ? item.length : Object.keys(item).length
    if (size > MOST_ITEMS) {
      faults.push({
        path: pathOf(next, root),
        message: `holds ${size.toLocaleString('en')} items; ${MOST_ITEMS.toLocaleString('en')} at most`
      })
      continue
    }
    left -= size
    if (left < 0) return [tooMuch(root)]
    for (const key of keys) {
      const visit = { item: (item as Record<PropertyKey, unknown>)[key], key, depth: depth + 1, parent: next }
      if (FORBIDDEN_KEYS.has(String(key))) faults.push({ path: pathOf(visit, root), message: `"${key}" cannot be a key; rename it` })
      else if (typeof visit.item === 'object') waiting.push(visit)
    }
  }
  return faults
}

function pathOf(visit: Visit, root: string): string {
  const keys: PropertyKey[] = []
  for (let at = visit; at.parent; at = at.parent) keys.unshift(at.key)
  return jsonPath(keys, root)
}

/** `$.nodes[2].id` of ['nodes', 2, 'id']; keys that are not names stand in quotes. */
export function jsonPath(path: readonly PropertyKey[], root = '$'): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    const key = String(part)
    return /^[A-Za-z_$][\w$]*$/.test(key) ? `${text}.${key}` : `${text}[${JSON.stringify(key)}]`
  }, root)
}
