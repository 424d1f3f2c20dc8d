import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { ReadOnlyStoreError, StoreError, StoreLockedError, sqliteCode } from './errors'
import { type SecondLock, GuardedError, guardHome, fileIdentity, pidIn } from './guard'
import { exists, makePrivateFile } from './private'
import { stamp } from './stamp'
import { makeWritable, mustBeWritable, unwritable } from './writable'

/**
 * One writer per data folder. The lock is an exclusive transaction on a database of its own, so the operating system
 * frees it however its holder ends. The lock file is opened by SQLite alone: closing any other descriptor of it
 * in this process would drop the lock. Who holds it is written beside it, in a plain file.
 */
export interface WriterLock {
  /** Why another may write the folder all the same, as a sentence: the lock file was deleted or replaced. Undefined while it is held. */
  lost(): string | undefined
  release(): void
}

/** How long a second opener asks before it is refused. */
const PATIENCE_MS = 400

const lockFile = (home: string) => join(home, 'lab.lock')
/** Where the lock's holder writes its process id. */
export const pidFile = (home: string) => join(home, 'lab.lock.pid')

const holderOf = (home: string) => pidIn(pidFile(home))

/** Who has a data folder open for writing, without taking the lock; undefined where nobody has. Its process may not have said its id. */
export function writerOf(home: string): { pid: number | undefined } | undefined {
  let database: Database.Database | undefined
  try {
    database = new Database(lockFile(home), { readonly: true, fileMustExist: true, timeout: 0 })
    // Any reading asks for the lock.
    database.pragma('user_version')
    return undefined
  } catch (error) {
    const pid = holderOf(home)
    // Something was written into it: whether it is locked cannot be asked.
    if (sqliteCode(error) === 'SQLITE_NOTADB') return pid === undefined ? undefined : { pid }
    return sqliteCode(error)?.startsWith('SQLITE_BUSY') ? { pid } : undefined
  } finally {
    database?.close()
  }
}

/** Takes another program's file out of the lock's place, where no living program holds it. It is kept. Throws StoreLockedError. */
function moveForeign(home: string): void {
  const pid = holderOf(home)
  if (pid !== undefined && pid !== process.pid) throw new StoreLockedError(home, pid)
  renameSync(lockFile(home), `${lockFile(home)}.foreign-${stamp(Date.now())}`)
}

/** Takes the lock. Throws StoreLockedError within a second where another holds it, ReadOnlyStoreError where the folder cannot be written. */
export function lockHome(home: string): WriterLock {
  mustBeWritable(home)
  const guard = guarded(home)
  try {
    return lockWith(home, guard)
  } catch (error) {
    guard?.release()
    throw error
  }
}

/** The second lock comes first: who is refused by it never touches the lock file. */
function guarded(home: string): SecondLock | undefined {
  try {
    return guardHome(home, PATIENCE_MS)
  } catch (error) {
    if (error instanceof GuardedError) throw new StoreLockedError(home, holderOf(home) ?? error.pid)
    throw error
  }
}

function lockWith(home: string, guard: SecondLock | undefined): WriterLock {
  let held = takeAny(home)
  const isLost = (): boolean => {
    guard?.keep()
    if (!held.database.open || fileIdentity(lockFile(home)) === held.identity) return false
    if (!guard) return true
    try {
      // Nobody else has come in meanwhile: the guard refused them.
      const again = take(home, 0)
      held.database.close()
      held = again
      return false
    } catch (error) {
      // A program without this guard has it, or what lies there is no lock: that is for people to decide.
      if (error instanceof StoreError || sqliteCode(error) !== undefined) return true
      throw error
    }
  }
  return {
    lost: () =>
      isLost()
        ? `${lockFile(home)} was deleted or replaced while this program had the data folder open, so that another may be writing it now. Nothing more is written here: close this program, and open the lab again once no other has it open. The file goes by itself when a lab is closed; leave it alone.`
        : undefined,
    release: () => {
      if (!held.database.open) return
      // While the lock is still held, so that a successor's name is never removed.
      if (fileIdentity(lockFile(home)) === held.identity) rmSync(pidFile(home), { force: true })
      held.database.close()
      guard?.release()
    }
  }
}

interface Held {
  database: Database.Database
  identity: string | undefined
}

function takeAny(home: string): Held {
  try {
    return take(home, PATIENCE_MS)
  } catch (error) {
    const code = sqliteCode(error)
    if (code !== 'SQLITE_NOTADB' && !code?.startsWith('SQLITE_CORRUPT')) throw error
    moveForeign(home)
    return take(home, PATIENCE_MS)
  }
}

function take(home: string, timeout: number): Held {
  const named = pidFile(home)
  let database: Database.Database | undefined
  try {
    makePrivateFile(lockFile(home))
    for (const own of [lockFile(home), named].filter(exists)) {
      makeWritable(own)
      mustBeWritable(own)
    }
    database = new Database(lockFile(home), { timeout })
    // Nothing is ever written to it, so there is no journal to leave behind.
    database.pragma('journal_mode = memory')
    database.exec('begin exclusive')
    writeFileSync(named, `${process.pid}\n`, { mode: 0o600 })
    return { database, identity: fileIdentity(lockFile(home)) }
  } catch (error) {
    database?.close()
    const code = sqliteCode(error)
    if (code?.startsWith('SQLITE_BUSY')) throw new StoreLockedError(home, holderOf(home))
    if (code === 'SQLITE_CANTOPEN' || code?.startsWith('SQLITE_READONLY')) throw new ReadOnlyStoreError(unwritable(home, code))
    throw error
  }
}
