import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Backup } from './backup'
import { backupFiles, backupFolder, identityOf, isSound, readBackup, timeOf } from './backup-facts'
import { namedWriteError, StoreError } from './errors'
import { databaseFault } from './health'
import { makePrivateFile, makePrivateFolder } from './private'
import { assertFolder, mustBeWritable } from './writable'

const KEPT = 3
const DAY_MS = 24 * 3600 * 1000

/** A time as a part of a file's name that sorts. */
export function stamp(now: number): string {
  return new Date(now).toISOString().replaceAll(/[-:]/g, '').replace('.', '-').replace('T', '-').replace('Z', '')
}

/** Makes a file durable under its final name. No connection to it may be open in this process. */
export function settle(from: string, to: string): void {
  const descriptor = openSync(from, 'r+')
  fsyncSync(descriptor)
  closeSync(descriptor)
  renameSync(from, to)
}

/** A place for backups. Throws ReadOnlyStoreError where nothing can be written there, StoreError where it is not a folder. */
function provideFolder(home: string): void {
  assertFolder(backupFolder(home))
  makePrivateFolder(backupFolder(home))
  mustBeWritable(backupFolder(home))
}

/** A whole copy of an open database, e.g. before its schema changes. Returns its path. Throws DiskFullError, ReadOnlyStoreError. */
export function backUpNow(sqlite: Database.Database, home: string, kind: string, now: number): string {
  provideFolder(home)
  const file = join(backupFolder(home), `${kind}@${stamp(now)}.sqlite`)
  const part = `${file}.part`
  try {
    makePrivateFile(part)
    sqlite.prepare('vacuum into ?').run(part)
    settle(part, file)
    return file
  } catch (error) {
    rmSync(part, { force: true })
    throw namedWriteError(error, home)
  }
}

/**
 * A copy made a few pages at a time beside other work, if the last of this database is more than a day old. Returns its path.
 * Older ones are then rotated. Rejects where the disk refuses or the database is closed in the meantime, StoreError where the copy is
 * not intact; nothing is rotated then.
 */
export async function backUpIfDue(sqlite: Database.Database, home: string, now: number): Promise<string | undefined> {
  const identity = identityOf(sqlite)
  // One from the future was made by a clock that was wrong.
  const recent = backupFiles(home, 'daily').filter((file) => timeOf(file) > stamp(now - DAY_MS) && timeOf(file) <= stamp(now))
  if (recent.some((file) => readBackup(file)?.identity === identity)) return undefined
  provideFolder(home)
  const file = join(backupFolder(home), `daily@${stamp(now)}.sqlite`)
  const part = `${file}.part`
  try {
    makePrivateFile(part)
    await sqlite.backup(part)
    // A copy keeps the write-ahead mode of its original; one that is only read needs none.
    const copy = new Database(part)
    try {
      copy.pragma('journal_mode = delete')
      const fault = databaseFault(copy, 'start')
      if (fault !== undefined) throw new StoreError(`The copy is damaged (${fault}); earlier backups are kept.`)
    } finally {
      copy.close()
    }
    settle(part, file)
  } catch (error) {
    rmSync(part, { force: true })
    throw namedWriteError(error, home)
  }
  rotate(
    backupFiles(home, 'daily')
      .flatMap((each) => readBackup(each) ?? [])
      .filter((each) => each.identity === identity)
  )
  return file
}

/**
 * Keeps the newest three of a database's own daily backups, and the newest intact one beyond them that holds more runs than they do.
 *
 * @param own newest first; those of another database, or of none that is known, are nobody's to delete.
 */
function rotate(own: readonly Backup[]): void {
  const most = Math.max(...own.slice(0, KEPT).map(({ runs }) => runs))
  const older = own.slice(KEPT)
  const fuller = older.find(({ file, runs }) => runs > most && isSound(file, 'start'))
  for (const each of older) if (each !== fuller) rmSync(each.file, { force: true })
}
