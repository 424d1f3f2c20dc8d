import { expect } from 'vitest'
import { parseJson, type Read } from '@shared/formats'
import { FORBIDDEN_KEYS, MOST_DEPTH } from '@shared/formats/guard'
import type { RandomStream } from '@shared/model/random'
import { placesOf } from '../../main/bundle/zips'
import { DOCUMENTS, expectTyped } from '../../shared/formats/mutated'
import type { Measures, Row } from '../row'

const KEYS = [...FORBIDDEN_KEYS]
const MOST = 200_000

/** Lists and objects in each other, as text: objects of the engine would not be let so deep by every tool on the way. */
function nestedText(depth: number, random: RandomStream): string {
  const isList = random.below(2) === 0
  return isList ? '['.repeat(depth) + ']'.repeat(depth) : `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
}

/** A document as text with `inside` in the place of one of its values. */
function textWith(document: object, random: RandomStream, inside: string): string {
  const places = placesOf(document)
  const [key, ...others] = places[random.below(places.length)]
  const copy = structuredClone(document) as Record<string | number, unknown>
  const last = others.at(-1) ?? key
  const holder = [key, ...others].slice(0, -1).reduce((at, step) => at[step] as typeof copy, copy)
  holder[last] = '@inside@'
  return JSON.stringify(copy).replace('"@inside@"', () => inside)
}

function faultsOf(text: string, read: (value: unknown) => Read<unknown>): string[] {
  const parsed = parseJson(text)
  const came = parsed.ok ? read(parsed.value) : parsed
  expectTyped(came)
  return came.ok ? [] : came.faults.map(({ message }) => message)
}

function tryOnce(random: RandomStream, index: number): Measures {
  const [, document, read] = DOCUMENTS[index % DOCUMENTS.length]
  if (random.below(2) === 0) {
    const depth = MOST_DEPTH + 1 + Math.floor(random.uniform() ** 3 * MOST)
    const faults = faultsOf(textWith(document, random, nestedText(depth, random)), read)
    expect(faults.join()).toContain(`is nested more than ${MOST_DEPTH} deep`)
    return { deep: 1, depth }
  }
  const key = KEYS[random.below(KEYS.length)]
  const faults = faultsOf(textWith(document, random, `{"${key}": {"isAdmin": true}, "a": 1}`), read)
  expect(faults.join()).toContain(`"${key}" cannot be a key`)
  expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  return { keys: 1 }
}

export const depth: Row = {
  name: 'depth',
  fault: 'lists and objects in each other up to 200,000 deep, or keys that reach into every object, at any place of a document',
  holds: 'refused by the place before a schema sees it, and no object has anything new',
  cases: { ci: 45, soak: 5000 },
  begin: () => tryOnce,
  figure: (tally) =>
    `${tally.total('deep')} too deep (the deepest ${tally.most('depth').toLocaleString('en-US')}), ${tally.total('keys')} with forbidden keys`
}
