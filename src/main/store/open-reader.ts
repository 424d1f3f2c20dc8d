import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { DATABASE, databaseFile, exists, undecidedDamage } from './damage'
import { DamagedStoreError, OlderStoreError, StoreError, sqliteCode } from './errors'
import { contentFault, faultOf } from './health'
import { MIGRATIONS, migrate, schemaVersion } from './migrate'
import { Store } from './store'

/** Opens a data folder without the writer's lock. `why`: why it is not opened for writing. */
export function openReader(home: string, why: string | undefined): Store {
  const file = databaseFile(home)
  const damage = exists(home) ? undecidedDamage(home) : undefined
  if (damage) throw damage
  if (!exists(file)) throw new StoreError(`There is no lab in ${home} yet.`)
  try {
    return openInPlace(home, file, why)
  } catch (error) {
    const code = sqliteCode(error)
    // A write-ahead database opens only where its index file can be made.
    if (code !== 'SQLITE_CANTOPEN' && !code?.startsWith('SQLITE_READONLY')) throw error
    return openCopy(home, file, why)
  }
}

function openInPlace(home: string, file: string, why: string | undefined): Store {
  const sqlite = new Database(file, { readonly: true, fileMustExist: true })
  try {
    assertSound(sqlite, file)
    const version = schemaVersion(sqlite)
    if (version < MIGRATIONS.length) {
      throw new OlderStoreError(
        `${file} has schema ${version}, this program reads schema ${MIGRATIONS.length}. It is brought up to date when no other program uses it.`
      )
    }
    return new Store(sqlite, {
      home,
      readOnly: `${why ?? 'The data folder was opened for reading'}: nothing can be changed here.`,
      release: () => {}
    })
  } catch (error) {
    sqlite.close()
    throw error
  }
}

function openCopy(home: string, file: string, why: string | undefined): Store {
  const folder = mkdtempSync(join(tmpdir(), 'dmro-lab-'))
  const release = () => rmSync(folder, { recursive: true, force: true })
  let sqlite: Database.Database | undefined
  try {
    const copy = join(folder, DATABASE)
    copyFileSync(file, copy)
    if (exists(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`)
    sqlite = new Database(copy)
    assertSound(sqlite, file)
    migrate(sqlite)
    sqlite.pragma('query_only = ON')
    return new Store(sqlite, {
      home,
      readOnly: `${why ?? `The data folder ${home} cannot be written.`} A copy is shown; nothing can be changed here.`,
      release
    })
  } catch (error) {
    sqlite?.close()
    release()
    throw error
  }
}

/** Where nothing may be written, a damaged file stays where it is. */
function assertSound(sqlite: Database.Database, file: string): void {
  const reason = unsoundness(sqlite)
  if (reason !== undefined) throw new DamagedStoreError(reason, file, undefined)
}

function unsoundness(sqlite: Database.Database): string | undefined {
  try {
    return Number(sqlite.pragma('page_count', { simple: true })) === 0 ? 'it is empty' : faultOf(sqlite, 'start')
  } catch (error) {
    // Even counting pages reads the schema.
    const reason = contentFault(error)
    if (reason === undefined) throw error
    return reason
  }
}
