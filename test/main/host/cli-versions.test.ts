import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LIBRARY_VERSION } from '@shared/formats'
import { presetOf } from '@shared/presets'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../../src/main/store'
import { commandLine } from './in-process'

const folder = mkdtempSync(join(tmpdir(), 'dmro-cli-'))
const home = join(folder, 'home')
const lab = commandLine(home)

interface Content {
  nodes: { tier: string; computeMHz: number }[]
}

function office(computeMHz: number): object {
  const preset = presetOf('one-edge-one-cloud', 'topology') as Content
  return { ...preset, name: 'office', nodes: preset.nodes.map((node) => (node.tier === 'edge' ? { ...node, computeMHz } : node)) }
}
const experiment = (topology: unknown, more: object = {}) => ({
  format: 'dmro-experiment/1',
  name: 'day',
  scenarios: [{ format: 'dmro-scenario/1', name: 'day', topology, workload: 'paper' }],
  objective: { energyWeight: [0.2, 0.4] },
  algorithms: [{ id: 'local-only' }],
  seeds: [1],
  heldOut: 5,
  ...more
})
const held = (version: number) => ({ format: LIBRARY_VERSION, id, version, name: 'called so once' })

let id = ''
let saved = ''
beforeAll(() => {
  const store = openStore(home)
  id = store.library.insert({ kind: 'topology', name: 'office', content: office(9000), facts: {}, faults: 0 }, 1).id
  store.library.add(id, { content: office(18_000), facts: {}, faults: 0 }, 2)
  saved = store.library.insert({ kind: 'experiment', name: 'saved', content: experiment(held(1)), facts: {}, faults: 0 }, 3).id
  store.library.rename(id, 'headquarters', 4)
  store.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, content: object): string {
  const path = join(folder, name)
  writeFileSync(path, JSON.stringify(content))
  return path
}

/** Runs it; what it said on stderr, and what its runs came from. */
async function ran(...given: string[]): Promise<{ err: string; sources: Record<string, unknown>[] }> {
  const before = ((await lab.json('runs', 'list', '--json')).runs as unknown[]).length
  const { code, err } = await lab('run', ...given)
  expect([code, err]).toEqual([0, err])
  const { runs } = await lab.json('runs', 'list', '--json')
  return { err, sources: runs.slice(before).map((run: { sources: Record<string, unknown> }) => run.sources) }
}

describe('lab run', () => {
  it('takes a name in a file for the newest version, also one the document had once, and says so', async () => {
    const { err, sources } = await ran(file('named.json', experiment('office')))
    expect(err).toContain('the topology "office" is headquarters v2 of the library.')
    const topology = { name: 'headquarters', id, version: 2 }
    expect(sources.map((each) => each.topology)).toEqual([topology, topology])
  })

  it('takes a version in a file for that version, whatever it was called', async () => {
    const { err, sources } = await ran(file('held.json', experiment(held(1), { seeds: [2] })))
    expect(err).not.toContain('of the library')
    expect(sources[0]).toEqual({ topology: { name: 'headquarters', id, version: 1 }, workload: { name: 'paper workload' } })
    const elsewhere = await commandLine(join(folder, 'elsewhere'))('run', join(folder, 'held.json'))
    expect([elsewhere.code, elsewhere.err]).toEqual([2, expect.stringMatching(/\$\.scenarios\[0\]\.topology: there is no topology/)])
  })

  it('knows what it runs by name: a saved experiment, also with settings of its own, and workflows on a topology', async () => {
    const { sources } = await ran('saved', '--seeds', '3')
    expect(sources[0]).toMatchObject({ experiment: { name: 'saved', id: saved, version: 1 }, topology: { id, version: 1 } })
    const placed = await ran('chain', '--on', 'headquarters', '--algorithms', 'local-only')
    expect(placed.sources).toEqual([{ topology: { name: 'headquarters', id, version: 2 }, workload: expect.any(Object) }])
  })

  it('finds runs by what they came from', async () => {
    const count = async (where: string) => (await lab.json('runs', 'list', '--where', where, '--json')).runs.length
    const all = await count('seed >= 0')
    const [first, second] = [await count('topology = "headquarters v1"'), await count(`topology = "${id} v2"`)]
    expect([first > 0, second > 0, await count('topology:headquarters')]).toEqual([true, true, first + second])
    expect([await count('experiment = "saved v1"'), await count('not topology:headquarters')]).toEqual([2, all - first - second])
  })
})
