import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import Database from 'better-sqlite3'
import type { Backup, BackupOffer } from './backup'
import { DATABASE } from './connection'
import { databaseFault } from './health'
import { MIGRATIONS, migrate, schemaVersion } from './migrate'
import { copyPrivately } from './private'
import { verifyFile } from './verify'

export function backupFolder(home: string): string {
  return join(home, 'backups')
}

/** The time in a backup's name, which sorts. */
export function timeOf(file: string): string {
  return file.slice(file.lastIndexOf('@') + 1, -'.sqlite'.length)
}

/** Every backup of one kind, newest first. */
export function backupFiles(home: string, kind = ''): string[] {
  let names: string[]
  try {
    names = readdirSync(backupFolder(home))
  } catch {
    return []
  }
  return names
    .filter((name) => /^(daily|manual|replaced|schema-\d+)@[\d-]+\.sqlite$/.test(name) && name.startsWith(kind))
    .sort((a, b) => (timeOf(a) < timeOf(b) ? 1 : -1))
    .map((name) => join(backupFolder(home), name))
}

/** The identity of an open database; undefined in a schema that has none. */
export function identityOf(sqlite: Database.Database): string | undefined {
  const has = sqlite.prepare("select 1 from sqlite_schema where name = 'lab_identity'").get() !== undefined
  return has ? sqlite.prepare<[], string>('select id from lab_identity').pluck().get() : undefined
}

/** Undefined where the file could not be read as a backup. */
export function readBackup(file: string): Backup | undefined {
  return look(file, (sqlite) => ({
    file,
    identity: identityOf(sqlite),
    runs: sqlite.prepare<[], number>('select count(*) from run').pluck().get() ?? 0
  }))
}

/** Whether a backup passes the checks of an opening, or every check and every checksum there is; those read all of it. */
export function isSound(file: string, depth: 'start' | 'everything'): boolean {
  const passes = look(file, (sqlite) => databaseFault(sqlite, depth) === undefined) ?? false
  return passes && (depth === 'start' || backupFindings(file).length === 0)
}

/** Whether a backup of this or an earlier schema is damaged inside; what cannot be told counts as sound. */
export function isDamagedBackup(file: string): boolean {
  const version = look(file, schemaVersion)
  // A newer program's copy is not this one's to judge.
  if (version !== undefined && version > MIGRATIONS.length) return false
  const fault = look(file, (sqlite) => databaseFault(sqlite, 'everything') ?? '')
  return fault !== '' || (version === MIGRATIONS.length && backupFindings(file).length > 0)
}

/** A sentence for each thing that does not match its checksum in a backup, whatever schema it has. It is not changed. */
export function backupFindings(file: string): string[] {
  const findings = look(file, (sqlite) => (schemaVersion(sqlite) === MIGRATIONS.length ? verifyFile(sqlite) : undefined))
  return findings ?? findingsOfOlder(file)
}

/** What is read has the present schema: an older backup is brought up to date as a copy. */
function findingsOfOlder(file: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'dmro-lab-'))
  try {
    const copy = join(folder, DATABASE)
    copyPrivately(file, copy)
    const sqlite = new Database(copy)
    try {
      migrate(sqlite)
      return verifyFile(sqlite)
    } finally {
      sqlite.close()
    }
  } catch (error) {
    return [`${basename(file)} cannot be brought up to date: ${error instanceof Error ? error.message : error}.`]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function look<T>(file: string, read: (sqlite: Database.Database) => T): T | undefined {
  try {
    const sqlite = new Database(file, { readonly: true, fileMustExist: true })
    try {
      return read(sqlite)
    } finally {
      sqlite.close()
    }
  } catch {
    return undefined
  }
}

/** What a data folder can go back to. Reads whole backups until one is intact. */
export function backupOfferOf(home: string): BackupOffer {
  const files = backupFiles(home)
  const newest = files.find((file) => isSound(file, 'everything'))
  const known = newest === undefined ? undefined : readBackup(newest)
  const fuller = files
    .flatMap((file) => readBackup(file) ?? [])
    .filter(({ runs }) => runs > (known?.runs ?? 0))
    .sort((a, b) => b.runs - a.runs)
  return { copies: files.length, newest: known, fullest: fuller.find(({ file }) => isSound(file, 'everything')) }
}
