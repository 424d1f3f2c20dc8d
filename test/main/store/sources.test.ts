import Database from 'better-sqlite3'
import { provideSeals } from '../../../src/main/store/seals'
import { join } from 'node:path'
import { writeTopology } from '@shared/formats'
import { presetOf } from '@shared/presets'
import { describe, expect, it } from 'vitest'
import type { RunSource, Store } from '../../../src/main/store'
import { openedStore, sampleScenario, sampleSpec, temporaryHome } from './samples'

const office = (computeMHz = 8000) => {
  const { topology } = sampleScenario()
  return { ...topology, name: 'office', nodes: [topology.nodes[0], { ...topology.nodes[1], computeMHz }] }
}
const save = (store: Store, topology = office(), name = 'office') =>
  store.library.insert({ kind: 'topology', name, content: writeTopology({ ...topology, name }), facts: {}, faults: 0 }, 1).id
const change = (store: Store, id: string, topology: ReturnType<typeof office>, now = 2) =>
  store.library.add(id, { content: writeTopology(topology), facts: {}, faults: 0 }, now)
const run = (store: Store, topology = office(), sources?: RunSource[]) =>
  store.addExperiment(
    { name: 'trial' },
    [{ spec: { ...sampleSpec(), scenario: { ...sampleScenario(), topology } }, totalLearnSteps: 1, sources }],
    3
  ).runs[0]
const sourceOf = (store: Store, id: string) => store.runs.row(id)?.sources?.topology

describe('what a run came from', () => {
  it('is the version that was recorded, under the name that its document has now', () => {
    const store = openedStore()
    const id = save(store)
    change(store, id, office(16_000))
    const run3 = run(store, office(), [{ kind: 'topology', document: id, version: 1 }])
    expect(sourceOf(store, run3)).toEqual({ name: 'office', id, version: 1 })
    store.library.rename(id, 'headquarters', 4)
    expect(sourceOf(store, run3)).toEqual({ name: 'headquarters', id, version: 1 })
    expect(store.sources.runsOf([id])).toEqual([run3])
    // In the bin it is still what the run came from; deleted for good, its name is what the run calls it.
    store.library.remove([id], 5)
    expect(sourceOf(store, run3)).toEqual({ name: 'headquarters', id, version: 1 })
    store.bin.purgeAll()
    expect(sourceOf(store, run3)).toEqual({ name: 'office', id, version: 1, isGone: true })
    expect(store.verify()).toEqual([])
  })

  it('is found by content where it was not recorded and one version alone has it, whatever it is called or drawn', () => {
    const store = openedStore()
    const id = save(store, { ...office(), nodes: office().nodes.map((node, i) => ({ ...node, position: { x: i, y: 7 } })) }, 'renamed')
    change(store, id, office(16_000))
    expect(sourceOf(store, run(store))).toEqual({ name: 'renamed', id, version: 1, byContent: true })
    expect(sourceOf(store, run(store, office(16_000)))).toEqual({ name: 'renamed', id, version: 2, byContent: true })
    expect(sourceOf(store, run(store, office(12_000)))).toEqual({ name: 'office' })
    // Now two versions have it.
    change(store, id, office())
    expect(sourceOf(store, run(store))).toEqual({ name: 'office' })
  })

  it('is not the copy of a preset, nor what is deleted', () => {
    const store = openedStore()
    const content = presetOf('one-edge-one-cloud', 'topology') as ReturnType<typeof office>
    save(store, content, 'my copy')
    expect(sourceOf(store, run(store, content))).toEqual({ name: content.name })
    const id = save(store)
    store.library.remove([id], 2)
    expect(sourceOf(store, run(store))).toEqual({ name: 'office' })
  })
})

describe('runs of a lab from before this was recorded', () => {
  const plan = (name: string, seeds: number[], more: object = {}) => ({
    format: 'dmro-experiment/1',
    name,
    scenarios: [{ format: 'dmro-scenario/1', name: 'day', topology: 'office', workload: 'paper' }],
    algorithms: [{ id: 'dmro', parameters: { learnSteps: 100 } }],
    seeds,
    heldOut: 200,
    ...more
  })
  /** The store as an older program left it: it knows of no sources. */
  function older(home: string): Store {
    const sqlite = new Database(join(home, 'lab.sqlite'))
    provideSeals(sqlite)
    sqlite.exec('delete from run_source; update document_version set content_id = null')
    sqlite.close()
    const store = openedStore(home)
    store.bringUpToDate(11)
    return store
  }

  it('get what their content tells: the topology, and the saved experiment as it was when they were started', () => {
    const home = temporaryHome()
    const before = openedStore(home)
    const id = save(before)
    const rivals = before.library.insert({ kind: 'experiment', name: 'rivals', content: plan('rivals', [1]), facts: {}, faults: 0 }, 1).id
    before.library.add(rivals, { content: plan('rivals', [1], { heldOut: 50 }), facts: {}, faults: 0 }, 1)
    const { topology: _, ...rest } = sampleScenario()
    const started = {
      ...plan('rivals', [7, 8]),
      scenarios: [{ ...rest, format: 'dmro-scenario/1', topology: writeTopology(office()), workload: presetOf('paper', 'workload') }]
    }
    const spec = { ...sampleSpec(), scenario: { ...sampleScenario(), topology: office() } }
    const [first] = before.addExperiment(
      { name: 'rivals', document: { ...started, scenarios: [{ ...started.scenarios[0], objective: undefined }] } },
      [{ spec, totalLearnSteps: 1 }],
      3
    ).runs
    const [other] = before.addExperiment({ name: 'others', document: started }, [{ spec, totalLearnSteps: 1 }], 3).runs
    // What the name "office" meant when they were started is version 1, not what it means now.
    change(before, id, office(16_000), 9)
    before.close()
    const store = older(home)
    expect(store.runs.row(first)?.sources).toEqual({
      topology: { name: 'office', id, version: 1, byContent: true },
      workload: { name: 'paper' },
      experiment: { name: 'rivals', id: rivals, version: 1, byContent: true }
    })
    expect(store.runs.row(other)?.sources?.experiment).toBeUndefined()
    expect(store.library.versions(id).map(({ contentId }) => contentId?.length)).toEqual([16, 16])
    expect(store.verify()).toEqual([])
  })

  it('stay unknown where several versions have their content', () => {
    const home = temporaryHome()
    const before = openedStore(home)
    save(before)
    save(before, office(), 'another')
    const id = run(before)
    before.close()
    expect(sourceOf(older(home), id)).toEqual({ name: 'office' })
  })
})
