import { presetOf } from '@shared/presets'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Client, HOSTS, type OpenedHost, smallExperiment, refusalOf } from './hosts'

const preset = presetOf('two-edges-two-clouds', 'topology') as { nodes: object[]; links: object[] }
const topology = (more: object = {}) => ({ ...preset, name: 'whatever', ...more })

describe.each(HOSTS)('the library, spoken $name', ({ open }) => {
  let host: OpenedHost
  let client: Client

  beforeAll(async () => {
    host = await open()
    client = host.client
  })
  afterAll(() => host.close())

  it('saves, lists and reads, counting what a document holds and what is wrong with it', async () => {
    const card = await client.library.save({ kind: 'topology', name: ' my house ', content: topology() })
    expect(card).toMatchObject({ name: 'my house', version: 1, faults: 0, facts: { devices: 1, edges: 2, clouds: 2, links: 10 } })
    const next = await client.library.save({
      id: card.id,
      kind: 'topology',
      name: 'my house',
      content: topology({ links: [{ from: 'device', to: 'nowhere', bandwidthMBps: 0 }] }),
      base: 1
    })
    expect(next).toMatchObject({ id: card.id, version: 2, faults: 2, facts: { links: 1 } })
    expect(await client.library.list({ kind: 'topology' })).toEqual([next])
    expect(await client.library.list({ kind: 'workload' })).toEqual([])
    expect((await client.library.read({ id: card.id, version: 1 })).content).toEqual({ ...topology(), name: 'my house' })
    expect((await client.library.revert({ id: card.id, version: 1 })).version).toBe(3)
    expect((await client.library.versions({ id: card.id })).map((row) => [row.version, row.note, row.faults])).toEqual([
      [3, 'version 1 again', 0],
      [2, undefined, 2],
      [1, undefined, 0]
    ])
  })

  it('refuses to save over what someone else has saved since, unless asked to', async () => {
    const [card] = await client.library.list({ kind: 'topology' })
    const save = { id: card.id, kind: 'topology' as const, name: card.name, content: topology() }
    expect(await refusalOf(client.library.save({ ...save, base: 1 }))).toMatchObject({ code: 'STALE', data: { version: 3 } })
    expect((await client.library.save(save)).version).toBe(4)
  })

  it('refuses names that stand for something else already', async () => {
    const save = (name: string) => client.library.save({ kind: 'topology', name, content: topology() })
    expect((await refusalOf(save('My House'))).code).toBe('NAME_TAKEN')
    expect((await refusalOf(save('one-edge-one-cloud'))).code).toBe('NAME_TAKEN')
    const [card] = await client.library.list({ kind: 'topology' })
    expect((await refusalOf(client.library.rename({ id: card.id, name: 'two-edges-two-clouds' }))).code).toBe('NAME_TAKEN')
  })

  it('refuses what is not a document of its kind, and keeps nothing', async () => {
    for (const content of [null, 5, [], 'text', {}, { format: 'dmro-workload/1' }]) {
      expect((await refusalOf(client.library.save({ kind: 'topology', name: 'bad', content }))).code).toBe('INVALID')
    }
    expect((await refusalOf(client.library.save({ kind: 'topology', name: ' ', content: topology() }))).code).toBe('BAD_REQUEST')
    expect(await client.library.list({ kind: 'topology' })).toHaveLength(1)
  })

  it('lets documents and experiments name what is kept, as they name a preset', async () => {
    const scenario = { format: 'dmro-scenario/1', name: 'home', topology: 'my house', workload: 'paper' }
    const optimum = await client.assessments.optimum({ scenario: { document: scenario } })
    const known = await client.assessments.optimum({ scenario: { preset: 'two-edges-two-clouds' } })
    expect(optimum.total.cost).toBe(known.total.cost)
    const content = { ...(smallExperiment() as object), algorithms: [{ id: 'optimum' }], scenarios: [scenario] }
    const card = await client.library.save({ kind: 'experiment', name: 'my plan', content })
    expect(card).toMatchObject({ faults: 0, facts: { scenarios: 1, algorithms: 1, seeds: 1 } })
    const started = await client.experiments.start({ source: { preset: 'my plan' } })
    expect(started.name).toBe('my plan')
    expect((await refusalOf(client.experiments.start({ source: { preset: 'my plot' } }))).message).toContain('my plan')
  }, 60_000)

  it('duplicates, removes and brings back', async () => {
    const [house] = await client.library.list({ kind: 'topology' })
    const copy = await client.library.duplicate({ id: house.id })
    expect(copy).toMatchObject({ name: 'my house copy', version: 1, facts: house.facts })
    expect((await client.library.duplicate({ id: house.id })).name).toBe('my house copy 2')
    expect((await client.library.read({ id: copy.id })).content).toEqual({ ...topology(), name: 'my house copy' })
    const { bin } = await client.library.remove({ ids: [copy.id] })
    expect((await refusalOf(client.library.read({ id: copy.id }))).code).toBe('NOT_FOUND')
    expect((await refusalOf(client.library.save({ id: copy.id, kind: 'topology', name: 'x', content: topology() }))).code).toBe('DELETED')
    await client.bin.restore({ ids: bin })
    expect((await client.library.read({ id: copy.id })).card.name).toBe('my house copy')
  })

  it('keeps unsaved edits until they are saved under their own id', async () => {
    const id = 'cafe0001'
    await client.library.keepDraft({ id, kind: 'topology', name: 'half a house', content: { nodes: [{ id: 'a' }] } })
    expect(await client.library.drafts({ kind: 'topology' })).toMatchObject([{ id, name: 'half a house' }])
    expect((await client.library.draft({ id }))?.content).toEqual({ nodes: [{ id: 'a' }] })
    expect(await client.library.draft({ id: 'cafe0002' })).toBeNull()
    const card = await client.library.save({ id, kind: 'topology', name: 'half a house', content: topology({ nodes: [] }) })
    expect(card.id).toBe(id)
    expect(await client.library.drafts({})).toEqual([])
  })

  it('refuses to write over edits that the writer has not seen, and says which are kept', async () => {
    const draft = { id: 'cafe0004', kind: 'topology' as const, name: 'two windows', content: topology() }
    const { revision } = await client.library.keepDraft(draft)
    const changed = { code: 'CHANGED', data: { revision } }
    expect(await refusalOf(client.library.keepDraft({ ...draft, content: {} }))).toMatchObject(changed)
    expect(await refusalOf(client.library.keepDraft({ ...draft, content: {}, revision: revision - 1 }))).toMatchObject(changed)
    expect(await refusalOf(client.library.dropDraft({ id: draft.id, revision: revision - 1 }))).toMatchObject(changed)
    // A version of one window would take the other's edits with it.
    expect(await refusalOf(client.library.save({ ...draft, draft: null }))).toMatchObject(changed)
    expect(await client.library.open({ id: draft.id })).toMatchObject({
      draft: { content: topology(), draft: { revision } },
      isDeleted: false
    })
    await client.library.save({ ...draft, draft: revision })
    expect(await client.library.open({ id: draft.id })).toMatchObject({ saved: { card: { version: 1 } }, isDeleted: false })
    const typed = { field: 'note/cafe0004', content: 'one window' }
    const kept = await client.typed.keep(typed)
    expect(await refusalOf(client.typed.keep({ ...typed, content: 'another' }))).toMatchObject({
      code: 'CHANGED',
      data: { revision: kept.revision }
    })
    expect(await client.typed.get({ field: typed.field })).toEqual(kept)
    await client.typed.drop({ field: typed.field, revision: kept.revision })
    expect(await client.typed.list({})).toEqual([])
  })

  it('keeps the edits of a deleted document with it, and brings both back', async () => {
    const id = 'cafe0004'
    await client.library.keepDraft({ id, kind: 'topology', name: 'edited', content: { nodes: [] }, base: 1 })
    const { bin } = await client.library.remove({ ids: [id] })
    expect((await client.library.drafts({})).filter((draft) => draft.id === id)).toEqual([])
    expect(await client.library.open({ id })).toEqual({ isDeleted: true })
    await client.bin.restore({ ids: bin })
    expect(await client.library.open({ id })).toMatchObject({
      saved: { card: { version: 1 } },
      draft: { content: { nodes: [] } },
      isDeleted: false
    })
    await client.library.dropDraft({ id })
    await client.library.remove({ ids: [id] })
  })

  it('tells open pages what has changed, and stops when they leave', async () => {
    const abort = new AbortController()
    const stream = await client.library.changes({}, { signal: abort.signal })
    expect((await stream.next()).value).toEqual({ documents: [], drafts: [], typed: [] })
    const [card] = await client.library.list({ kind: 'topology' })
    await client.library.rename({ id: card.id, name: 'renamed' })
    await client.library.keepDraft({ id: 'cafe0003', kind: 'workload', name: '', content: {} })
    await client.typed.keep({ field: 'tag/x', content: 'half' })
    expect((await stream.next()).value).toEqual({ documents: [card.id], drafts: ['cafe0003'], typed: ['tag/x'] })
    expect(host.lab.liveStreams).toBe(1)
    abort.abort()
    // The stream was just ended.
    await stream.next().catch(() => {})
    await expect.poll(() => host.lab.liveStreams).toBe(0)
  })
})
