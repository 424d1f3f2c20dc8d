import type { Fault } from '../experiment/experiment'
import type { Read } from './read'

/** Nothing of ours nests this deep, and readers that recurse must not meet what does. */
const MOST_DEPTH = 64

/** Keys that would reach into every object of the program. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])

/** Text as JSON. A syntax error names its line and column. */
export function parseJson(text: string): Read<unknown> {
  try {
    // A byte order mark is no JSON, and some editors write one.
    return { ok: true, value: JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { ok: false, faults: [{ path: '$', message: `is no JSON: ${placed(reason, text)}` }] }
  }
}

function placed(reason: string, text: string): string {
  const position = /at position (\d+)/.exec(reason)
  if (!position || /line \d+/.test(reason)) return reason
  const before = text.slice(0, Number(position[1])).split('\n')
  return `${reason} (line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1})`
}

/** What forbids looking into a value at all: too deep, or keys that are no data. Walks without recursion. */
export function guardFaults(value: unknown, root = '$'): Fault[] {
  const faults: Fault[] = []
  const waiting: { item: unknown; path: string; depth: number }[] = [{ item: value, path: root, depth: 0 }]
  for (let next = waiting.pop(); next && faults.length < 100; next = waiting.pop()) {
    const { item, path, depth } = next
    if (typeof item !== 'object' || item === null) continue
    if (depth >= MOST_DEPTH) {
      faults.push({ path: path.slice(0, 200), message: `is nested more than ${MOST_DEPTH} deep` })
      continue
    }
    if (Array.isArray(item)) item.forEach((each, i) => waiting.push({ item: each, path: `${path}[${i}]`, depth: depth + 1 }))
    else {
      for (const key of Object.keys(item)) {
        if (FORBIDDEN.has(key)) faults.push({ path: `${path}.${key}`, message: `"${key}" may not be a key` })
        else waiting.push({ item: (item as Record<string, unknown>)[key], path: `${path}.${key}`, depth: depth + 1 })
      }
    }
  }
  return faults
}
