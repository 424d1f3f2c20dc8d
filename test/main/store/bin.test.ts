import Database from 'better-sqlite3'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DeletedDocumentError, type Store, tally, UnknownDocumentError, UnknownEntryError } from '../../../src/main/store'
import { migrate } from '../../../src/main/store/migrate'
import { addRuns, openedStore, sampleEvaluation, sampleScenario, sampleSpec, temporaryHome } from './samples'

const DAY = 24 * 3600 * 1000
const NOW = Date.UTC(2026, 10, 30)
const at = (now: number) => ({ now: () => now })
const VIEW = { query: { words: 'gap < 1 %' }, group: 'scenario', sort: { key: 'gap', descending: false } }

function addDocument(store: Store, name: string, kind: 'topology' | 'experiment' = 'topology', content: object = {}): string {
  return store.library.insert({ kind, name, content: { format: `dmro-${kind}/1`, name, ...content }, facts: {}, faults: 0 }, NOW).id
}

/** A run with everything a run can have. */
function wholeRun(store: Store): string {
  const [id] = addRuns(store)
  store.runs.update(id, { status: 'completed', learnSteps: 100, seconds: 2, startedAt: 1, endedAt: 2, latest: { gap: 0.1 } })
  store.curves.append(id, { metric: 'gap', steps: Float64Array.of(0, 50, 100), values: Float64Array.of(1, Number.NaN, 0.1) })
  store.setEvaluation(id, sampleEvaluation())
  store.policies.put(id, Uint8Array.of(1, 2, 3))
  store.checkpoints.put(id, { learnSteps: 50, seconds: 1, state: Uint8Array.of(9, 9) })
  store.log.add(id, { at: 1, level: 'info', text: 'Started.' })
  store.marks.update(id, { tags: ['paper'], note: '**why**', pinned: true })
  store.origins.put(id, { firstId: 'abcdef01', bundle: 'x.dmro', importedAt: 3 })
  return id
}

const allOf = (store: Store, id: string) => ({
  detail: store.detail(id),
  gap: store.curves.read(id, 'gap'),
  evaluation: store.evaluation(id),
  policy: store.policies.get(id),
  checkpoint: store.checkpoints.get(id),
  marks: store.marks.get(id),
  origin: store.origins.get(id)
})

const deleteRuns = (store: Store, ids: readonly string[], now: number) => {
  const deletedAt = store.bin.moment(now)
  for (const id of ids) store.runs.update(id, { deletedAt })
  return store.bin.entryOfRuns(deletedAt)
}

describe('the bin', () => {
  it('gives a run back with everything of it after the lab was opened again, and its place in experiment and comparison', () => {
    const home = temporaryHome()
    const store = openedStore(home, at(NOW))
    const id = wholeRun(store)
    const comparison = store.comparisons.save({ name: 'two', runs: [id], look: {} }, 1)
    const before = allOf(store, id)
    const entry = deleteRuns(store, [id], NOW)
    expect(store.runs.list()).toEqual([])
    expect(store.runs.list()).toEqual([])
    expect(store.runs.ofScenarios([before.detail?.row.scenarioId ?? ''])).toEqual([])
    store.close()
    const again = openedStore(home, at(NOW + DAY))
    expect(again.bin.entries()).toMatchObject([
      { id: entry, kind: 'run', name: 'dmro · seed 1 · one edge', deletedAt: NOW, keptUntil: NOW + 30 * DAY, runs: [id] }
    ])
    expect(again.bin.summary()).toEqual({ count: 1, bytes: again.bin.entries()[0].bytes })
    expect(again.bin.restore([entry])).toEqual([{ id: entry, kind: 'run', name: 'dmro · seed 1 · one edge' }])
    expect(allOf(again, id)).toEqual(before)
    expect(again.comparisons.get(comparison?.id ?? 0)?.runs).toEqual([id])
    expect(again.bin.summary()).toEqual({ count: 0, bytes: 0 })
    expect(again.verify()).toEqual([])
  })

  it('gives documents back with every version and their unsaved edits, comparisons, policies and views as they were', () => {
    const home = temporaryHome()
    const store = openedStore(home, at(NOW))
    const id = addDocument(store, 'house')
    store.library.add(id, { content: { nodes: [1] }, facts: {}, faults: 2, note: 'second' }, NOW)
    store.drafts.put({ id, kind: 'topology', name: 'house', base: 2, content: { name: 'house', nodes: [1, 2] } }, NOW)
    store.drafts.put({ id: 'aaaaaaaa', kind: 'workload', name: 'never saved', content: [] }, NOW)
    const comparison = store.comparisons.save({ name: 'two', note: 'n', runs: ['00000001'], look: {} }, 1)
    const view = store.views.save('mine', VIEW, 1)
    store.keptPolicies.name({ name: 'best', note: 'of all', run: '00000001' }, Uint8Array.of(4, 5), 1)
    const everything = (of: Store) => ({
      cards: of.library.list(),
      versions: of.library.versions(id),
      first: of.library.read(id, 1),
      edits: of.drafts.get(id),
      drafts: of.drafts.list(),
      comparisons: of.comparisons.list(),
      views: of.views.list(),
      policies: of.keptPolicies.list(),
      weights: of.keptPolicies.get(of.keptPolicies.find('best')?.policy ?? '')
    })
    const before = everything(store)
    expect(store.library.remove([id, 'aaaaaaaa'], NOW + 1)).toEqual(['topology', 'workload'])
    store.comparisons.remove(comparison?.id ?? 0, NOW + 2)
    store.views.remove(view.id, NOW + 3)
    store.keptPolicies.remove('best', NOW + 4)
    expect([store.library.list(), store.drafts.list(), store.comparisons.list(), store.views.list(), store.keptPolicies.list()]).toEqual([
      [],
      [],
      [],
      [],
      []
    ])
    store.close()
    const again = openedStore(home, at(NOW + 29 * DAY))
    const entries = again.bin.entries()
    expect(entries.map(({ kind, name, versions, editedAt }) => [kind, name, versions, editedAt])).toEqual([
      ['policy', 'best', undefined, undefined],
      ['view', 'mine', undefined, undefined],
      ['comparison', 'two', undefined, undefined],
      ['topology', 'house', 2, NOW],
      ['workload', 'never saved', 0, NOW]
    ])
    again.bin.restore(entries.map((entry) => entry.id))
    expect(everything(again)).toEqual(before)
    expect(again.verify()).toEqual([])
  })

  it('keeps what was deleted for thirty days and not a day longer, whether the lab is opened or stays open', () => {
    const home = temporaryHome()
    const store = openedStore(home, at(NOW))
    const old = wholeRun(store)
    const young = addDocument(store, 'young')
    deleteRuns(store, [old], NOW)
    store.library.remove([young], NOW + DAY)
    expect(store.bin.purgeOlder(NOW + 30 * DAY - 1).gone).toEqual([])
    store.close()
    const again = openedStore(home, at(NOW + 30 * DAY))
    expect(again.recovery.purged).toHaveLength(1)
    expect(again.runs.state(old)).toBeUndefined()
    expect(() => again.curves.read(old, 'gap')).toThrow()
    expect(again.experiments.get(1)).toBeUndefined()
    expect(again.bin.entries().map(({ name }) => name)).toEqual(['young'])
    expect(again.bin.purgeOlder(NOW + 31 * DAY).gone).toEqual([`topology-${young}`])
    expect(again.bin.summary()).toEqual({ count: 0, bytes: 0 })
    expect(again.verify()).toEqual([])
  })

  it('keeps what one request deleted together, and gives single runs of it back', () => {
    const store = openedStore()
    const ids = addRuns(store, 5)
    for (const id of ids) store.runs.update(id, { status: 'completed' })
    const first = deleteRuns(store, ids.slice(0, 3), NOW)
    const second = deleteRuns(store, ids.slice(3), NOW)
    expect(store.bin.entries().map(({ id, name, runs }) => [id, name, runs])).toEqual([
      [second, 'dmro · seeds 4–5 · one edge', ids.slice(3)],
      [first, 'dmro · seeds 1–3 · one edge', ids.slice(0, 3)]
    ])
    expect(store.bin.restore([ids[1]])).toMatchObject([{ name: 'dmro · seed 2 · one edge' }])
    expect(store.runs.list().map((row) => row.id)).toEqual([ids[1]])
    expect(store.bin.entries().find(({ id }) => id === first)).toMatchObject({ name: 'dmro · 2 runs · one edge', runs: [ids[0], ids[2]] })
    expect(store.bin.runsOf([second, ids[0], 'view-1'])).toEqual([ids[0], ...ids.slice(3)])
  })

  it('restores under another name where the name has been taken since, and says so', () => {
    const store = openedStore()
    const house = addDocument(store, 'House')
    store.drafts.put({ id: house, kind: 'topology', name: 'House', base: 1, content: { name: 'House', nodes: [] } }, 1)
    store.library.remove([house], NOW)
    addDocument(store, 'house')
    addDocument(store, 'House (restored)')
    expect(store.bin.restore([`topology-${house}`])).toEqual([
      { id: `topology-${house}`, kind: 'topology', name: 'House (restored 2)', before: 'House' }
    ])
    expect(store.library.read(house)?.content).toMatchObject({ name: 'House (restored 2)' })
    expect(store.drafts.get(house)).toMatchObject({
      draft: { name: 'House (restored 2)' },
      content: { name: 'House (restored 2)', nodes: [] }
    })
    store.keptPolicies.name({ name: 'best' }, Uint8Array.of(1), 1)
    store.keptPolicies.remove('best', NOW)
    store.keptPolicies.name({ name: 'best' }, Uint8Array.of(2), 2)
    const long = 'x'.repeat(60)
    const view = store.views.save(long, VIEW, 1)
    store.views.remove(view.id, NOW)
    store.views.save(long, VIEW, 2)
    const back = store.bin.restore(store.bin.entries().map(({ id }) => id))
    expect(back.map(({ name }) => name).sort()).toEqual(['best (restored)', `${'x'.repeat(49)} (restored)`])
    expect(store.keptPolicies.get(store.keptPolicies.find('best (restored)')?.policy ?? '')).toEqual(Buffer.of(1))
    expect(store.verify()).toEqual([])
  })

  it('restores all that was asked for or nothing, and says what is not there', () => {
    const store = openedStore()
    const id = addDocument(store, 'house')
    store.library.remove([id], NOW)
    expect(() => store.bin.restore([`topology-${id}`, 'comparison-7'])).toThrow(UnknownEntryError)
    expect(() => store.bin.restore(['nonsense'])).toThrow('nonsense is not in the bin')
    expect(() => store.bin.purge([`topology-${id}`, 'view-9'])).toThrow(UnknownEntryError)
    expect(store.library.list()).toEqual([])
    expect(store.bin.entries()).toHaveLength(1)
  })

  it('is emptied entry by entry or whole, and weights go with the last that needs them', () => {
    const store = openedStore()
    const weights = Uint8Array.of(7, 8)
    store.keptPolicies.name({ name: 'best' }, weights, 1)
    store.keptPolicies.name({ name: 'same' }, weights, 1)
    const policy = store.keptPolicies.find('best')?.policy ?? ''
    const spec = { ...sampleSpec(), initialWeights: { name: 'best', policy } }
    const { runs } = store.addExperiment({ name: 'from best' }, [{ spec, totalLearnSteps: 1 }], 1)
    store.runs.update(runs[0], { status: 'completed' })
    for (const name of ['best', 'same']) store.keptPolicies.remove(name, NOW)
    expect(store.bin.purge(['policy-1', 'policy-2']).gone).toEqual(['policy-1', 'policy-2'])
    expect(store.keptPolicies.get(policy)).toEqual(Buffer.from(weights))
    deleteRuns(store, runs, NOW)
    const { bytes } = store.bin.summary()
    expect(store.bin.purgeAll()).toMatchObject({ bytes, left: [] })
    expect(store.keptPolicies.get(policy)).toBeUndefined()
    expect(store.verify()).toEqual([])
  })

  it('drops no run whose worker has not stopped, and takes one for cancelled that a crash left so', () => {
    const home = temporaryHome()
    const store = openedStore(home, at(NOW))
    const [id] = addRuns(store)
    store.runs.update(id, { status: 'running' })
    const entry = deleteRuns(store, [id], NOW)
    expect(store.bin.purgeAll()).toEqual({ gone: [], bytes: 0, left: [entry] })
    store.close()
    const again = openedStore(home, at(NOW + 1))
    expect(again.recovery.interrupted).toEqual([])
    expect(again.runs.state(id)?.status).toBe('cancelled')
    expect(again.bin.purgeAll().gone).toEqual([entry])
  })

  it('takes a policy whose name is given to another', () => {
    const store = openedStore()
    store.keptPolicies.name({ name: 'best', note: 'old' }, Uint8Array.of(1), 1)
    store.keptPolicies.name({ name: 'best', note: 'same weights' }, Uint8Array.of(1), 2)
    expect(store.bin.entries()).toEqual([])
    store.keptPolicies.name({ name: 'best' }, Uint8Array.of(2), NOW)
    expect(store.bin.restore(store.bin.entries().map(({ id }) => id))).toMatchObject([{ name: 'best (restored)', before: 'best' }])
  })
})

describe('edits of a deleted document', () => {
  it('go and come with it in one piece, and can neither be kept nor seen in between', () => {
    const store = openedStore()
    const id = addDocument(store, 'house')
    const edits = { id, kind: 'topology' as const, name: 'house', base: 1, content: { nodes: [1] } }
    store.drafts.put(edits, 5)
    store.library.remove([id], NOW)
    expect(store.drafts.list()).toEqual([])
    expect(store.drafts.get(id)).toBeUndefined()
    expect(store.drafts.drop(id)).toBe(false)
    expect(() => store.drafts.put({ ...edits, content: {} }, 6)).toThrow(DeletedDocumentError)
    expect(() => store.drafts.assertNotDeleted(id)).toThrow('"house" was deleted; restore it from the bin')
    expect(() => store.library.remove([id], NOW)).toThrow(UnknownDocumentError)
    store.bin.restore([`topology-${id}`])
    expect(store.drafts.get(id)?.content).toEqual({ nodes: [1] })
    expect(store.drafts.put({ ...edits, revision: store.drafts.revision(id) }, 7).editedAt).toBe(7)
  })

  it('are refused where they were never saved and are in the bin, and are gone once that is emptied', () => {
    const store = openedStore()
    const edits = { id: 'aaaaaaaa', kind: 'topology' as const, name: '', content: {} }
    store.drafts.put(edits, 5)
    store.library.remove(['aaaaaaaa'], NOW)
    expect(() => store.drafts.put(edits, 6)).toThrow(DeletedDocumentError)
    expect(store.bin.entries()).toMatchObject([{ id: 'topology-aaaaaaaa', name: 'untitled', versions: 0, editedAt: 5 }])
    store.bin.purgeAll()
    expect(store.bin.entries()).toEqual([])
    expect(store.drafts.get('aaaaaaaa')).toBeUndefined()
  })
})

describe('who uses a thing', () => {
  it('are saved documents that name it, runs of its world or from its weights, comparisons; nothing that is deleted', () => {
    const store = openedStore()
    const plan = (name: string, scenario: object, algorithm: object = {}) =>
      addDocument(store, name, 'experiment', { scenarios: ['one-edge-one-cloud', scenario], algorithms: [{ id: 'dmro', ...algorithm }] })
    const named = plan('by name', { topology: 'One Edge', workload: 'paper' })
    plan('of a set', {}, { environments: { topologies: ['one edge'] }, initialWeights: 'best' })
    plan('embedded', { topology: { name: 'one edge' } })
    const [first, second] = addRuns(store, 2)
    for (const id of [first, second]) store.runs.update(id, { status: 'completed' })
    const { runs } = store.addExperiment(
      { name: 'further' },
      [{ spec: { ...sampleSpec(3), scenario: sampleScenario('elsewhere'), initialWeights: { name: first } }, totalLearnSteps: 1 }],
      1
    )
    store.comparisons.save({ name: 'two', runs: [first, second], look: {} }, 1)
    const usersOf = (kind: 'topology' | 'workload' | 'run' | 'policy', ...names: string[]) => tally(store.uses.read()({ kind, names }))
    expect(usersOf('topology', 'one edge')).toEqual([
      { by: 'experiment', count: 2, names: ['by name', 'of a set'] },
      { by: 'run', count: 2, names: ['dmro · seed 1 · one edge', 'dmro · seed 2 · one edge'] }
    ])
    expect(usersOf('workload', 'paper')).toMatchObject([
      { by: 'experiment', count: 1 },
      { by: 'run', count: 3 }
    ])
    expect(usersOf('policy', 'best')).toEqual([{ by: 'experiment', count: 1, names: ['of a set'] }])
    expect(usersOf('run', first, second)).toEqual([
      { by: 'run', count: 1, names: ['dmro · seed 3 · elsewhere'] },
      { by: 'comparison', count: 1, names: ['two'] }
    ])
    expect(usersOf('run', first, runs[0])).toMatchObject([{ by: 'comparison' }])
    store.library.remove([named], NOW)
    deleteRuns(store, [second], NOW)
    expect(usersOf('topology', 'one edge')).toMatchObject([
      { by: 'experiment', count: 1 },
      { by: 'run', count: 1 }
    ])
  })
})

describe('a lab of before there was a bin', () => {
  it('keeps what was deleted there as entries, names and numbers as they were', () => {
    const home = temporaryHome()
    const sqlite = new Database(join(home, 'lab.sqlite'))
    migrate(sqlite, 6)
    sqlite.exec(`
      insert into document values ('aaaaaaaa', 'topology', 'house', 1, 1, 1, ${NOW});
      insert into document_version values ('aaaaaaaa', 1, null, '{}', 0, 1, 2745614147, '{}');
      insert into draft values ('aaaaaaaa', 'topology', 'house', 1, 1, 2745614147, '{}'), ('bbbbbbbb', 'topology', 'barn', null, 1, 2745614147, '{}');
      insert into comparison (name, runs, look, saved_at, deleted_at) values ('two', '[]', '{}', 1, ${NOW});
      insert into kept_policy values ('${'0'.repeat(64)}', 0, x'', 1);
      insert into policy_name values ('best', '${'0'.repeat(64)}', null, null, 1, ${NOW}), ('other', '${'0'.repeat(64)}', 'n', null, 2, null);
      insert into saved_view (id, name, state, created_at) values (4, 'mine', '{}', 1)`)
    sqlite.close()
    const store = openedStore(home, at(NOW + DAY))
    expect(store.bin.entries().map(({ id, name }) => [id, name])).toEqual([
      ['comparison-1', 'two'],
      ['policy-1', 'best'],
      ['topology-aaaaaaaa', 'house']
    ])
    expect(store.drafts.list().map(({ name }) => name)).toEqual(['barn'])
    expect(store.keptPolicies.list()).toMatchObject([{ name: 'other', note: 'n' }])
    expect(store.views.list()).toEqual([{ id: 4, name: 'mine', state: {} }])
    store.bin.restore(['topology-aaaaaaaa'])
    expect(store.library.read('aaaaaaaa')?.content).toEqual({ name: 'house' })
    expect(store.verify()).toEqual([])
  })
})
