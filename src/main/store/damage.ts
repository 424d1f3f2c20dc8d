import { copyFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { newestSoundBackup, settle, stamp } from './backups'
import { DamagedStoreError } from './errors'

export const DATABASE = 'lab.sqlite'

export function databaseFile(home: string): string {
  return join(home, DATABASE)
}

export function exists(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false }) !== undefined
}

/** Whether there is a lab in a data folder. */
export function hasDatabase(home: string): boolean {
  return exists(databaseFile(home))
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
  return new DamagedStoreError(reason, kept, newestSoundBackup(home))
}

/** The error of a data folder whose database was set aside and not yet replaced; undefined for every other folder. */
export function undecidedDamage(home: string): DamagedStoreError | undefined {
  const kept = exists(databaseFile(home)) ? undefined : newestDamaged(home)
  return kept === undefined ? undefined : new DamagedStoreError('found at an earlier start', kept, newestSoundBackup(home))
}

/** Puts the newest sound backup in the place of the database. Throws `damage` where there is none. */
export function restoreBackup(home: string, damage: DamagedStoreError): void {
  if (damage.backup === undefined) throw damage
  const part = join(home, `${DATABASE}.restoring`)
  copyFileSync(damage.backup, part)
  settle(part, databaseFile(home))
}
