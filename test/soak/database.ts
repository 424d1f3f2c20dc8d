import { createHash } from 'node:crypto'
import { join } from 'node:path'
import Database from 'better-sqlite3'

/** A hash of every row of every table of a data folder's database: equal where nothing was changed. */
export const contentHash = (home: string): string => rowsHash(join(home, 'lab.sqlite'))

/** The same of a database file; tables of `except` are left out. */
export function rowsHash(file: string, except: readonly string[] = []): string {
  const sqlite = new Database(file, { readonly: true })
  try {
    const hash = createHash('sha256')
    const tables = sqlite.prepare<[], string>("select name from sqlite_schema where type = 'table' order by name").pluck().all()
    for (const table of tables.filter((name) => !except.includes(name)))
      hash.update(table).update(JSON.stringify(sqlite.prepare(`select * from "${table}"`).raw().all()))
    return hash.digest('hex')
  } finally {
    sqlite.close()
  }
}
