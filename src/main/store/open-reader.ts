import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { backupOfferOf } from './backup-facts'
import { DATABASE, databaseFile } from './connection'
import { undecidedLoss } from './damage'
import { DamagedStoreError, OlderStoreError, StoreError, sqliteCode } from './errors'
import { contentFault, databaseFault } from './health'
import { MIGRATIONS, migrate, schemaVersion } from './migrate'
import { copyPrivately, exists } from './private'
import { Store } from './store'
import { assertReachable } from './writable'

/**
 * Opens a data folder without the writer's lock.
 *
 * @param why a sentence, why it is not opened for writing.
 * @param older what is done with the file of an older version: refused with OlderStoreError, or a copy of it is brought up to date.
 */
export function openReader(home: string, why: string | undefined, older: 'refuse' | 'copy' = 'refuse'): Store {
  const file = databaseFile(home)
  assertReachable(home)
  if (exists(home)) mustBeReadable(home)
  const loss = undecidedLoss(home)
  if (loss) throw loss
  if (!exists(file)) throw new StoreError(`There is no lab in ${home} yet.`)
  mustBeReadable(file)
  try {
    return openInPlace(home, file, why)
  } catch (error) {
    if (error instanceof OlderStoreError && older === 'copy') return openCopy(home, file, why)
    const code = sqliteCode(error)
    // A write-ahead database opens only where its index file can be made.
    if (code !== 'SQLITE_CANTOPEN' && !code?.startsWith('SQLITE_READONLY')) throw error
    return openCopy(home, file, why)
  }
}

function mustBeReadable(path: string): void {
  try {
    accessSync(path, constants.R_OK)
  } catch (error) {
    throw new StoreError(`${path} could not be read: ${error instanceof Error ? error.message : error}.`)
  }
}

function openInPlace(home: string, file: string, why: string | undefined): Store {
  const sqlite = new Database(file, { readonly: true, fileMustExist: true })
  try {
    assertSound(sqlite, home)
    const version = schemaVersion(sqlite)
    if (version < MIGRATIONS.length) {
      throw new OlderStoreError(
        `${file} has schema ${version}, this program reads schema ${MIGRATIONS.length}. It is brought up to date when no other program uses it.`
      )
    }
    return new Store(sqlite, {
      home,
      readOnly: `${why ?? 'The data folder was opened read-only.'} Nothing can be changed here.`,
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
    for (const end of ['', '-wal']) if (exists(file + end)) copyPrivately(file + end, copy + end)
    sqlite = new Database(copy)
    assertSound(sqlite, home)
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
function assertSound(sqlite: Database.Database, home: string): void {
  const reason = unsoundness(sqlite)
  if (reason !== undefined) throw new DamagedStoreError(reason, databaseFile(home), backupOfferOf(home))
}

function unsoundness(sqlite: Database.Database): string | undefined {
  try {
    return Number(sqlite.pragma('page_count', { simple: true })) === 0 ? 'it is empty' : databaseFault(sqlite, 'start')
  } catch (error) {
    // Even counting pages reads the schema.
    const reason = contentFault(error)
    if (reason === undefined) throw error
    return reason
  }
}
