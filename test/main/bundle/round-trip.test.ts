import { describe, expect, it } from 'vitest'
import { unzipSync } from 'fflate/browser'
import { LIBRARY_VERSION, writeTopology } from '@shared/formats'
import type { Store } from '../../../src/main/store'
import { algorithmCards } from '../../../src/main/algorithms'
import { openBundle } from '../../../src/main/archive/read-bundle'
import { sourceOf } from '../../../src/main/archive/zip-reader'
import { openedStore, sampleScenario, sampleSpec } from '../store/samples'
import { bundled, contentOf, fill, imported, samplePolicy } from './histories'

function filled(): { store: Store; ids: string[] } {
  const store = openedStore()
  return { store, ids: fill(store) }
}

describe('a bundle of runs', () => {
  it('brings them into another lab with every bit, under new ids', async () => {
    const there = filled()
    const here = openedStore()
    const outcome = await imported(here, await bundled(there.store, { runs: there.ids }))
    expect(outcome.runs.map(({ from }) => from)).toEqual(there.ids)
    expect(outcome.experiments.map(({ name }) => name)).toEqual(['trial'])
    for (const { from, id } of outcome.runs.slice(0, 2)) {
      expect(id).not.toBe(from)
      expect(contentOf(here, id)).toEqual(contentOf(there.store, from))
      expect(here.origins.get(id)).toEqual({ firstId: from, bundle: 'theirs.dmro', importedAt: 9000 })
      expect(here.detail(id)?.log.at(-1)?.text).toBe(
        `Imported from theirs.dmro, bundled 2023-11-14 by DMRO Lab 0.1.0; it was run ${from} there.`
      )
    }
    expect(here.experiments.get(outcome.experiments[0].id)).toMatchObject({ note: 'of bundles', document: { format: 'dmro-experiment/1' } })
    expect(here.verify()).toEqual([])
  })

  it('lets other work continue between any two of its files, documents of the library too', async () => {
    const { store, ids } = filled()
    const documents = Array.from({ length: 40 }, (_, i) => {
      const content = { format: 'dmro-environments/1', name: `set ${i}`, topologies: [] }
      return store.library.insert({ kind: 'environments', name: `set ${i}`, content, facts: {}, faults: 0 }, 1000).id
    })
    const bytes = await bundled(store, { runs: ids, documents })
    let turns = 0
    let isOver = false
    const count = () => {
      turns++
      if (!isOver) setImmediate(count)
    }
    setImmediate(count)
    await openBundle(sourceOf(bytes), algorithmCards)
    isOver = true
    expect(turns).toBeGreaterThan(documents.length + ids.length)
  })

  it('leaves a run that was still training to be resumed: its checkpoint and the weights it started from come along', async () => {
    const { store, ids } = filled()
    const here = openedStore()
    const { runs } = await imported(here, await bundled(store, { runs: [ids[2]] }))
    const [{ id }] = runs
    expect(here.runs.row(id)).toMatchObject({
      status: 'interrupted',
      learnSteps: 50,
      message: expect.stringContaining('continues from its last checkpoint')
    })
    expect(here.checkpoints.get(id)).toEqual(store.checkpoints.get(ids[2]))
    const policy = here.runs.spec(id).initialWeights?.policy ?? ''
    expect(here.keptPolicies.get(policy)).toEqual(store.keptPolicies.get(policy))
  })

  it('is not taken twice, neither by another lab nor by its own, nor on the way back', async () => {
    const { store, ids } = filled()
    const bytes = await bundled(store, { runs: ids })
    expect(await imported(store, bytes)).toMatchObject({ runs: [], experiments: [], here: ids.map((id) => ({ from: id, id })) })
    const here = openedStore()
    const first = await imported(here, bytes)
    const again = await imported(here, bytes)
    expect(again.runs).toEqual([])
    expect(again.here).toEqual(first.runs)
    const back = await bundled(here, { runs: first.runs.map(({ id }) => id) })
    expect((await imported(store, back)).here.map(({ id }) => id)).toEqual(ids)
    expect(here.runs.list()).toHaveLength(3)
    expect(store.runs.list()).toHaveLength(3)
  })

  it('is taken again where the run has come further since, or was deleted here', async () => {
    const { store, ids } = filled()
    const here = openedStore()
    const { runs } = await imported(here, await bundled(store, { runs: ids }))
    store.runs.update(ids[2], { status: 'completed', learnSteps: 100 })
    here.runs.update(runs[0].id, { deletedAt: 10 })
    const later = await imported(here, await bundled(store, { runs: ids }))
    expect(later.runs.map(({ from }) => from)).toEqual([ids[0], ids[2]])
  })

  it('holds nothing that is in the bin', async () => {
    const { store, ids } = filled()
    const compared = store.comparisons.save({ name: 'all', runs: ids, look: {} }, 1)
    const { id } = store.library.insert({ kind: 'topology', name: 'mine', content: {}, facts: {}, faults: 0 }, 1)
    store.runs.update(ids[1], { deletedAt: 10 })
    store.library.remove([id], 10)
    await expect(bundled(store, { runs: ids })).rejects.toThrow(`There is no run ${ids[1]}`)
    await expect(bundled(store, { runs: [], documents: [id] })).rejects.toThrow(`There is no document ${id}`)
    const here = openedStore()
    await imported(here, await bundled(store, { runs: [], comparisons: [compared?.id ?? 0] }))
    expect(here.runs.list()).toHaveLength(2)
    expect(here.comparisons.list()[0].runs).toHaveLength(2)
  })

  it('carries what was chosen of the library, names what is taken again and knows what is here', async () => {
    const { store, ids } = filled()
    const topology = { ...writeTopology(sampleScenario().topology), name: 'mine' }
    const card = store.library.insert({ kind: 'topology', name: 'mine', content: topology, facts: {}, faults: 0 }, 1)
    const unfinished = store.library.insert(
      { kind: 'workload', name: 'draft', content: { format: 'dmro-workload/1' }, facts: {}, faults: 1 },
      1
    )
    store.keptPolicies.name({ name: 'best', note: 'of all', run: ids[0] }, samplePolicy(), 1)
    store.keptPolicies.name({ name: 'shipped' }, samplePolicy(7), 1)
    const saved = store.comparisons.save({ name: 'which', note: 'x', runs: [ids[1], ids[0]], against: ids[0], look: { metric: 'gap' } }, 1)
    const request = { runs: [ids[0]], documents: [card.id, unfinished.id], comparisons: [saved?.id ?? 0], policies: ['best', 'shipped'] }
    const bytes = await bundled(store, request)
    const here = openedStore()
    here.library.insert({ kind: 'topology', name: 'Mine', content: { format: 'dmro-topology/1', nodes: [] }, facts: {}, faults: 1 }, 1)
    const outcome = await imported(here, bytes)
    expect(outcome.documents.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['topology mine 2', 'workload draft'])
    expect(outcome.policies).toEqual(['best', 'shipped 2'])
    expect(here.keptPolicies.get(here.keptPolicies.find('best')?.policy ?? '')).toEqual(Buffer.from(samplePolicy()))
    const [of0, of1] = [ids[0], ids[1]].map((from) => outcome.runs.find((run) => run.from === from)?.id)
    expect(here.comparisons.list()[0]).toMatchObject({ name: 'which', note: 'x', runs: [of1, of0], against: of0, look: { metric: 'gap' } })
    const again = await imported(here, bytes)
    // What was renamed because its name was taken is known by its content.
    const nothing = { runs: [], experiments: [], documents: [], comparisons: [], policies: [] }
    expect(again).toMatchObject({ ...nothing, documentsHere: 2, comparisonsHere: 1, policiesHere: 2 })
  })

  describe('versions of the library', () => {
    const speeds = [8000, 16_000, 32_000]
    const topologyOf = (speed: number) => {
      const { topology } = sampleScenario()
      return {
        ...topology,
        name: 'office',
        nodes: topology.nodes.map((node) => (node.tier === 'edge' ? { ...node, computeMHz: speed } : node))
      }
    }
    const planOf = (id: string, version: number) => ({
      format: 'dmro-experiment/1',
      name: 'plan',
      scenarios: [
        { format: 'dmro-scenario/1', name: 'day', topology: { format: LIBRARY_VERSION, id, version, name: 'office' }, workload: 'paper' }
      ],
      algorithms: [{ id: 'greedy' }],
      seeds: [1]
    })
    /** Three versions of a topology, a plan that holds the second, and a run of the first. */
    function filledLibrary(store: Store) {
      const save = (speed: number) => ({ content: writeTopology(topologyOf(speed)), facts: {}, faults: 0 })
      const { id } = store.library.insert({ kind: 'topology', name: 'office', ...save(speeds[0]) }, 1)
      for (const speed of speeds.slice(1)) store.library.add(id, save(speed), 2)
      const plan = store.library.insert({ kind: 'experiment', name: 'plan', content: planOf(id, 2), facts: {}, faults: 0 }, 3).id
      const spec = { ...sampleSpec(), scenario: { ...sampleScenario(), topology: topologyOf(speeds[0]) } }
      const sources = [
        { kind: 'topology' as const, document: id, version: 1 },
        { kind: 'experiment' as const, document: plan, version: 1 }
      ]
      const [run] = store.addExperiment({ name: 'plan' }, [{ spec, totalLearnSteps: 1, sources }], 4).runs
      return { id, plan, run }
    }

    it('come along where a document of the bundle holds them or a run came from them, and hold there', async () => {
      const there = openedStore()
      const { id, plan, run } = filledLibrary(there)
      const bytes = await bundled(there, { runs: [run], documents: [plan] })
      const here = openedStore()
      const outcome = await imported(here, bytes)
      expect(outcome.documents.map(({ name }) => name)).toEqual(['office', 'plan'])
      // Its ids and numbers were free: they are the same.
      expect(here.library.versions(id).map(({ version }) => version)).toEqual([2, 1])
      expect(here.library.read(plan)?.content).toEqual(planOf(id, 2))
      expect(here.runs.row(outcome.runs[0].id)?.sources).toEqual(there.runs.row(run)?.sources)
      expect(await imported(here, bytes)).toMatchObject({ runs: [], documents: [], documentsHere: 2 })
    })

    it('are those that are here where ids are taken, renamed or of the same content', async () => {
      const there = openedStore()
      const { id, plan, run } = filledLibrary(there)
      const here = openedStore()
      // Another document has the id, and yet another one the content of version 2.
      here.library.insert({ id, kind: 'topology', name: 'office', content: writeTopology(topologyOf(1000)), facts: {}, faults: 0 }, 1)
      const outcome = await imported(here, await bundled(there, { runs: [run], documents: [id, plan] }))
      const [office, other] = outcome.documents
      expect(office).toMatchObject({ kind: 'topology', name: 'office 2' })
      expect(office.id).not.toBe(id)
      expect(other).toMatchObject({ id: plan, kind: 'experiment' })
      expect(here.library.read(plan)?.content).toMatchObject({ scenarios: [{ topology: { id: office.id, version: 2 } }] })
      expect(here.runs.row(outcome.runs[0].id)?.sources).toMatchObject({
        topology: { name: 'office 2', id: office.id, version: 1 },
        experiment: { name: 'plan', id: plan, version: 1 }
      })
      expect(here.verify()).toEqual([])
    })

    it('are found by the content of the run where no document comes along', async () => {
      const there = openedStore()
      const { run } = filledLibrary(there)
      const bytes = await bundled(there, { runs: [run] })
      const bare = openedStore()
      expect(bare.runs.row((await imported(bare, bytes)).runs[0].id)?.sources).toEqual({
        topology: { name: 'office' },
        workload: { name: 'paper' }
      })
      const here = openedStore()
      const own = here.library.insert(
        { kind: 'topology', name: 'mine', content: writeTopology(topologyOf(speeds[0])), facts: {}, faults: 0 },
        1
      )
      expect(here.runs.row((await imported(here, bytes)).runs[0].id)?.sources?.topology).toEqual({
        name: 'mine',
        id: own.id,
        version: 1,
        byContent: true
      })
    })

    it('are known again in their own lab, where a run was deleted for good and comes back', async () => {
      const store = openedStore()
      const { run } = filledLibrary(store)
      const before = store.runs.row(run)?.sources
      store.runs.update(run, { status: 'completed' })
      const bytes = await bundled(store, { runs: [run] })
      store.runs.update(run, { deletedAt: 10 })
      store.bin.purgeAll()
      const outcome = await imported(store, bytes)
      expect(store.runs.row(outcome.runs[0].id)?.sources).toEqual(before)
    })
  })

  it('opens in any program that reads zips', async () => {
    const { store, ids } = filled()
    const files = unzipSync(await bundled(store, { runs: [ids[0]] }))
    expect(Object.keys(files).at(-1)).toBe('manifest.json')
    const manifest = JSON.parse(Buffer.from(files['manifest.json']).toString())
    expect(manifest).toMatchObject({ format: 'dmro-bundle/1', runs: [ids[0]] })
    expect(manifest.files.map((file: { path: string }) => file.path).sort()).toEqual(
      Object.keys(files)
        .filter((path) => path !== 'manifest.json')
        .sort()
    )
  })
})
