import { entryOfDocument } from '@shared/bin'
import Database from 'better-sqlite3'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { NewDocument } from '../../../src/main/store/library'
import { NameTakenError, StaleEditError, UnknownDocumentError } from '../../../src/main/store'
import { MIGRATIONS, migrate } from '../../../src/main/store/migrate'
import { openedStore, temporaryHome } from './samples'

function house(name = 'house', more: Partial<NewDocument> = {}): NewDocument {
  return {
    kind: 'topology',
    name,
    content: { format: 'dmro-topology/1', name, nodes: [], links: [] },
    facts: { devices: 0 },
    faults: 1,
    ...more
  }
}

describe('the library', () => {
  it('keeps every save as a version and gives each back as it was', () => {
    const { library } = openedStore()
    const { id } = library.insert(house(), 1000)
    const second = library.add(id, { content: { nodes: [1] }, facts: { devices: 1 }, faults: 0, note: 'imported' }, 2000)
    expect(second).toEqual({
      id,
      kind: 'topology',
      name: 'house',
      version: 2,
      createdAt: 1000,
      savedAt: 2000,
      facts: { devices: 1 },
      faults: 0
    })
    expect(library.versions(id)).toEqual([
      { version: 2, savedAt: 2000, note: 'imported', facts: { devices: 1 }, faults: 0 },
      { version: 1, savedAt: 1000, facts: { devices: 0 }, faults: 1 }
    ])
    expect(library.read(id, 1)?.content).toEqual(house().content)
    expect(library.read(id)?.content).toEqual({ name: 'house', nodes: [1] })
    expect(library.read(id, 3)).toBeUndefined()
  })

  it('calls the content of every version as the document is called now', () => {
    const { library } = openedStore()
    const { id } = library.insert(house(), 1)
    library.rename(id, 'mansion', 2)
    expect(library.read(id, 1)?.content).toMatchObject({ name: 'mansion' })
    expect(library.named('Mansion', 'topology')?.id).toBe(id)
    expect(library.named('house', 'topology')).toBeUndefined()
  })

  it('lets no two documents of one kind be called the same, whatever their case', () => {
    const { library } = openedStore()
    const { id } = library.insert(house(), 1)
    expect(() => library.insert(house('HOUSE'), 1)).toThrow(NameTakenError)
    expect(library.insert(house('House', { kind: 'workload' }), 1).kind).toBe('workload')
    const other = library.insert(house('barn'), 1)
    expect(() => library.rename(other.id, 'house', 2)).toThrow(NameTakenError)
    expect(() => library.add(other.id, house('house'), 2, 'House')).toThrow(NameTakenError)
    expect(library.card(other.id)?.version).toBe(1)
    expect(library.rename(id, 'House', 3).name).toBe('House')
    expect(library.freeName('topology', 'house')).toBe('house 2')
    expect(library.list('topology').map((card) => card.name)).toEqual(['barn', 'House'])
  })

  it('removes all of a request or none', () => {
    const { library } = openedStore()
    const { id } = library.insert(house(), 1)
    expect(() => library.remove([id, '00000000'], 2)).toThrow(UnknownDocumentError)
    expect(library.list()).toHaveLength(1)
  })

  it('says which version is damaged and gives the others', () => {
    const home = temporaryHome()
    const store = openedStore(home)
    const { id } = store.library.insert(house(), 1)
    store.library.add(id, house(), 2)
    store.close()
    const sqlite = new Database(join(home, 'lab.sqlite'))
    sqlite.prepare(`update document_version set content = '{"nodes":[9]}' where version = 2`).run()
    sqlite.close()
    const again = openedStore(home)
    expect(() => again.library.read(id)).toThrow('Version 2 of "house" is damaged')
    expect(again.library.read(id, 1)?.content).toEqual(house().content)
    expect(again.verify()).toEqual([`Version 2 of document ${id} is damaged: its checksum does not match.`])
  })
})

describe('unsaved edits', () => {
  it('are there after the lab was closed, the last of each document', () => {
    const home = temporaryHome()
    const store = openedStore(home)
    const { revision } = store.drafts.put({ id: 'aaaaaaaa', kind: 'topology', name: 'new', content: { nodes: [] } }, 1)
    store.drafts.put({ id: 'aaaaaaaa', kind: 'topology', name: 'newer', base: 2, content: { nodes: [1] }, revision }, 2)
    store.drafts.put({ id: 'bbbbbbbb', kind: 'workload', name: 'evening', content: [] }, 3)
    store.close()
    const { drafts } = openedStore(home)
    expect(drafts.list('topology')).toEqual([
      { id: 'aaaaaaaa', kind: 'topology', name: 'newer', base: 2, editedAt: 2, revision: expect.any(Number) }
    ])
    expect(drafts.get('aaaaaaaa')).toEqual({ draft: drafts.list('topology')[0], content: { nodes: [1] } })
    expect(drafts.list()).toHaveLength(2)
    expect(drafts.drop('aaaaaaaa')).toBe(true)
    expect(drafts.drop('aaaaaaaa')).toBe(false)
    expect(drafts.get('aaaaaaaa')).toBeUndefined()
  })

  const edits = (content: unknown, revision?: number) => ({
    id: 'aaaaaaaa',
    kind: 'topology' as const,
    name: 'a',
    content,
    ...(revision !== undefined && { revision })
  })

  it('are replaced only by a writer that has seen them', () => {
    const { drafts } = openedStore()
    const first = drafts.put(edits(1), 1)
    const second = drafts.put(edits(2, first.revision), 2)
    expect(second.revision).toBeGreaterThan(first.revision)
    for (const revision of [undefined, first.revision, second.revision + 1]) {
      expect(() => drafts.put(edits(3, revision), 3)).toThrow(StaleEditError)
      if (revision !== undefined) expect(() => drafts.drop('aaaaaaaa', revision)).toThrow(StaleEditError)
    }
    expect(drafts.get('aaaaaaaa')?.content).toBe(2)
  })

  it('that were begun again are none of before, whatever the clock says', () => {
    const home = temporaryHome()
    const store = openedStore(home)
    const before = store.drafts.put(edits(1), 5000)
    store.drafts.drop('aaaaaaaa')
    const after = store.drafts.put(edits(2), 1)
    expect(() => store.drafts.put(edits(3, before.revision), 1)).toThrow(StaleEditError)
    store.close()
    // After a restart with a clock that was set back, too.
    const again = openedStore(home)
    expect(again.drafts.put(edits(3, after.revision), 1).revision).toBeGreaterThan(after.revision)
  })

  it('of a lab from before revisions are kept, and can be gone on with', () => {
    const home = temporaryHome()
    openedStore(home).close()
    const file = join(home, 'lab.sqlite')
    rmSync(file)
    const sqlite = new Database(file)
    migrate(
      sqlite,
      MIGRATIONS.findIndex((statements) => statements.includes('create table typed'))
    )
    sqlite
      .prepare("insert into draft (id, kind, name, edited_at, crc, content) values ('aaaaaaaa', 'topology', 'old', 1, ?, '{}')")
      .run(crc32('{}'))
    sqlite.close()
    const { drafts } = openedStore(home)
    const [old] = drafts.list()
    expect(old).toMatchObject({ name: 'old', revision: 0 })
    expect(() => drafts.put(edits(1), 2)).toThrow(StaleEditError)
    expect(drafts.put(edits(1, old.revision), 2).revision).toBeGreaterThan(0)
  })

  it('of a deleted document wait out of sight and come back with it and all its versions', () => {
    const { library, drafts, bin } = openedStore()
    const { id } = library.insert(house(), 1)
    library.add(id, house(), 2)
    drafts.put({ ...edits({ nodes: [7] }), id, base: 2 }, 3)
    library.remove([id], 4)
    expect(drafts.list()).toEqual([])
    bin.restore([entryOfDocument('topology', id)])
    expect(drafts.list()).toMatchObject([{ id, base: 2 }])
    expect(drafts.get(id)?.content).toEqual({ nodes: [7] })
    expect(library.versions(id)).toHaveLength(2)
  })
})

describe('text that was typed and not handed in', () => {
  it('is there after the lab was closed, by field, until it is dropped', () => {
    const home = temporaryHome()
    const store = openedStore(home)
    const { revision } = store.typed.put({ field: 'note/0a1b2c3d', content: 'half', base: 'whole' }, 1)
    const last = store.typed.put({ field: 'note/0a1b2c3d', content: 'half a thought', base: 'whole', revision }, 2)
    store.close()
    const { typed } = openedStore(home)
    expect(typed.list()).toEqual([
      { field: 'note/0a1b2c3d', content: 'half a thought', base: 'whole', editedAt: 2, revision: last.revision }
    ])
    expect(typed.drop('note/0a1b2c3d', last.revision)).toBe(true)
    expect(typed.drop('note/0a1b2c3d')).toBe(false)
    expect(typed.get('note/0a1b2c3d')).toBeUndefined()
  })

  it('is replaced only by a writer that has seen it', () => {
    const { typed } = openedStore()
    const { revision } = typed.put({ field: 'tag/x', content: 'a' }, 1)
    expect(() => typed.put({ field: 'tag/x', content: 'b' }, 2)).toThrow(StaleEditError)
    expect(() => typed.drop('tag/x', revision - 1)).toThrow(StaleEditError)
    expect(typed.get('tag/x')?.content).toBe('a')
  })
})

describe('a lab of before there was a library', () => {
  it('is brought up to date with all its runs', async () => {
    const { migrate } = await import('../../../src/main/store/migrate')
    const home = temporaryHome()
    const sqlite = new Database(join(home, 'lab.sqlite'))
    migrate(sqlite, 1)
    sqlite.prepare(`insert into experiment (name, created_at) values ('old', 1)`).run()
    sqlite.close()
    const store = openedStore(home)
    expect(store.experiments.get(1)?.name).toBe('old')
    expect(store.library.list()).toEqual([])
  })
})
