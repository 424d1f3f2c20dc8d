import Database from 'better-sqlite3'
import { is } from 'drizzle-orm'
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { describe, expect, it } from 'vitest'
import { migrate, MIGRATIONS, schemaText, schemaVersion } from '../../../src/main/store/migrate'
import * as schema from '../../../src/main/store/schema'

interface ColumnInfo {
  name: string
  type: string
  notnull: number
  pk: number
}

const sqlite = new Database(':memory:')
migrate(sqlite)
const tables = Object.values(schema).flatMap((each) => (is(each, SQLiteTable) ? [each] : []))

describe('the tables as code sees them', () => {
  it('are all tables the migrations leave, and no other', () => {
    const made = sqlite
      .prepare<[], string>("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'")
      .pluck()
      .all()
    expect(tables.map((table) => getTableConfig(table).name).sort()).toEqual(made.sort())
  })

  it.each(tables.map((table) => [getTableConfig(table).name, table] as const))(
    'have the columns of %s: name, type, whether it may be null',
    (name, table) => {
      const columns = sqlite.prepare<[], ColumnInfo>(`pragma table_info(${name})`).all()
      const made = columns.map((column) => [column.name, column.type.toLowerCase(), column.notnull === 1])
      const declared = getTableConfig(table).columns.map((column) => [column.name, column.getSQLType(), column.notNull || column.primary])
      expect(declared).toEqual(made)
    }
  )
})

describe('a migration', () => {
  it('that cannot be finished leaves the database as it was, however far it had come', () => {
    const old = new Database(':memory:')
    migrate(old, 6)
    const before = schemaText(old)
    const unfinished = () =>
      migrate(old, MIGRATIONS.length, MIGRATIONS, () => {
        throw new Error('no room')
      })
    expect(unfinished).toThrow('no room')
    expect([schemaVersion(old), schemaText(old)]).toEqual([6, before])
    migrate(old)
    expect(schemaVersion(old)).toBe(MIGRATIONS.length)
    old.close()
  })
})
