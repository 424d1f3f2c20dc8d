import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { ReadOnlyStoreError, StoreLockedError, sqliteCode } from './errors'
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

function holderOf(home: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(pidFile(home), 'utf8'), 10)
    process.kill(pid, 0)
    return pid
  } catch (error) {
    // Another user's process may be alive all the same.
    if (error instanceof Error && 'code' in error && error.code === 'EPERM') return Number.parseInt(readFileSync(pidFile(home), 'utf8'), 10)
    return undefined
  }
}

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

/** What identifies a file whatever is done with its name; undefined where it is gone. */
function identityOf(file: string): string | undefined {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false })
  return found && `${found.dev}/${found.ino}`
}

/** Takes another program's file out of the lock's place, where no living program holds it. It is kept. Throws StoreLockedError. */
function moveForeign(home: string): void {
  const pid = holderOf(home)
  if (pid !== undefined && pid !== process.pid) throw new StoreLockedError(home, pid)
  renameSync(lockFile(home), `${lockFile(home)}.foreign-${stamp(Date.now())}`)
}

/** Takes the lock. Throws StoreLockedError within a second where another holds it, ReadOnlyStoreError where the folder cannot be written. */
export function lockHome(home: string): WriterLock {
  try {
    return take(home)
  } catch (error) {
    const code = sqliteCode(error)
    if (code !== 'SQLITE_NOTADB' && !code?.startsWith('SQLITE_CORRUPT')) throw error
    moveForeign(home)
    return take(home)
  }
}

function take(home: string): WriterLock {
  const named = pidFile(home)
  let database: Database.Database | undefined
  try {
    mustBeWritable(home)
    makePrivateFile(lockFile(home))
    for (const own of [lockFile(home), named].filter(exists)) {
      makeWritable(own)
      mustBeWritable(own)
    }
    database = new Database(lockFile(home), { timeout: PATIENCE_MS })
    // Nothing is ever written to it, so there is no journal to leave behind.
    database.pragma('journal_mode = memory')
    database.exec('begin exclusive')
    writeFileSync(named, `${process.pid}\n`, { mode: 0o600 })
  } catch (error) {
    database?.close()
    const code = sqliteCode(error)
    if (code?.startsWith('SQLITE_BUSY')) throw new StoreLockedError(home, holderOf(home))
    if (code === 'SQLITE_CANTOPEN' || code?.startsWith('SQLITE_READONLY')) throw new ReadOnlyStoreError(unwritable(home, code))
    throw error
  }
  const held = database
  const identity = identityOf(lockFile(home))
  return {
    lost: () =>
      !held.open || identityOf(lockFile(home)) === identity
        ? undefined
        : `${lockFile(home)} was deleted or replaced while this program had the data folder open, so that another may be writing it now. Nothing more is written here: close this program, and open the lab again once no other has it open. The file goes by itself when a lab is closed; leave it alone.`,
    release: () => {
      if (!held.open) return
      // While the lock is still held, so that a successor's name is never removed.
      if (identityOf(lockFile(home)) === identity) rmSync(named, { force: true })
      held.close()
    }
  }
}
