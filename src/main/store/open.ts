import { rmSync } from 'node:fs'
import { basename } from 'node:path'
import Database from 'better-sqlite3'
import { type Log, programLog } from '../log'
import { backUpNow, settle } from './backups'
import { configure, databaseFile } from './connection'
import { backupToRestore, clearPlace, hasDatabase, restoreBackup, setAside, undecidedLoss } from './damage'
import { DiskFullError, LostStoreError, namedWriteError, ReadOnlyStoreError, StoreError, StoreLockedError } from './errors'
import { contentFault, databaseFault } from './health'
import { lockHome, type WriterLock } from './lock'
import { MIGRATIONS, migrate, schemaVersion } from './migrate'
import { openReader } from './open-reader'
import { exists, makePrivateFile, makePrivateFolder, tighten } from './private'
import { Store } from './store'
import { keepDamagedLog } from './wal'
import { assertReachable, assertWritable, headerForbidsWriting } from './writable'

/** What can be done about a data folder that cannot be written. */
const COPY_ELSEWHERE = 'To work on, copy it: lab backup --to FOLDER, then lab serve --home FOLDER.'

export interface OpenOptions {
  /** `read` takes no lock: for looking beside a running writer, or where nothing may be written. */
  mode?: 'write' | 'read'
  /** What to continue from once LostStoreError has been seen: an intact backup, or an empty lab. A damaged file and every backup stay. */
  damaged?: 'restore' | 'fresh'
  /** The backup to restore, a file or a name; default: the newest that is intact. */
  backup?: string
  /** Whether entries of the bin stay though their time is over; default: they are deleted for good. */
  keepBin?: boolean
  /** Milliseconds since 1970. */
  now?: () => number
}

/**
 * Opens a data folder, made where it is missing. Throws StoreLockedError, ReadOnlyStoreError, NewerStoreError,
 * OlderStoreError (reading only), LostStoreError, DiskFullError, StoreError where a link leads nowhere.
 */
export function openStore(home: string, options: OpenOptions = {}): Store {
  if (options.mode === 'read') return openReader(home, undefined)
  const now = (options.now ?? Date.now)()
  assertReachable(home)
  try {
    makePrivateFolder(home)
  } catch (error) {
    throw new ReadOnlyStoreError(`The data folder ${home} cannot be made: ${error instanceof Error ? error.message : error}.`)
  }
  tighten(home)
  const lock = lockNamed(home)
  const log = programLog(home)
  try {
    return openLocked({ home, lock, now, log, keepBin: options.keepBin }, options)
  } catch (error) {
    const named = namedWriteError(error, home)
    log.error(`The data folder was not opened: ${named instanceof LostStoreError ? named.what : messageOf(named)}`)
    lock.release()
    throw named
  }
}

/** A data folder that is being opened for writing. */
interface Opening {
  home: string
  lock: WriterLock
  now: number
  log: Log
  keepBin?: boolean
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

function lockNamed(home: string): WriterLock {
  try {
    return lockHome(home)
  } catch (error) {
    throw namedWriteError(error, home)
  }
}

/**
 * Opens for writing where that is possible, and for reading where nothing can be written: another user's folder, a disk mounted
 * read-only or full. Throws StoreLockedError and whatever else `openStore` throws.
 */
export function openWhereWritable(home: string, options: OpenOptions = {}): Store {
  try {
    return openStore(home, options)
  } catch (error) {
    if (!(error instanceof ReadOnlyStoreError || error instanceof DiskFullError)) throw error
    // Where there is no lab yet, why none can be made says more than that there is none.
    if (!hasDatabase(home) && !undecidedLoss(home)) throw error
    return openReader(home, `${error.message} ${COPY_ELSEWHERE}`)
  }
}

/** As `openWhereWritable`, and beside a program that has the data folder open. */
export function openForReading(home: string): Store {
  try {
    return openWhereWritable(home)
  } catch (error) {
    if (!(error instanceof StoreLockedError)) throw error
    return openReader(home, `The data folder is in use by ${error.pid === undefined ? 'another program' : `process ${error.pid}`}.`)
  }
}

function openLocked(opening: Opening, { damaged, backup }: OpenOptions): Store {
  const { home, now, log } = opening
  let loss = undecidedLoss(home)
  if (!loss && exists(databaseFile(home))) {
    assertWritable(home)
    try {
      return openSound(opening)
    } catch (error) {
      if (!(error instanceof LostStoreError)) throw error
      loss = error
    }
  }
  if (loss && damaged === undefined) throw loss
  const restored = loss && damaged === 'restore' ? backupToRestore(home, loss, backup) : undefined
  clearPlace(home, now)
  if (restored !== undefined) restoreBackup(home, restored)
  else createDatabase(home)
  if (restored === undefined) log.info('An empty database was made.')
  else log.warning(`The backup ${basename(restored)} was restored in place of the database.`)
  return openSound(opening)
}

/** Makes an empty database under another name first: a database of no bytes is then never one that was half made. */
function createDatabase(home: string): void {
  const part = `${databaseFile(home)}.new`
  for (const end of ['', '-journal', '-wal', '-shm']) rmSync(part + end, { force: true })
  makePrivateFile(part)
  const sqlite = new Database(part)
  try {
    migrate(sqlite)
  } finally {
    sqlite.close()
  }
  settle(part, databaseFile(home))
}

/** Opens the file that is there. Sets it aside and throws DamagedStoreError where its content is unsound. */
function openSound({ home, lock, now, log, keepBin }: Opening): Store {
  const file = databaseFile(home)
  const lostChanges = keepDamagedLog(home, now)
  if (lostChanges !== undefined) log.error(lostChanges)
  // Its files can be written, as was seen before; SQLite does not where the header forbids it.
  const forbidden = headerForbidsWriting(file) ? 'its header forbids writing' : undefined
  const sqlite = new Database(file, { fileMustExist: true })
  let reason: string | undefined
  try {
    // An empty file would pass for a new database.
    reason = Number(sqlite.pragma('page_count', { simple: true })) === 0 ? 'it is empty' : (databaseFault(sqlite, 'start') ?? forbidden)
    if (reason === undefined) {
      sqlite.exec('begin immediate; rollback')
      configure(sqlite)
      const store = upToDate(sqlite, { home, lock, now, log })
      store.recover(now, { keepBin })
      if (lostChanges !== undefined) store.recovery.lostChanges = lostChanges
      tellRecovery(store, log)
      return store
    }
  } catch (error) {
    sqlite.close()
    reason = contentFault(error)
    if (reason === undefined) throw error
  }
  sqlite.close()
  throw setAside(home, reason, now)
}

function tellRecovery({ recovery: { interrupted, purged } }: Store, log: Log): void {
  if (interrupted.length > 0)
    log.warning(`Interrupted when the program last ended, ${interrupted.length} in all: ${interrupted.slice(0, 20).join(' ')}`)
  if (purged.length > 0) log.info(`Deleted for good after its time in the bin, ${purged.length} in all.`)
}

/** The store over a database, which is brought up to date where it has an older schema: all of it, or it stays as it was. */
function upToDate(sqlite: Database.Database, { home, lock, now, log }: Opening): Store {
  const over = () => new Store(sqlite, { home, release: () => lock.release(), lost: () => lock.lost() })
  const version = schemaVersion(sqlite)
  if (version === MIGRATIONS.length) return over()
  const backup = backUpNow(sqlite, home, `schema-${version}`, now)
  try {
    let store: Store | undefined
    migrate(sqlite, MIGRATIONS.length, MIGRATIONS, () => {
      store = over()
      store.bringUpToDate(version)
    })
    log.info(`The database was brought from schema ${version} to ${MIGRATIONS.length}; as it was it is backups/${basename(backup)}.`)
    return store ?? over()
  } catch (error) {
    const named = namedWriteError(error, home)
    if (named !== error) throw named
    const why = error instanceof Error ? error.message : String(error)
    throw new StoreError(
      `The database could not be migrated from schema ${version} to ${MIGRATIONS.length}: ${why}. It is unchanged; a copy is ${backup}.`
    )
  }
}
