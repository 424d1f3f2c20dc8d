import { accessSync, constants, mkdirSync, rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { backUpNow, settle } from './backups'
import { configure } from './connection'
import { databaseFile, exists, restoreBackup, setAside, undecidedDamage } from './damage'
import { DamagedStoreError, namedWriteError, ReadOnlyStoreError, StoreError, StoreLockedError, sqliteCode } from './errors'
import { contentFault, faultOf } from './health'
import { lockHome, type WriterLock } from './lock'
import { MIGRATIONS, migrate, schemaVersion } from './migrate'
import { openReader } from './open-reader'
import { Store } from './store'

export interface OpenOptions {
  /** `read` takes no lock: for looking beside a running writer, or where nothing may be written. */
  mode?: 'write' | 'read'
  /** What to go on with once DamagedStoreError has been seen: the newest sound backup, or an empty lab. The damaged file stays. */
  damaged?: 'restore' | 'fresh'
  /** Milliseconds since 1970. */
  now?: () => number
}

/**
 * Opens a data folder, made where it is missing. Throws StoreLockedError, ReadOnlyStoreError, NewerStoreError,
 * OlderStoreError (reading only), DamagedStoreError, DiskFullError.
 */
export function openStore(home: string, options: OpenOptions = {}): Store {
  if (options.mode === 'read') return openReader(home, undefined)
  const now = (options.now ?? Date.now)()
  try {
    mkdirSync(home, { recursive: true })
  } catch (error) {
    throw new ReadOnlyStoreError(`The data folder ${home} cannot be made: ${error instanceof Error ? error.message : error}.`)
  }
  const lock = lockHome(home)
  try {
    return openLocked(home, lock, options.damaged, now)
  } catch (error) {
    lock.release()
    throw namedWriteError(error, home)
  }
}

/** Opens for writing where that is possible, so that what was left behind is set right; for reading otherwise, saying why. */
export function openForReading(home: string): Store {
  try {
    return openStore(home)
  } catch (error) {
    if (!(error instanceof StoreLockedError) && !(error instanceof ReadOnlyStoreError)) throw error
    const why =
      error instanceof StoreLockedError
        ? `The data folder is in use by ${error.pid === undefined ? 'another program' : `process ${error.pid}`}`
        : error.message
    return openReader(home, why)
  }
}

function openLocked(home: string, lock: WriterLock, damaged: OpenOptions['damaged'], now: number): Store {
  let damage = undecidedDamage(home)
  if (!damage && exists(databaseFile(home))) {
    try {
      return openSound(home, lock, now)
    } catch (error) {
      if (!(error instanceof DamagedStoreError)) throw error
      damage = error
    }
  }
  if (damage && damaged === undefined) throw damage
  if (damage && damaged === 'restore') restoreBackup(home, damage)
  else createDatabase(home)
  return openSound(home, lock, now)
}

/** Makes an empty database under another name first: a database of no bytes is then never one that was half made. */
function createDatabase(home: string): void {
  const part = `${databaseFile(home)}.new`
  for (const end of ['', '-journal', '-wal', '-shm']) rmSync(part + end, { force: true })
  const sqlite = new Database(part)
  try {
    migrate(sqlite)
  } finally {
    sqlite.close()
  }
  settle(part, databaseFile(home))
}

/** Opens the file that is there. Sets it aside and throws DamagedStoreError where its content is unsound. */
function openSound(home: string, lock: WriterLock, now: number): Store {
  const file = databaseFile(home)
  const sqlite = new Database(file, { fileMustExist: true })
  let reason: string | undefined
  try {
    // An empty file would pass for a new database.
    reason = Number(sqlite.pragma('page_count', { simple: true })) === 0 ? 'it is empty' : faultOf(sqlite, 'start')
    if (reason === undefined) {
      sqlite.exec('begin immediate; rollback')
      configure(sqlite)
      bringUpToDate(sqlite, home, now)
      const store = new Store(sqlite, { home, release: () => lock.release() })
      store.recover(now)
      return store
    }
  } catch (error) {
    reason = contentFault(error) ?? unwritableContent(error, file)
    if (reason === undefined) {
      sqlite.close()
      throw error
    }
  }
  sqlite.close()
  throw setAside(home, reason, now)
}

/** A flipped header byte can forbid writing; so can the file's owner, which is no damage. */
function unwritableContent(error: unknown, file: string): string | undefined {
  if (!sqliteCode(error)?.startsWith('SQLITE_READONLY')) return undefined
  try {
    accessSync(file, constants.W_OK)
    return 'its header forbids writing'
  } catch {
    return undefined
  }
}

function bringUpToDate(sqlite: Database.Database, home: string, now: number): void {
  const version = schemaVersion(sqlite)
  if (version === MIGRATIONS.length) return
  const backup = backUpNow(sqlite, home, `schema-${version}`, now)
  try {
    migrate(sqlite)
  } catch (error) {
    const named = namedWriteError(error, home)
    if (named !== error) throw named
    const why = error instanceof Error ? error.message : String(error)
    throw new StoreError(
      `The database could not be brought from schema ${version} to ${MIGRATIONS.length}: ${why}. It is as it was; a copy is ${backup}.`
    )
  }
}
