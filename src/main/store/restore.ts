import { rmSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import Database from 'better-sqlite3'
import type { Backup } from './backup'
import { backupFiles, isSound, readBackup, timeOf } from './backup-facts'
import { backUpNow } from './backups'
import { databaseFile } from './connection'
import { backupNamed, clearPlace, restoreBackup, setAside } from './damage'
import { namedWriteError } from './errors'
import { SMALL_FILE_BYTES } from './health'
import { lockHome } from './lock'
import { exists } from './private'
import { assertReachable, assertWritable } from './writable'

/** A backup as a file. */
export interface BackupFile extends Backup {
  /** Milliseconds since 1970. */
  madeAt: number
  bytes: number
}

/** A backup as it is listed. */
export interface ListedBackup extends BackupFile {
  /** Its file without the folder. */
  name: string
  /** Whether it passes every check and every checksum. */
  isSound: boolean
}

/** Every backup of a data folder, newest first, without reading through any. */
export function backupsOf(home: string): BackupFile[] {
  return backupFiles(home).map((file) => {
    const facts = readBackup(file) ?? { file, identity: undefined, runs: 0 }
    return { ...facts, madeAt: momentOf(timeOf(file)), bytes: statSync(file, { throwIfNoEntry: false })?.size ?? 0 }
  })
}

/** As `backupsOf`; all of each is read. */
export function listBackups(home: string): ListedBackup[] {
  return backupsOf(home).map((backup) => ({ ...backup, name: basename(backup.file), isSound: isSound(backup.file, 'everything') }))
}

/** Whether a backup passes every check and every checksum; one too large to be read beside other work is not looked into. */
export function healthOfBackup(file: string): 'sound' | 'damaged' | 'unchecked' {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > SMALL_FILE_BYTES) return 'unchecked'
  return isSound(file, 'everything') ? 'sound' : 'damaged'
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
