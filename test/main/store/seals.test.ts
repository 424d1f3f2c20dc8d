import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { DamagedStoreError, openStore, type Store } from '../../../src/main/store'
import { provideSeals, SEALED } from '../../../src/main/store/seals'
import { everything, expectRightOrSaid, fillStore } from './filled'
import { temporaryHome } from './samples'

const filledHome = () => fillStore(temporaryHome())

/** A value with a bit of it flipped, of the same type. */
function changed(value: unknown): unknown {
  if (typeof value !== 'string') return typeof value === 'number' ? value ^ 2 : 1
  const at = value.length >> 1
  return value.slice(0, at) + String.fromCharCode(value.charCodeAt(at) ^ 1) + value.slice(at + 1)
}

const tables = Object.keys(SEALED)

describe('a row that is shown', () => {
  it('is there in every sealed table, and sound', () => {
    const { home } = filledHome()
    const store = openStore(home)
    expect(store.verify()).toEqual([])
    expect(store.damagedRows()).toEqual([])
    store.close()
    const sqlite = new Database(join(home, 'lab.sqlite'), { readonly: true })
    for (const table of tables) {
      expect(sqlite.prepare(`select count(*) from ${table}`).pluck().get(), table).toBeGreaterThan(0)
      expect(sqlite.prepare(`select count(*) from ${table} where seal is null`).pluck().get(), table).toBe(0)
    }
    sqlite.close()
  })

  it('has a seal over every column but those with a checksum of their own', () => {
    const own = new Set([
      'scenario.document',
      'experiment.document',
      'experiment.document_seal',
      'document_version.content',
      'draft.content'
    ])
    const sqlite = new Database(join(filledHome().home, 'lab.sqlite'), { readonly: true })
    const shown = sqlite
      .prepare<[], { name: string }>("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'")
      .all()
    // These hold numbers or weights with checksums, and the run its own seal.
    expect(shown.map(({ name }) => name).sort()).toEqual(
      [...tables, 'run', 'chunk', 'checkpoint', 'policy', 'kept_policy', 'evaluation_values'].sort()
    )
    for (const table of tables) {
      const columns = sqlite.prepare<[], { name: string }>(`pragma table_info(${table})`).all()
      const bare = columns.map(({ name }) => name).filter((name) => name !== 'seal' && !own.has(`${table}.${name}`))
      expect(SEALED[table].toSorted(), table).toEqual(bare.sort())
    }
    sqlite.close()
  })

  it.each(tables.flatMap((table) => SEALED[table].map((column) => [table, column] as const)))(
    'of %s that is changed in %s is told, and not shown as right',
    (table, column) => {
      const filled = filledHome()
      const { home } = filled
      const path = join(home, 'lab.sqlite')
      const before = openStore(home, { mode: 'read' })
      const right = everything(before, filled)
      before.close()
      const sqlite = new Database(path)
      // As a flipped bit does it: behind the back of triggers, checks and keys.
      sqlite.pragma('foreign_keys = OFF')
      sqlite.pragma('ignore_check_constraints = ON')
      sqlite.function('row_seal', { varargs: true }, () => null)
      sqlite.function('changed', changed)
      sqlite.exec(`update ${table} set ${column} = changed(${column})`)
      sqlite.close()
      let store: Store
      try {
        store = openStore(home)
      } catch (error) {
        // A check of the table or a key has found it already; the file is kept.
        expect(error).toBeInstanceOf(DamagedStoreError)
        return
      }
      const found = store.verify().filter((finding) => finding.includes('checksum') || finding.includes('owner'))
      expect(found).not.toEqual([])
      if (table !== 'log') expect(store.damagedRows()).not.toEqual([])
      // Whatever is shown is what was right, or says that it is damaged.
      const shown = everything(store, filled)
      expectRightOrSaid(shown, right)
      store.close()
    }
  )

  it('has no name for the parts of a damaged scenario, and says why', () => {
    const { home, id } = filledHome()
    const sqlite = new Database(join(home, 'lab.sqlite'))
    provideSeals(sqlite)
    sqlite.exec("update scenario set document = replace(document, 'paper', 'pbper')")
    sqlite.close()
    const store = openStore(home)
    expect(store.runs.row(id)?.sources?.workload).toEqual({ name: '(damaged)' })
    expect(store.verify()).toEqual([expect.stringMatching(/^The stored scenario .* is damaged/)])
    store.close()
  })

  it('that is damaged is not made to look sound by the next write', () => {
    const { home } = filledHome()
    const sqlite = new Database(join(home, 'lab.sqlite'))
    provideSeals(sqlite)
    sqlite.exec('update comparison set seal = seal + 1')
    sqlite.close()
    const store = openStore(home)
    expect(store.comparisons.list()).toEqual([])
    store.comparisons.remove(1, 5)
    expect(store.verify()).toEqual(['Saved comparison 1 is damaged: the checksum does not match.'])
    store.close()
  })

  it('may hold what UTF-8 cannot, and stays sound', () => {
    const { home, id } = filledHome()
    const store = openStore(home)
    const odd = 'half a pair \ud800 and \0'
    store.marks.update(id, { note: odd })
    store.log.add(id, { at: 2, level: 'info', text: odd })
    store.runs.update(id, { message: odd })
    expect(store.verify()).toEqual([])
    expect(store.runs.row(id)?.status).not.toBe('failed')
    store.close()
  })
})
