import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Backup } from './backup'
import { backupFiles, backupFindings, backupFolder, identityOf, isSound, readBackup, timeOf } from './backup-facts'
import { databaseFile } from './connection'
import { namedWriteError, StoreError } from './errors'
import { databaseFault, SMALL_FILE_BYTES } from './health'
import { makePrivateFile, makePrivateFolder } from './private'
import { stamp } from './stamp'
import { assertFolder, mustBeWritable } from './writable'

const KEPT = 3
const DAY_MS = 24 * 3600 * 1000

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

/** Writes a whole copy into an empty file; a connection that only reads may do so too. */
export function copyInto(sqlite: Database.Database, file: string): void {
  const isReader = sqlite.pragma('query_only', { simple: true })
  sqlite.pragma('query_only = OFF')
  try {
    sqlite.prepare('vacuum into ?').run(file)
  } finally {
    sqlite.pragma(`query_only = ${isReader}`)
  }
}

/** A whole copy of an open database, e.g. before its schema changes. Returns its path. Throws DiskFullError, ReadOnlyStoreError. */
export function backUpNow(sqlite: Database.Database, home: string, kind: string, now: number): string {
  provideFolder(home)
  const file = join(backupFolder(home), `${kind}@${stamp(now)}.sqlite`)
  const part = `${file}.part`
  try {
    makePrivateFile(part)
    copyInto(sqlite, part)
    settle(part, file)
    return file
  } catch (error) {
    rmSync(part, { force: true })
    throw namedWriteError(error, home)
  }
}

/** Copies an open database into a folder of its own. Returns its path. Throws StoreError where something is there, DiskFullError. */
export function copyDatabase(sqlite: Database.Database, folder: string): string {
  assertFolder(folder)
  makePrivateFolder(folder)
  if (readdirSync(folder).length > 0) throw new StoreError(`${folder} is not empty. Name a folder that is, or that is not there yet.`)
  mustBeWritable(folder)
  const file = databaseFile(folder)
  const part = `${file}.part`
  try {
    makePrivateFile(part)
    copyInto(sqlite, part)
    settle(part, file)
    return file
  } catch (error) {
    rmSync(part, { force: true })
    throw namedWriteError(error, folder)
  }
}

/** A copy that passes every check. Throws StoreError where it does not: what it was made of is damaged. It is kept all the same. */
export function checked(file: string): string {
  if (isSound(file, 'everything')) return file
  const [finding = 'SQLite’s own check fails'] = backupFindings(file)
  throw new StoreError(
    `${file} was made and is damaged inside, since the database is: ${finding} Earlier backups are kept; lab restore lists them.`
  )
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
  const file = await backUpBeside(sqlite, home, 'daily', now)
  rotate(
    backupFiles(home, 'daily')
      .flatMap((each) => readBackup(each) ?? [])
      .filter((each) => each.identity === identity)
  )
  return file
}

/**
 * A copy made a few pages at a time beside other work. Returns its path. Rejects where the disk refuses or the database is closed in the
 * meantime, StoreError where the copy is not intact, which is then not kept.
 */
export async function backUpBeside(sqlite: Database.Database, home: string, kind: string, now: number): Promise<string> {
  provideFolder(home)
  const file = join(backupFolder(home), `${kind}@${stamp(now)}.sqlite`)
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
  // Older copies are not given up for newer ones that are damaged inside. Large ones take too long to read beside other work.
  const isTrusted = ({ file }: Backup) => statSync(file).size > SMALL_FILE_BYTES || isSound(file, 'everything')
  if (older.length === 0 || !own.slice(0, KEPT).some(isTrusted)) return
  const fuller = older.find(({ file, runs }) => runs > most && isSound(file, 'start'))
  for (const each of older) if (each !== fuller) rmSync(each.file, { force: true })
}
