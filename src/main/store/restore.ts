import { rmSync } from 'node:fs'
import { basename } from 'node:path'
import Database from 'better-sqlite3'
import type { Backup } from './backup'
import { backupFiles, isSound, readBackup, timeOf } from './backup-facts'
import { backUpNow } from './backups'
import { databaseFile } from './connection'
import { backupNamed, clearPlace, restoreBackup, setAside } from './damage'
import { namedWriteError } from './errors'
import { lockHome } from './lock'
import { exists } from './private'
import { assertReachable, assertWritable } from './writable'

/** A backup as it is listed. */
export interface ListedBackup extends Backup {
  /** Its file without the folder. */
  name: string
  /** Milliseconds since 1970. */
  madeAt: number
  /** Whether it passes every check and every checksum. */
  isSound: boolean
}

/** Every backup of a data folder, newest first; all of each is read. */
export function listBackups(home: string): ListedBackup[] {
  return backupFiles(home).map((file) => {
    const facts = readBackup(file) ?? { file, identity: undefined, runs: 0 }
    return { ...facts, name: basename(file), madeAt: momentOf(timeOf(file)), isSound: isSound(file, 'everything') }
  })
}

/** 20261130-211500-123 as a moment. */
function momentOf(stamp: string): number {
  const [, year, month, day, hour, minute, second, ms] = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-(\d{3})$/.exec(stamp) ?? []
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`)
}

/**
 * Puts a copy of a backup in the place of the database; what was there becomes a backup itself, or, where it cannot be copied, is set
 * aside whole. Nothing is deleted. Returns where that is.
 *
 * @param chosen a file, or the name of one of the folder's backups.
 * @throws StoreLockedError while a program has the folder open, ReadOnlyStoreError, DiskFullError, StoreError where the backup is not intact.
 */
export function restoreFrom(home: string, chosen: string, now: number): { restored: string; replaced?: string } {
  assertReachable(home)
  const backup = backupNamed(home, chosen)
  const lock = lockHome(home)
  try {
    const replaced = exists(databaseFile(home)) ? putAway(home, now) : undefined
    clearPlace(home, now)
    restoreBackup(home, backup)
    return { restored: backup, ...(replaced !== undefined && { replaced }) }
  } catch (error) {
    throw namedWriteError(error, home)
  } finally {
    lock.release()
  }
}

/** Keeps the database that is about to be replaced, and takes it out of its place. Returns where it is. */
function putAway(home: string, now: number): string {
  assertWritable(home)
  const file = databaseFile(home)
  let kept: string
  try {
    const sqlite = new Database(file, { fileMustExist: true })
    try {
      kept = backUpNow(sqlite, home, 'replaced', now)
    } finally {
      sqlite.close()
    }
  } catch {
    // It cannot be copied: the file itself stays, under the name that damaged ones have.
    return setAside(home, 'it was replaced', now).kept
  }
  for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true })
  return kept
}
