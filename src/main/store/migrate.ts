import Database from 'better-sqlite3'
import { provideSeals } from './seals'

/** 'DMRO', set by the first migration. */
export const APPLICATION_ID = 1145917007

const files: Record<string, string> = import.meta.glob('./migrations/*.sql', { query: '?raw', import: 'default', eager: true })

/** The migrations in order; the n-th leads from schema n − 1 to schema n. */
export const MIGRATIONS: readonly string[] = Object.keys(files)
  .sort()
  .map((name) => files[name])

export function schemaVersion(sqlite: Database.Database): number {
  return Number(sqlite.pragma('user_version', { simple: true }))
}

/**
 * Brings a database up to `target` in one transaction: whatever ends it, the database is what it was or up to date. `finish` adds what
 * statements alone cannot, in the same transaction. Throws SQLite's error, or what `finish` throws, everything undone.
 */
export function migrate(sqlite: Database.Database, target = MIGRATIONS.length, migrations = MIGRATIONS, finish?: () => void): void {
  provideSeals(sqlite)
  sqlite
    .transaction(() => {
      for (let version = schemaVersion(sqlite); version < target; version++) {
        sqlite.exec(migrations[version])
        sqlite.pragma(`user_version = ${version + 1}`)
      }
      finish?.()
    })
    .immediate()
}

/** Every statement of a database's schema. */
export function schemaText(sqlite: Database.Database): string {
  return sqlite
    .prepare<[], string>("select sql from sqlite_schema where sql is not null and name not like 'sqlite_%' order by type, name")
    .pluck()
    .all()
    .join(';\n')
}

/** The schema that the migrations up to `version` leave behind. */
export function expectedSchema(version: number, migrations = MIGRATIONS): string {
  const sqlite = new Database(':memory:')
  try {
    migrate(sqlite, version, migrations)
    return schemaText(sqlite)
  } finally {
    sqlite.close()
  }
}
