import { describe, expect, it } from 'vitest'
import { addRuns, openedStore, temporaryHome } from './samples'

describe('what is noted down about runs', () => {
  it('stands in their rows, sorted and once, and survives closing', () => {
    const home = temporaryHome()
    const store = openedStore(home)
    const [a, b] = addRuns(store, 2)
    store.marks.update(a, { tags: ['paper', 'a', 'paper'], note: '**why**', pinned: true })
    store.marks.update(a, { priority: -1 })
    store.close()
    const again = openedStore(home)
    expect(again.runs.row(a)).toMatchObject({ tags: ['a', 'paper'], note: '**why**', pinned: true, priority: -1 })
    const plain = again.runs.row(b)
    expect(['tags', 'note', 'pinned', 'archived', 'priority'].filter((key) => plain && key in plain)).toEqual([])
    expect(again.verify()).toEqual([])
  })

  it('can be taken back, leaving nothing', () => {
    const store = openedStore()
    const [id] = addRuns(store)
    store.marks.update(id, { tags: ['x'], note: 'y', pinned: true, archived: true, priority: 1 })
    store.marks.update(id, { tags: [], note: null, pinned: false, archived: false, priority: 0 })
    expect(store.marks.get(id)).toEqual({})
  })

  it('goes with a run that is purged', () => {
    const home = temporaryHome()
    const store = openedStore(home)
    const [id] = addRuns(store)
    store.marks.update(id, { tags: ['x'] })
    store.runs.update(id, { status: 'cancelled', deletedAt: 1 })
    store.close()
    const again = openedStore(home)
    expect(again.recovery.purged).toHaveLength(1)
    expect(() => again.marks.get(id)).toThrow()
  })
})

describe('saved views', () => {
  const state = { query: { words: 'gap < 1 %' }, group: 'scenario', columns: ['gap'], sort: { key: 'gap', descending: false } }

  it('are kept by name, replaced by the same name, and removed', () => {
    const home = temporaryHome()
    const store = openedStore(home)
    const first = store.views.save('mine', state, 1)
    store.views.save('other', state, 2)
    expect(store.views.save('mine', { ...state, group: 'algorithm' }, 3).id).toBe(first.id)
    store.views.keepLast(state)
    store.views.keepLast({ ...state, group: 'experiment' })
    store.close()
    const again = openedStore(home)
    expect(again.views.list().map(({ name, state: { group } }) => [name, group])).toEqual([
      ['mine', 'algorithm'],
      ['other', 'scenario']
    ])
    expect(again.views.last()?.group).toBe('experiment')
    expect(again.views.remove(first.id, 5)).toBe(true)
    expect(again.views.remove(first.id, 6)).toBe(false)
  })
})
