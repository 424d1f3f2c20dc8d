import type { RunRow } from '@shared/contract/records'
import { LIBRARY_VERSION } from '@shared/formats'
import { presetOf } from '@shared/presets'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Client, HOSTS, type OpenedHost, refusalOf } from './hosts'

interface Content {
  nodes: { id: string; tier: string; computeMHz: number }[]
  [key: string]: unknown
}

/** A topology that is a preset's but for the speed of its edges. */
function office(computeMHz: number): Content {
  const preset = presetOf('two-edges-two-clouds', 'topology') as Content
  return { ...preset, name: 'office', nodes: preset.nodes.map((node) => (node.tier === 'edge' ? { ...node, computeMHz } : node)) }
}
const held = (id: string, version: number, name = 'office') => ({ format: LIBRARY_VERSION, id, version, name })
const plan = (name: string, topology: unknown, more: object = {}) => ({
  format: 'dmro-experiment/1',
  name,
  scenarios: [{ format: 'dmro-scenario/1', name: 'day', topology, workload: 'paper' }],
  algorithms: [{ id: 'local-only' }],
  seeds: [1],
  heldOut: 5,
  ...more
})

describe.each(HOSTS)('versions of the library, spoken $name', ({ open }) => {
  let host: OpenedHost
  let client: Client
  let id: string

  beforeAll(async () => {
    host = await open()
    client = host.client
    const { id: saved } = await client.library.save({ kind: 'topology', name: 'office', content: office(9000) })
    id = saved
    await client.library.save({ id, kind: 'topology', name: 'office', content: office(18_000), base: 1 })
  })
  afterAll(() => host.close())

  const speedOf = async (run: string): Promise<number | undefined> => {
    const { scenario } = await client.runs.get({ id: run })
    return (scenario as { topology: Content }).topology.nodes.find((node) => node.tier === 'edge')?.computeMHz
  }
  const rowOf = async (run: string): Promise<RunRow> => (await client.runs.get({ id: run })).row
  const start = async (document: object, more: object = {}) => (await client.experiments.start({ source: { document }, ...more })).runs[0]

  it('hold what a saved plan means, whatever is saved or renamed later; a name means the newest', async () => {
    const [byVersion, byName] = [plan('held', held(id, 1)), plan('named', 'office')]
    expect(await speedOf(await start(byVersion))).toBe(9000)
    expect(await speedOf(await start(byName))).toBe(18_000)
    await client.library.save({ id, kind: 'topology', name: 'office', content: office(36_000), base: 2 })
    await client.library.rename({ id, name: 'headquarters' })
    const [again, renamed] = [await start({ ...byVersion, seeds: [2] }), await start({ ...byName, seeds: [2] })]
    expect(await speedOf(again)).toBe(9000)
    // The old name still means the document, at its newest version, until another has the name.
    expect(await speedOf(renamed)).toBe(36_000)
    expect([(await rowOf(again)).sources?.topology, (await rowOf(renamed)).sources?.topology]).toEqual([
      { name: 'headquarters', id, version: 1 },
      { name: 'headquarters', id, version: 3 }
    ])
    const heir = await client.library.save({ kind: 'topology', name: 'office', content: office(1000) })
    expect(await speedOf(await start({ ...byName, seeds: [3] }))).toBe(1000)
    await client.library.remove({ ids: [heir.id] })
    await client.library.rename({ id, name: 'office' })
    expect((await client.library.list({ kind: 'topology' })).find((card) => card.id === id)).toMatchObject({
      name: 'office',
      version: 3,
      formerly: ['headquarters'],
      contentId: expect.stringMatching(/^[0-9a-f]{16}$/)
    })
  })

  it('are recorded with every run: topology, workload and the saved experiment, each once for all that is swept', async () => {
    const rounds = await client.library.save({
      kind: 'workload',
      name: 'rounds',
      content: { ...(presetOf('paper', 'workload') as object), name: 'rounds', seed: 99 }
    })
    const document = plan('gate rivals', held(id, 2), { objective: { energyWeight: [0.2, 0.7] } })
    const scenarios = [{ ...document.scenarios[0], workload: held(rounds.id, 1, 'rounds') }, 'one-edge-one-cloud']
    const saved = await client.library.save({ kind: 'experiment', name: 'gate rivals', content: { ...document, scenarios } })
    const { runs } = await client.experiments.start({
      source: { document: { ...document, scenarios } },
      saved: { id: saved.id, version: 1 }
    })
    const rows = await Promise.all(runs.map(rowOf))
    const experiment = { name: 'gate rivals', id: saved.id, version: 1 }
    const own = { topology: { name: 'office', id, version: 2 }, workload: { name: 'rounds', id: rounds.id, version: 1 }, experiment }
    const preset = { topology: { name: 'one edge, one cloud' }, workload: { name: 'paper workload' }, experiment }
    expect(rows.map(({ sources }) => sources)).toEqual([own, own, preset, preset])
    // Run again, a run comes from the same.
    const again = await client.runs.again({ ids: [runs[0]] })
    expect((await rowOf(again.runs[0])).sources).toEqual(own)
    // By its name, a saved experiment is what it is too.
    const named = await client.experiments.start({ source: { preset: 'Gate rivals' }, seeds: [5] })
    expect((await rowOf(named.runs[0])).sources?.experiment).toEqual(experiment)
    expect(await refusalOf(client.experiments.start({ source: { document }, saved: { id: saved.id, version: 2 } }))).toMatchObject({
      code: 'INVALID',
      message: expect.stringContaining(`no version 2 of an experiment ${saved.id}`)
    })
  })

  it('that are in the bin are a fault that says so, and are counted as used by what holds them', async () => {
    const { id: shed } = await client.library.save({ kind: 'topology', name: 'shed', content: office(4000) })
    await client.library.save({ kind: 'experiment', name: 'holder', content: plan('holder', held(shed, 1, 'shed')) })
    await client.library.rename({ id: shed, name: 'hut' })
    expect(await client.bin.uses({ kind: 'topology', ids: [shed] })).toEqual([{ by: 'experiment', count: 1, names: ['holder'] }])
    const { bin } = await client.library.remove({ ids: [shed] })
    const { message } = await refusalOf(client.experiments.start({ source: { document: plan('holder', held(shed, 1, 'shed')) } }))
    expect(message).toMatch(/no topology "shed v1" .* restore it from the bin/)
    // Whatever has the name now: it is this one that the experiment holds.
    await client.library.save({ kind: 'topology', name: 'hut', content: office(2000) })
    expect((await client.bin.list({})).entries.find((entry) => entry.id === bin[0])?.usedBy).toEqual([
      { by: 'experiment', count: 1, names: ['holder'] }
    ])
    await client.bin.restore({ ids: bin })
    expect(await speedOf(await start(plan('holder', held(shed, 1, 'shed'))))).toBe(4000)
  })

  it('of documents that are not here are found by their content, and by nothing else', async () => {
    const { contentId } = (await client.library.versions({ id })).find(({ version }) => version === 1) ?? {}
    const foreign = { ...held('ffffffff', 7), content: contentId }
    const run = await start(plan('foreign', foreign))
    expect(await speedOf(run)).toBe(9000)
    expect((await rowOf(run)).sources?.topology).toMatchObject({ id, version: 1 })
    // Another document under the same id and version is not what was meant.
    expect(
      (await refusalOf(client.experiments.start({ source: { document: plan('x', { ...held(id, 2), content: '0'.repeat(16) }) } }))).code
    ).toBe('INVALID')
    expect((await refusalOf(client.experiments.start({ source: { document: plan('x', held('ffffffff', 1)) } }))).code).toBe('INVALID')
  })

  it('are held by environment sets as soon as these are saved', async () => {
    const content = { format: 'dmro-environments/1', name: 'both', topologies: ['office', 'two-edges-two-clouds'] }
    const set = await client.library.save({ kind: 'environments', name: 'both', content })
    expect((await client.library.read({ id: set.id })).content).toMatchObject({ topologies: [held(id, 3), 'two-edges-two-clouds'] })
  })

  it('lead to their runs and back: near a document, near a run', async () => {
    const near = await client.lineage.near({ document: id })
    const rivals = near.documents.find((document) => document.name === 'gate rivals')
    expect(rivals?.versions[0].holds.map(({ id: part, version }) => [part, version])).toContainEqual([id, 2])
    expect(near.documents.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['topology', 'workload', 'experiment', 'environments']))
    const group = near.runs.find(({ experiment, algorithms }) => experiment === 'gate rivals' && algorithms[0].runs === 2)
    expect(group).toMatchObject({ runs: 2, algorithms: [{ algorithm: 'local-only', runs: 2 }] })
    expect(group?.from).toEqual(
      expect.arrayContaining([
        { id, version: 2 },
        { id: rivals?.id, version: 1 }
      ])
    )
    const run = (await client.runs.list({})).find((row) => row.experimentId === group?.experimentId && row.sources?.topology.id === id)
    const compared = await client.comparisons.save({ name: 'two', runs: [run?.id ?? ''], look: {} })
    const back = await client.lineage.near({ run: run?.id ?? '' })
    expect(back.runs).toEqual([group])
    expect(back.documents.map(({ name }) => name).sort()).toEqual(['gate rivals', 'office', 'rounds'])
    expect(back.comparisons).toEqual([
      { id: compared.id, name: 'two', savedAt: expect.any(Number), ids: [run?.id], of: [{ key: group?.key, runs: 1 }] }
    ])
    expect((await refusalOf(client.lineage.near({ document: '00000000' }))).code).toBe('NOT_FOUND')
    expect((await refusalOf(client.lineage.near({ run: '00000000' }))).code).toBe('NOT_FOUND')
  })

  it('that differ under one label are told apart by what differs', async () => {
    const rows = (await client.runs.list({})).filter((row) => row.scenario === 'day')
    const worlds = [...new Map(rows.map((row) => [row.world, row.scenarioId])).values()]
    expect(worlds.length).toBeGreaterThan(2)
    const apart = await client.lineage.apart({ scenarios: worlds })
    expect(apart.map(({ scenario }) => scenario)).toEqual(worlds)
    expect(new Set(apart.map(({ text }) => text)).size).toBe(worlds.length)
    expect(apart[0].text).toMatch(/computeMHz 9000/)
  })

  it('of workloads of graphs are what runs on shared machines came from, and are found by their content', async () => {
    const scenario = presetOf('shared-4x10', 'scenario') as { workload: { generator: object } }
    const content = { ...scenario.workload, name: 'graphs' }
    const graphs = await client.library.save({ kind: 'workload', name: 'graphs', content })
    await client.library.save({ id: graphs.id, kind: 'workload', name: 'graphs', content: { ...content, seed: 2 }, base: 1 })
    const [chosen] = plan('graphs', 'four-devices').scenarios
    const workload = held(graphs.id, 1, 'graphs')
    const scenarios = [{ ...chosen, name: 'together', format: 'dmro-scenario/2', execution: 'shared', workload }]
    const run = await start({ ...plan('graphs', 'four-devices'), scenarios })
    expect((await rowOf(run)).sources?.workload).toEqual({ name: 'graphs', id: graphs.id, version: 1 })
    expect((await client.runs.get({ id: run })).scenario).toMatchObject({
      execution: 'shared',
      workload: { name: 'graphs', generator: scenario.workload.generator, seed: 1 }
    })
    const [newest, first] = await client.library.versions({ id: graphs.id })
    expect(new Set([newest.contentId, first.contentId, undefined]).size).toBe(3)
    const foreign = { ...held('ffffffff', 3, 'elsewhere'), content: first.contentId }
    const again = await start({ ...plan('graphs', 'four-devices'), scenarios: [{ ...scenarios[0], workload: foreign }], seeds: [2] })
    expect((await rowOf(again)).sources?.workload).toEqual({ name: 'graphs', id: graphs.id, version: 1 })
  })
})
