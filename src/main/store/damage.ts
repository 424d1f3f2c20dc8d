import { lstatSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { backupFindings, backupFolder, isSound, backupOfferOf } from './backup-facts'
import { settle } from './backups'
import { DATABASE, databaseFile } from './connection'
import { DamagedStoreError, type LostStoreError, MissingStoreError, StoreError } from './errors'
import { copyPrivately, exists } from './private'
import { stamp } from './stamp'

/** Whether there is a lab in a data folder; one behind a link counts wherever the link leads, and one in a closed folder: opening says why. */
export function hasDatabase(home: string): boolean {
  try {
    return lstatSync(databaseFile(home), { throwIfNoEntry: false }) !== undefined
  } catch {
    return true
  }
}

/** The newest file that was set aside as damaged. */
function newestDamaged(home: string): string | undefined {
  const names = readdirSync(home).filter((name) => name.startsWith(`${DATABASE}.damaged-`) && !name.endsWith('-wal'))
  const [newest] = names.sort().reverse()
  return newest && join(home, newest)
}

/**
 * Renames a damaged database, its log beside it, so that nothing writes to it again. Call only with the writer's lock
 * held and every connection closed. Returns the error to throw.
 */
export function setAside(home: string, reason: string, now: number): DamagedStoreError {
  const file = databaseFile(home)
  const kept = `${file}.damaged-${stamp(now)}`
  renameSync(file, kept)
  if (exists(`${file}-wal`)) renameSync(`${file}-wal`, `${kept}-wal`)
  // The shared-memory index is rebuilt from the log.
  rmSync(`${file}-shm`, { force: true })
  return new DamagedStoreError(reason, kept, backupOfferOf(home))
}

const hasLog = (home: string) => (statSync(`${databaseFile(home)}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0

/**
 * The error of a data folder that had a database and has none: it was set aside as damaged, or is gone though its backups or its
 * log are there. Undefined for every other folder.
 */
export function undecidedLoss(home: string): LostStoreError | undefined {
  if (!exists(home) || exists(databaseFile(home))) return undefined
  const kept = newestDamaged(home)
  const offer = backupOfferOf(home)
  if (kept !== undefined) return new DamagedStoreError('found at an earlier start', kept, offer)
  return offer.copies > 0 || hasLog(home) ? new MissingStoreError(databaseFile(home), offer) : undefined
}

/** Takes away what a database that is gone left beside it: SQLite would write its log into the one that is put there. */
export function clearPlace(home: string, now: number): void {
  const file = databaseFile(home)
  if (hasLog(home)) renameSync(`${file}-wal`, `${file}.lost-${stamp(now)}-wal`)
  for (const end of ['-wal', '-shm']) rmSync(file + end, { force: true })
}

/**
 * The backup to continue from after a loss.
 *
 * @param chosen a file, or the name of one of the folder's backups; default: the newest that is intact.
 * @throws `loss` where there is none, StoreError where the chosen one is not intact.
 */
export function backupToRestore(home: string, loss: LostStoreError, chosen: string | undefined): string {
  if (chosen === undefined) {
    if (loss.backup === undefined) throw loss
    return loss.backup
  }
  return backupNamed(home, chosen)
}

/** A backup by its file or its name in the folder. Throws StoreError where there is none, or it is not intact. */
export function backupNamed(home: string, chosen: string): string {
  const named = join(backupFolder(home), basename(chosen))
  const file = exists(resolve(chosen)) ? resolve(chosen) : named
  if (!exists(file)) throw new StoreError(`Backup ${chosen} does not exist, neither as a file nor in ${backupFolder(home)}.`)
  if (!isSound(file, 'everything'))
    throw new StoreError(`${file} is not an intact backup of a lab. ${isSound(file, 'start') ? backupFindings(file)[0] : ''}`.trim())
  return file
}

/** Puts a copy of a backup in the place of the database. */
export function restoreBackup(home: string, backup: string): void {
  const part = join(home, `${DATABASE}.restoring`)
  copyPrivately(backup, part)
  settle(part, databaseFile(home))
}
