import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { ReadOnlyStoreError, StoreLockedError, sqliteCode } from './errors'

/**
 * One writer a data folder. The lock is an exclusive transaction on a database of its own, so the operating system
 * frees it however its holder ends. The lock file is opened by SQLite alone: closing any other descriptor of it
 * in this process would drop the lock. Who holds it is written beside it, in a plain file.
 */
export interface WriterLock {
  release(): void
}

/** How long a second opener asks before it is refused. */
const PATIENCE_MS = 400

function holderOf(home: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(join(home, 'lab.lock.pid'), 'utf8'), 10)
    process.kill(pid, 0)
    return pid
  } catch (error) {
    // Another user's process may be alive all the same.
    if (error instanceof Error && 'code' in error && error.code === 'EPERM')
      return Number.parseInt(readFileSync(join(home, 'lab.lock.pid'), 'utf8'), 10)
    return undefined
  }
}

/** Takes the lock. Throws StoreLockedError within a second where another holds it, ReadOnlyStoreError where the folder cannot be written. */
export function lockHome(home: string): WriterLock {
  const named = join(home, 'lab.lock.pid')
  let database: Database.Database | undefined
  try {
    database = new Database(join(home, 'lab.lock'), { timeout: PATIENCE_MS })
    // Nothing is ever written to it, so there is no journal to leave behind.
    database.pragma('journal_mode = memory')
    database.exec('begin exclusive')
    writeFileSync(named, `${process.pid}\n`)
  } catch (error) {
    database?.close()
    const code = sqliteCode(error)
    if (code?.startsWith('SQLITE_BUSY')) throw new StoreLockedError(home, holderOf(home))
    if (
      code === 'SQLITE_CANTOPEN' ||
      code?.startsWith('SQLITE_READONLY') ||
      (error instanceof Error && 'code' in error && error.code === 'EACCES')
    ) {
      throw new ReadOnlyStoreError(`The data folder ${home} cannot be written.`)
    }
    throw error
  }
  const held = database
  return {
    release: () => {
      if (!held.open) return
      // While the lock is still held, so that a successor's name is never removed.
      rmSync(named, { force: true })
      held.close()
    }
  }
}
