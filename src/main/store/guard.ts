import { createHash } from 'node:crypto'
import { lstatSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { sqliteCode } from './errors'
import { makePrivateFile, makePrivateFolder } from './private'

/**
 * A second lock of a data folder, outside of it: in a folder of this user's for temporary files, under the name of the data folder. A lock
 * file that is deleted from the data folder, as people do with files called so, does not let a second program in: this one still
 * refuses it, and the first makes its lock file again. Where there is no such folder, or programs have different ones, the lock in the data
 * folder is all there is.
 */
export interface SecondLock {
  /** Takes it again where its file was deleted, as systems do with old temporary files. */
  keep(): void
  release(): void
}

/** Another program holds the guard. */
export class GuardedError extends Error {
  constructor(
    /** Its process id; undefined where it has not said. */
    readonly pid: number | undefined
  ) {
    super('the data folder is guarded')
  }
}

/** What identifies a file whatever is done with its name; undefined where it is gone. */
export function fileIdentity(file: string): string | undefined {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false })
  return found && `${found.dev}/${found.ino}`
}

/** How often a guard is tried whose file another program is just taking away. */
const TRIES = 5

/** Undefined where no guard can be had. Throws GuardedError where another program has it. */
export function guardHome(home: string, patienceMs: number): SecondLock | undefined {
  const file = guardFile(home)
  if (file === undefined) return undefined
  let held = take(file, patienceMs)
  if (!held) return undefined
  return {
    keep: () => {
      if (held && fileIdentity(file) !== held.identity) {
        try {
          const again = take(file, 0)
          held.database.close()
          held = again
        } catch (error) {
          // Who took it is refused by the lock in the data folder.
          if (!(error instanceof GuardedError)) throw error
        }
      }
    },
    release: () => {
      if (!held?.database.open) return
      // While it is held, so that no successor's file is taken away.
      if (fileIdentity(file) === held.identity) for (const end of ['.pid', '']) remove(file + end)
      held.database.close()
    }
  }
}

function take(file: string, patienceMs: number): { database: Database.Database; identity: string } | undefined {
  for (let i = 0; i < TRIES; i++) {
    let database: Database.Database | undefined
    try {
      makePrivateFile(file)
      const before = fileIdentity(file)
      database = new Database(file, { timeout: patienceMs })
      database.pragma('journal_mode = memory')
      database.exec('begin exclusive')
      const identity = fileIdentity(file)
      if (identity !== undefined && identity === before) {
        writeFileSync(`${file}.pid`, `${process.pid}\n`, { mode: 0o600 })
        return { database, identity }
      }
      // Its last holder took the file away while it was waited for.
      database.close()
    } catch (error) {
      database?.close()
      if (sqliteCode(error)?.startsWith('SQLITE_BUSY')) throw new GuardedError(pidIn(`${file}.pid`))
      // A full or read-only disk of temporary files: the lock in the data folder is all there is.
      return undefined
    }
  }
  return undefined
}

function guardFile(home: string): string | undefined {
  try {
    const folder = join(tmpdir(), `dmro-lab-locks-${process.getuid?.() ?? 'own'}`)
    makePrivateFolder(folder)
    const found = lstatSync(folder)
    // Temporary folders are everybody's: another user may have put something under this name.
    if (!found.isDirectory() || (process.getuid !== undefined && (found.uid !== process.getuid() || (found.mode & 0o022) !== 0)))
      return undefined
    const name = createHash('sha256')
      .update(`${realpathSync(home)} ${fileIdentity(home)}`)
      .digest('hex')
      .slice(0, 32)
    return join(folder, `${name}.lock`)
  } catch {
    // As above.
    return undefined
  }
}

/** The process id that a file holds, where that process lives. */
export function pidIn(file: string): number | undefined {
  let pid: number | undefined
  try {
    pid = Number.parseInt(readFileSync(file, 'utf8'), 10)
    process.kill(pid, 0)
    return pid
  } catch (error) {
    // Another user's process may be alive all the same.
    return error instanceof Error && 'code' in error && error.code === 'EPERM' ? pid : undefined
  }
}

function remove(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {
    // Some systems keep a file that is open; it is empty, and the next one uses it.
  }
}
