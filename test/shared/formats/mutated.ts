import { ChainWorld } from '@shared/model/chain-world'
import type { Fault } from '@shared/experiment/experiment'
import {
  parseJson,
  type Read,
  readEnvironments,
  readExperiment,
  readPlacement,
  readScenario,
  readSchedule,
  readTopology,
  readWfCommons,
  readWorkload
} from '@shared/formats'
import { compileWorld } from '@shared/model/compile'
import { compileScenario } from '@shared/model/scenario'
import { expect } from 'vitest'
import {
  experiment,
  generated,
  roundTripScenario,
  scenario,
  sharedGenerated,
  sharedScenario,
  sharedTopology,
  sharedWorkload,
  topology,
  wfcommons,
  workload
} from './documents'
import { fc } from '../properties'

const evening = readScenario(scenario())
if (!evening.ok) throw new Error('the scenario to break is broken already')
const compiled = compileScenario(evening.value)
const placement = { format: 'dmro-placement/1', placements: { w1: { t1: 'router', t2: 'phone' }, w2: { alone: 'rack' } } }

const rush = readScenario(sharedScenario())
if (!rush.ok) throw new Error('the batch to place is broken already')
const batch = compileWorld(rush.value)

const environments = {
  format: 'dmro-environments/1',
  name: 'around',
  topologies: [topology()],
  family: {
    around: topology(),
    members: 3,
    seed: 1,
    bandwidth: 0.5,
    serverSpeed: 0.1,
    deviceSpeed: 0,
    energy: 0.2,
    energyWeight: [0.1, 0.9]
  }
}
const schedule = {
  format: 'dmro-schedule/1',
  name: 'a day',
  workflows: 100,
  changes: [{ at: 10, links: [{ from: 'phone', to: 'router', bandwidthFactor: 0.5 }], nodes: [{ id: 'rack', speedFactor: 2 }] }]
}

/** Documents of every format of ours, as they are before they are broken, with what reads them. */
export const DOCUMENTS: readonly [name: string, document: object, read: (value: unknown) => Read<unknown>][] = [
  ['topology', topology(), readTopology],
  ['workload', workload(), readWorkload],
  ['generated workload', generated(), readWorkload],
  ['scenario', scenario(), readScenario],
  ['topology of the second version', sharedTopology(), readTopology],
  ['workload of the second version', sharedWorkload(), readWorkload],
  ['generated workload of the second version', sharedGenerated(), readWorkload],
  ['scenario of shared machines', sharedScenario(), readScenario],
  ['scenario of round trips', roundTripScenario(), readScenario],
  ['experiment', experiment(), readExperiment],
  ['placement', placement, (value) => readPlacement(value, new ChainWorld(compiled))],
  ['placement of a batch', placement, (value) => readPlacement(value, batch)],
  ['environment set', environments, readEnvironments],
  ['schedule', schedule, readSchedule],
  ['WfCommons document', wfcommons(), readWfCommons]
]

type Step = string | number

/** The way to every value in a document. */
function placesIn(value: unknown, way: Step[] = []): Step[][] {
  if (typeof value !== 'object' || value === null) return [way]
  return [way, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...way, Array.isArray(value) ? Number(key) : key]))]
}

const junk = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    '',
    '@input',
    '__proto__',
    'phone',
    'w1',
    -1,
    0,
    Infinity,
    -Infinity,
    Number.NaN,
    1e308,
    5e-324,
    2 ** 60,
    [],
    {},
    [[]],
    'x'.repeat(300)
  ),
  fc.jsonValue({ maxDepth: 3 }),
  fc.double()
)
/** One change of a document. */
export const mutation = fc.record({
  place: fc.nat(),
  how: fc.constantFrom('replace', 'remove', 'rename', 'add', 'double', 'swap'),
  value: junk,
  other: fc.nat()
})

type Mutation = { place: number; how: string; value: unknown; other: number }

/** A copy of `document` with some of its values replaced, removed, renamed, doubled or swapped. */
export function mutated(document: object, mutations: readonly Mutation[]): unknown {
  const copy = { document: structuredClone(document) as unknown }
  for (const { place, how, value: given, other } of mutations) {
    const value = structuredClone(given)
    const places = placesIn(copy.document)
    const way: Step[] = ['document', ...places[place % places.length]]
    const last = way[way.length - 1]
    const holder = way
      .slice(0, -1)
      .reduce<Record<Step, unknown>>((inner, step) => inner[step] as Record<Step, unknown>, copy as Record<Step, unknown>)
    const from = ['document', ...places[other % places.length]].reduce<unknown>(
      (inner, step) => (inner as Record<Step, unknown>)[step],
      copy
    )
    if (how === 'replace') holder[last] = value
    else if (how === 'swap') holder[last] = structuredClone(from)
    else if (how === 'double' && Array.isArray(holder)) holder.push(structuredClone(holder[Number(last)]))
    else if (how === 'remove' && way.length > 1) Array.isArray(holder) ? holder.splice(Number(last), 1) : delete holder[last]
    else if (Array.isArray(holder)) holder.push(value)
    else if (how === 'rename' && way.length > 1) holder[`${last}x`] = holder[last]
    else if (how === 'add' && way.length > 1) holder[`k${JSON.stringify(value)}`.slice(0, 40)] = value
  }
  return copy.document
}

/** Holds a refusal to faults with paths and sentences, each told once. */
export function expectTyped(read: Read<unknown>): void {
  if (read.ok) return
  expect(read.faults.length).toBeGreaterThan(0)
  for (const { path, message } of read.faults as Fault[]) {
    expect(path).toMatch(/^\$/)
    expect(message.length).toBeGreaterThan(5)
    expect(message).not.toMatch(/undefined|\[object|^Invalid|^Too|expected/)
  }
  expect(new Set(read.faults.map((fault) => `${fault.path} ${fault.message}`)).size).toBe(read.faults.length)
}

/** Bits that are flipped: which character, and which bits of it. */
export const bitFlips = (length: number) =>
  fc.array(fc.tuple(fc.nat(length - 1), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 3 })

/** Reads a document whose text had bits flipped: refused as JSON with its line, or as a document; read where it is one after all. */
export function expectFlippedTyped(
  text: string,
  flips: readonly (readonly [number, number])[],
  read: (value: unknown) => Read<unknown>
): void {
  const codes = Array.from(text, (character) => character.charCodeAt(0))
  for (const [at, bits] of flips) codes[at] ^= bits
  const parsed = parseJson(String.fromCharCode(...codes))
  if (!parsed.ok) expect(parsed.faults[0].message).toMatch(/^is not JSON: line \d+, column \d+: |^occurs a second time/)
  else expectTyped(read(parsed.value))
}
