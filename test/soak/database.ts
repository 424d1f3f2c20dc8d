import { createHash } from 'node:crypto'
import { join } from 'node:path'
import Database from 'better-sqlite3'

/** A hash of every row of every table of a data folder's database: equal where nothing was changed. */
export function contentHash(home: string): string {
  const sqlite = new Database(join(home, 'lab.sqlite'), { readonly: true })
  try {
    const hash = createHash('sha256')
    const tables = sqlite.prepare<[], string>("select name from sqlite_schema where type = 'table' order by name").pluck().all()
    for (const table of tables) hash.update(table).update(JSON.stringify(sqlite.prepare(`select * from "${table}"`).raw().all()))
    return hash.digest('hex')
  } finally {
    sqlite.close()
  }
}
