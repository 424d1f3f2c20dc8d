import { count } from '@shared/format'
import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import Database from 'better-sqlite3'
import { programLog } from '../log'
import { backupFiles, backupOfferOf, isDamagedBackup } from './backup-facts'
import { settle } from './backups'
import { databaseFile } from './connection'
import { clearPlace, restoreBackup, setAside, undecidedLoss } from './damage'
import { DamagedStoreError, LostStoreError, namedWriteError, StoreError } from './errors'
import { examine } from './examine'
import { contentFault, databaseFault } from './health'
import { lockHome, pidFile } from './lock'
import { openStore } from './open'
import { copyPrivately, exists, makePrivateFile, tighten } from './private'
import { type Salvage, salvage } from './salvage'
import { stamp } from './stamp'
import { keepDamagedLog } from './wal'
import { assertReachable, assertWritable, headerForbidsWriting } from './writable'

/**
 * Puts right what can be put right of a data folder without a guess, and deletes nothing: whatever is replaced stays beside under a dated
 * name. Returns what was done, a sentence each.
 *
 * @param now milliseconds since 1970.
 * @throws StoreLockedError while a program has the folder open, ReadOnlyStoreError, DiskFullError, NewerStoreError.
 */
export function repair(home: string, now: number): string[] {
  assertReachable(home)
  if (!exists(home)) return []
  const done: string[] = []
  repairFiles(home, now, done)
  putBackupsAside(home, now, done)
  if (exists(databaseFile(home))) repairRows(home, now, done)
  const log = programLog(home)
  for (const sentence of done) log.warning(`Repaired: ${sentence}`)
  return done
}

/** Modes, lock, log and the database as a file. */
function repairFiles(home: string, now: number, done: string[]): void {
  const open = examine(home, { depth: 'start' }).modes.filter(({ isOpenToOthers }) => isOpenToOthers)
  const lock = heldLock(home, done)
  try {
    tighten(home)
    if (open.length > 0) done.push(`Closed to others on this machine: ${open.map(({ name }) => name).join(', ')}.`)
    const file = databaseFile(home)
    if (exists(file)) {
      assertWritable(home)
      const lost = keepDamagedLog(home, now)
      if (lost !== undefined) done.push(lost)
      const fault = faultOf(file)
      if (fault === undefined || rebuildIndices(home, fault, now, done)) return
      const { kept } = setAside(home, fault, now)
      done.push(`The database is damaged (${fault}). It was put aside as ${basename(kept)}.`)
      replace(home, kept, now, done)
    } else {
      const loss = undecidedLoss(home)
      if (loss !== undefined) replace(home, loss instanceof DamagedStoreError ? loss.kept : undefined, now, done)
    }
  } catch (error) {
    throw namedWriteError(error, home)
  } finally {
    lock.release()
  }
}

function heldLock(home: string, done: string[]): ReturnType<typeof lockHome> {
  const foreign = () => readdirSync(home).filter((name) => name.startsWith('lab.lock.foreign-'))
  const known = foreign()
  const named = exists(pidFile(home)) ? Number.parseInt(readFileSync(pidFile(home), 'utf8'), 10) : undefined
  const lock = lockHome(home)
  for (const name of foreign().filter((each) => !known.includes(each)))
    done.push(`lab.lock held what no lab wrote. It was put aside as ${name}.`)
  if (named !== undefined)
    done.push(`The lock still named ${Number.isNaN(named) ? 'no process' : `process ${named}`}, which has ended. It was taken over.`)
  return lock
}

/** What is wrong with a database file, as a phrase. Throws NewerStoreError. */
function faultOf(file: string): string | undefined {
  if (headerForbidsWriting(file)) return 'its header forbids writing'
  const sqlite = new Database(file, { fileMustExist: true })
  try {
    return Number(sqlite.pragma('page_count', { simple: true })) === 0 ? 'it is empty' : databaseFault(sqlite, 'everything')
  } catch (error) {
    const reason = contentFault(error)
    if (reason === undefined) throw error
    return reason
  } finally {
    sqlite.close()
  }
}

/** Copies a database and its log. */
function copyOf(file: string, to: string): void {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(to + end, { force: true })
  copyPrivately(file, to)
  if (exists(`${file}-wal`)) copyPrivately(`${file}-wal`, `${to}-wal`)
}

/** Whether a copy with new indices is sound; it then stands in the database's place. */
function rebuildIndices(home: string, fault: string, now: number, done: string[]): boolean {
  const file = databaseFile(home)
  const part = `${file}.repairing`
  try {
    copyOf(file, part)
    const sqlite = new Database(part)
    try {
      sqlite.exec('reindex')
      if (databaseFault(sqlite, 'everything') !== undefined) return false
      sqlite.pragma('journal_mode = delete')
    } finally {
      sqlite.close()
    }
    const { kept } = setAside(home, fault, now)
    settle(part, file)
    done.push(`Indices did not match their tables (${fault}). They were rebuilt; the file as it was is ${basename(kept)}.`)
    return true
  } catch (error) {
    if (error instanceof Database.SqliteError && contentFault(error) !== undefined) return false
    throw error
  } finally {
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(part + end, { force: true })
  }
}

/** Puts what holds more runs in the place of a lost database: what can be read of it, or the fullest sound backup. */
function replace(home: string, damaged: string | undefined, now: number, done: string[]): void {
  const file = databaseFile(home)
  const part = `${file}.salvaged-${stamp(now)}`
  const read = damaged === undefined ? undefined : salvaged(damaged, part)
  const { newest, fullest } = backupOfferOf(home)
  const backup = fullest ?? newest
  const runs = (n: number) => count(n, 'run', 'runs')
  clearPlace(home, now)
  if (read && (backup === undefined || read.runs >= backup.runs)) {
    settle(part, file)
    const left = read.isWhole ? '' : ' What lies on pages that cannot be read is only in the file put aside.'
    const orphans =
      read.orphans > 0 ? ` So ${read.orphans === 1 ? 'is one row' : `are ${read.orphans} rows`} whose owner could not be read.` : ''
    done.push(
      `${count(read.rows, 'row', 'rows')} could be read from it, ${runs(read.runs)} among them, and are in a new file.${left}${orphans}`
    )
  } else if (backup) {
    restoreBackup(home, backup.file)
    const beside = read ? ` What could be read of the damaged one, ${runs(read.runs)}, is beside as ${basename(part)}.` : ''
    done.push(`The backup ${basename(backup.file)} with ${runs(backup.runs)} was put in its place.${beside}`)
  } else done.push('Nothing could be read from it and there is no sound backup. Start with an empty lab: lab serve --damaged fresh')
}

/** What could be read, in a file of its own; undefined, and no file, where that is nothing. */
function salvaged(damaged: string, into: string): Salvage | undefined {
  const copy = `${into}.source`
  let found: Salvage | undefined
  try {
    copyOf(damaged, copy)
    makePrivateFile(into)
    found = salvage(copy, into)
    return found.rows > 0 && faultOf(into) === undefined ? found : undefined
  } catch (error) {
    if (contentFault(error) === undefined) throw error
    return undefined
  } finally {
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(copy + end, { force: true })
    if (!found || found.rows === 0) rmSync(into, { force: true })
  }
}

function putBackupsAside(home: string, now: number, done: string[]): void {
  for (const file of backupFiles(home).filter(isDamagedBackup)) {
    const kept = `${file}.damaged-${stamp(now)}`
    renameSync(file, kept)
    done.push(`The backup ${basename(file)} is damaged. It was put aside as ${join('backups', basename(kept))}.`)
  }
}

/** Damaged rows from backups, runs that nobody trains, and a backup where none is left. */
function repairRows(home: string, now: number, done: string[]): void {
  const store = openStore(home, { now: () => now, keepBin: true })
  try {
    const interrupted = [...store.recovery.interrupted]
    if (store.verify().length > 0) {
      done.push(...store.heal(now))
      store.recover(now, { keepBin: true })
      interrupted.push(...store.recovery.interrupted)
    }
    if (interrupted.length > 0)
      done.push(`${count(interrupted.length, 'run that nobody trains was', 'runs that nobody trains were')} marked interrupted.`)
    const isSound = store.verify().length === 0
    if (done.length > 0 && isSound && store.runs.list().length > 0) done.push(`A backup was made: ${basename(store.backUp(now))}.`)
  } catch (error) {
    // What is left is named by the diagnosis that follows.
    if (!(error instanceof StoreError) || error instanceof LostStoreError) throw error
    done.push(`The repair ended early: ${error.message}`)
  } finally {
    store.close()
  }
}
