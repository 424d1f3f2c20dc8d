import { presetOf } from '@shared/presets'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { openLab } from '../../../src/main/api'
import { openStore } from '../../../src/main/store'
import { addRuns, openedStore, temporaryHome } from '../store/samples'
import { type Client, HOSTS, type OpenedHost, refusalOf } from './hosts'

const DAY = 24 * 3600 * 1000
const topology = (name: string) => ({ ...(presetOf('two-edges-two-clouds', 'topology') as object), name })
const plan = (name: string, topologyName: string) => ({
  format: 'dmro-experiment/1',
  name,
  scenarios: [{ format: 'dmro-scenario/1', name: 'home', topology: topologyName, workload: 'paper' }],
  algorithms: [{ id: 'optimum' }],
  seeds: [1]
})

describe.each(HOSTS)('the bin, spoken $name', ({ open }) => {
  let host: OpenedHost
  let client: Client

  beforeAll(async () => {
    host = await open()
    client = host.client
  })
  afterAll(() => host.close())

  it('tells who uses a thing before it is deleted and afterwards, and of no users that are deleted', async () => {
    const card = await client.library.save({ kind: 'topology', name: 'house', content: topology('house') })
    const experiment = await client.library.save({ kind: 'experiment', name: 'evening', content: plan('evening', 'House') })
    const used = [{ by: 'experiment', count: 1, names: ['evening'] }]
    expect(await client.bin.uses({ kind: 'topology', ids: [card.id] })).toEqual(used)
    const { bin } = await client.library.remove({ ids: [card.id] })
    expect(bin).toEqual([`topology-${card.id}`])
    const { entries, bytes } = await client.bin.list({})
    expect(entries).toMatchObject([{ id: bin[0], kind: 'topology', name: 'house', versions: 1, usedBy: used }])
    expect(entries[0].keptUntil - entries[0].deletedAt).toBe(30 * DAY)
    expect(await client.bin.summary({})).toEqual({ count: 1, bytes })
    // The name means the one that has it now.
    const heir = await client.library.save({ kind: 'topology', name: 'HOUSE', content: topology('HOUSE') })
    expect((await client.bin.list({})).entries[0].usedBy).toEqual([])
    expect(await client.bin.restore({ ids: bin })).toEqual({
      restored: [{ id: bin[0], kind: 'topology', name: 'house (restored)', before: 'house' }]
    })
    await client.library.remove({ ids: [experiment.id] })
    expect(await client.bin.uses({ kind: 'topology', ids: [heir.id] })).toEqual([])
    await client.bin.empty({})
  })

  it('refuses edits of what is in it, and gives them back as they were', async () => {
    const card = await client.library.save({ kind: 'topology', name: 'barn', content: topology('barn') })
    const edits = { id: card.id, kind: 'topology' as const, name: 'barn', base: 1, content: { nodes: [] } }
    await client.library.keepDraft(edits)
    const { bin } = await client.library.remove({ ids: [card.id] })
    expect(await client.library.drafts({})).toEqual([])
    expect(await refusalOf(client.library.keepDraft({ ...edits, content: {} }))).toMatchObject({ code: 'DELETED', data: { id: card.id } })
    expect((await refusalOf(client.library.save({ ...edits, content: topology('barn') }))).code).toBe('DELETED')
    await client.bin.restore({ ids: bin })
    expect((await client.library.draft({ id: card.id }))?.content).toEqual({ nodes: [] })
    await client.library.remove({ ids: [card.id] })
    await client.bin.empty({ ids: bin })
    expect((await client.library.keepDraft(edits)).id).toBe(card.id)
    await client.library.dropDraft({ id: card.id })
  })

  it('says what is not in it, and does nothing then', async () => {
    const view = await client.views.save({ name: 'mine', state: { query: {}, group: 'scenario', sort: { key: 'gap', descending: false } } })
    const { bin } = await client.views.remove({ id: view.id })
    expect(await refusalOf(client.bin.restore({ ids: [bin, 'policy-7'] }))).toMatchObject({
      code: 'NOT_FOUND',
      data: { ids: ['policy-7'] }
    })
    expect((await refusalOf(client.bin.empty({ ids: ['00000000', bin] }))).code).toBe('NOT_FOUND')
    expect((await client.bin.list({})).entries).toMatchObject([{ id: bin, name: 'mine' }])
    expect(await client.bin.empty({ olderThanDays: 1 })).toEqual({ gone: [], bytes: 0, left: [] })
    expect((await client.bin.empty({})).gone).toEqual([bin])
    expect((await refusalOf(client.bin.restore({ ids: [bin] }))).message).toContain('restored, or deleted for good')
  })

  it('tells open pages when something comes or goes', async () => {
    const abort = new AbortController()
    const stream = await client.library.changes({}, { signal: abort.signal })
    await stream.next()
    const view = await client.views.save({
      name: 'other',
      state: { query: {}, group: 'scenario', sort: { key: 'gap', descending: false } }
    })
    const { bin } = await client.views.remove({ id: view.id })
    expect((await stream.next()).value).toEqual({ documents: [], typed: [], drafts: [], bin: true })
    await client.bin.restore({ ids: [bin] })
    expect((await stream.next()).value).toEqual({ documents: [], typed: [], drafts: [], bin: true })
    abort.abort()
    // The stream was just ended.
    await stream.next().catch(() => {})
  })
})

describe('a lab that stays open', () => {
  afterEach(() => vi.useRealTimers())

  it('goes through its bin once a day and keeps what has not had its time', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    let now = Date.UTC(2026, 0, 1)
    const store = openStore(temporaryHome(), { now: () => now })
    const lab = openLab({ store, spawnWorker: () => Promise.reject(new Error('nothing trains here')) as never, now: () => now })
    const views = ['first', 'second'].map((name) =>
      store.views.save(name, { query: {}, group: '', sort: { key: 'gap', descending: true } }, now)
    )
    store.views.remove(views[0].id, now)
    store.views.remove(views[1].id, now + DAY)
    const names = () => store.bin.entries().map(({ name }) => name)
    now += 29 * DAY
    vi.advanceTimersByTime(DAY)
    expect(names()).toEqual(['second', 'first'])
    now += DAY
    vi.advanceTimersByTime(DAY)
    expect(names()).toEqual(['second'])
    await lab.close()
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('deleted runs', () => {
  it('are listed as one entry a request and come back to everyone who follows runs', async () => {
    const store = openedStore()
    const lab = openLab({ store, spawnWorker: () => Promise.reject(new Error('nothing trains here')) as never })
    const ids = addRuns(store, 3)
    for (const id of ids) store.runs.update(id, { status: 'completed' })
    const { directClient } = await import('../../../src/main/api')
    const client = directClient(lab)
    const first = await client.runs.remove({ ids: ids.slice(0, 2) })
    const second = await client.runs.remove({ ids: ids.slice(2) })
    expect(first.bin).not.toBe(second.bin)
    expect((await client.bin.list({})).entries.map(({ id, runs }) => [id, runs])).toEqual(
      expect.arrayContaining([
        [first.bin, ids.slice(0, 2)],
        [second.bin, ids.slice(2)]
      ])
    )
    const told: string[] = []
    lab.supervisor?.subscribe({ onEvent: ({ rows }) => void told.push(...rows.map(({ id }) => id)), onClose: () => {} })
    await client.bin.restore({ ids: [ids[2], first.bin] })
    expect(told.sort()).toEqual([...ids].sort())
    expect((await client.runs.list({})).map(({ id }) => id)).toEqual(ids)
    await lab.close()
  })
})
