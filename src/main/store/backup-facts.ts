import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Backup, BackupOffer } from './backup'
import { databaseFault } from './health'

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
    .filter((name) => /^(daily|schema-\d+)@[\d-]+\.sqlite$/.test(name) && name.startsWith(kind))
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

/** Whether a backup passes the checks of an opening, or every check there is; those read all of it. */
export function isSound(file: string, depth: 'start' | 'everything'): boolean {
  return look(file, (sqlite) => databaseFault(sqlite, depth) === undefined) ?? false
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
