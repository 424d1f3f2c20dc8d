import { count } from '@shared/format'
import { basename } from 'node:path'
import Database from 'better-sqlite3'
import type { BackupOffer } from './backup'

/** What the store refuses or cannot do. Every message is a sentence a user may read, with the way out where there is one. */
export class StoreError extends Error {
  override name = 'StoreError'
}

/** Another program writes this data folder. */
export class StoreLockedError extends StoreError {
  override name = 'StoreLockedError'
  constructor(
    readonly home: string,
    /** The holder's process id; undefined where it has not said. */
    readonly pid: number | undefined
  ) {
    const holder = pid === undefined ? 'another program' : `process ${pid}`
    super(
      `The data folder ${home} is in use by ${holder}. Close that program, or choose another folder with --home or DMRO_HOME. If it is a lab in a browser, lab link prints its link.`
    )
  }
}

/** The folder or its files may be read and not written. */
export class ReadOnlyStoreError extends StoreError {
  override name = 'ReadOnlyStoreError'
}

/** The folder's lock was taken away while this program had it open: nothing is written any more. */
export class LostLockError extends ReadOnlyStoreError {
  override name = 'LostLockError'
}

/** The file was written by a newer version of the program. Nothing was touched. */
export class NewerStoreError extends StoreError {
  override name = 'NewerStoreError'
  constructor(
    readonly file: string,
    readonly found: number,
    readonly known: number
  ) {
    super(`${file} has schema ${found}, this program knows schemas up to ${known}. Open it with a newer version of DMRO Lab.`)
  }
}

/** The file of an older version is being read beside its writer, or could not be brought up to date. Nothing was touched. */
export class OlderStoreError extends StoreError {
  override name = 'OlderStoreError'
}

/**
 * There was a database and there is none that can be opened. The data folder stays shut until
 * `openStore(home, { damaged: 'restore' | 'fresh' })` says what to continue from.
 */
export class LostStoreError extends StoreError {
  override name = 'LostStoreError'
  constructor(
    /** What is the matter, without the ways out. */
    readonly what: string,
    readonly offer: BackupOffer
  ) {
    super(`${what} ${waysOut(offer)}`)
  }

  /** The newest backup that passes every check. */
  get backup(): string | undefined {
    return this.offer.newest?.file
  }
}

/** The database file is damaged, empty or not ours. It is kept under `kept`, whole. */
export class DamagedStoreError extends LostStoreError {
  override name = 'DamagedStoreError'
  constructor(
    readonly reason: string,
    /** Where the damaged file is now. */
    readonly kept: string,
    offer: BackupOffer
  ) {
    super(`The database is damaged (${reason}). It is kept as ${kept}.`, offer)
  }
}

/** The database file is not there, and its backups are. */
export class MissingStoreError extends LostStoreError {
  override name = 'MissingStoreError'
  constructor(
    readonly file: string,
    offer: BackupOffer
  ) {
    const left = offer.copies > 0 ? 'its backups are' : 'the log of its last changes is'
    super(`The database ${file} is missing, though ${left}. If it was moved, put it back.`, offer)
  }
}

function waysOut({ copies, newest, fullest }: BackupOffer): string {
  const fresh = 'lab serve --damaged fresh'
  const none = copies === 0 ? 'There is no backup to restore.' : 'No backup of it passes all checks.'
  if (!newest) return `${none} Start with an empty lab: ${fresh}`
  const runs = (n: number) => count(n, 'run', 'runs')
  const more = fullest
    ? ` ${fullest.file} holds more, ${runs(fullest.runs)}: lab serve --damaged restore --backup ${basename(fullest.file)}`
    : ''
  return `The newest intact backup is ${newest.file} with ${runs(newest.runs)}. Continue from it: lab serve --damaged restore; or from an empty lab, keeping the backups: ${fresh}.${more}`
}

/** A run that another tracker recorded was asked for what it does not have. */
export class NoScenarioError extends StoreError {
  override name = 'NoScenarioError'
  constructor(run?: string) {
    super(
      `${run === undefined ? 'The run' : `Run ${run}`} came from another tracker: it has curves and no scenario, so there is nothing of it to place, train or evaluate here.`
    )
  }
}

/** One stored record does not match its checksum; all others can still be read. */
export class DamagedRecordError extends StoreError {
  override name = 'DamagedRecordError'
  constructor(
    readonly run: string,
    /** The damaged part, e.g. `curve "loss"`. */
    readonly part: string
  ) {
    super(`The stored ${part} of run ${run} is damaged: its checksum does not match.`)
  }
}

/** No run has this id, or it was deleted for good. */
export class UnknownRunError extends StoreError {
  override name = 'UnknownRunError'
  constructor(readonly id: string) {
    super(`There is no run ${id}.`)
  }
}

/** The disk has no room, or refuses to be written; what was being written has been rolled back whole. */
export class DiskFullError extends StoreError {
  override name = 'DiskFullError'
  constructor(
    readonly home: string,
    /** SQLite's code, e.g. SQLITE_FULL. */
    readonly code: string
  ) {
    super(code === 'SQLITE_FULL' ? `The disk that holds ${home} is full.` : `The disk that holds ${home} cannot be written (${code}).`)
  }
}

/** SQLite's code of an error; undefined for every other error. */
export function sqliteCode(error: unknown): string | undefined {
  return error instanceof Database.SqliteError ? error.code : undefined
}

/** A write's error as this house names it. */
export function namedWriteError(error: unknown, home: string): unknown {
  const code = sqliteCode(error)
  const system = error instanceof Error && 'code' in error ? error.code : undefined
  if (system === 'ENOSPC' || system === 'EDQUOT') return new DiskFullError(home, 'SQLITE_FULL')
  if (code === 'SQLITE_FULL' || code?.startsWith('SQLITE_IOERR')) return new DiskFullError(home, code)
  if (code?.startsWith('SQLITE_READONLY')) return new ReadOnlyStoreError(`The data folder ${home} cannot be written (${code}).`)
  return error
}
