import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { namedWriteError } from './errors'
import { faultOf } from './health'

const KEPT = 3
const DAY_MS = 24 * 3600 * 1000

/** A time as a part of a file's name that sorts. */
export function stamp(now: number): string {
  return new Date(now).toISOString().replaceAll(/[-:]/g, '').replace('.', '-').replace('T', '-').replace('Z', '')
}

function folderOf(home: string): string {
  return join(home, 'backups')
}

/** Every backup, newest first. */
function backupsOf(home: string, kind = ''): string[] {
  let names: string[]
  try {
    names = readdirSync(folderOf(home))
  } catch {
    return []
  }
  const time = (name: string) => name.slice(name.indexOf('@'))
  return names
    .filter((name) => /^(daily|schema-\d+)@[\d-]+\.sqlite$/.test(name) && name.startsWith(kind))
    .sort((a, b) => (time(a) < time(b) ? 1 : -1))
    .map((name) => join(folderOf(home), name))
}

/** The newest backup that passes every check. */
export function newestSoundBackup(home: string): string | undefined {
  return backupsOf(home).find((file) => {
    try {
      const sqlite = new Database(file, { readonly: true, fileMustExist: true })
      try {
        return faultOf(sqlite, 'everything') === undefined
      } finally {
        sqlite.close()
      }
    } catch {
      return false
    }
  })
}

/** Makes a file durable under its final name. No connection to it may be open in this process. */
export function settle(from: string, to: string): void {
  const descriptor = openSync(from, 'r+')
  fsyncSync(descriptor)
  closeSync(descriptor)
  renameSync(from, to)
}

/** A whole copy of an open database, e.g. before its schema changes. Returns its path. Throws DiskFullError. */
export function backUpNow(sqlite: Database.Database, home: string, kind: string, now: number): string {
  mkdirSync(folderOf(home), { recursive: true })
  const file = join(folderOf(home), `${kind}@${stamp(now)}.sqlite`)
  const part = `${file}.part`
  try {
    sqlite.prepare('vacuum into ?').run(part)
    settle(part, file)
    return file
  } catch (error) {
    rmSync(part, { force: true })
    throw namedWriteError(error, home)
  }
}

/**
 * A copy made a few pages at a time beside other work, if the last is more than a day old; of the daily ones the newest
 * three are kept. Returns its path. Rejects where the disk refuses or the database is closed meanwhile.
 */
export async function backUpIfDue(sqlite: Database.Database, home: string, now: number): Promise<string | undefined> {
  const [newest] = backupsOf(home, 'daily')
  if (newest?.includes('@') && newest.slice(newest.indexOf('@') + 1) > `${stamp(now - DAY_MS)}.sqlite`) return undefined
  mkdirSync(folderOf(home), { recursive: true })
  const file = join(folderOf(home), `daily@${stamp(now)}.sqlite`)
  const part = `${file}.part`
  try {
    await sqlite.backup(part)
    // A copy keeps the write-ahead mode of its original; one that is only read needs none.
    const copy = new Database(part)
    copy.pragma('journal_mode = delete')
    copy.close()
    settle(part, file)
  } catch (error) {
    rmSync(part, { force: true })
    throw namedWriteError(error, home)
  }
  for (const old of backupsOf(home, 'daily').slice(KEPT)) rmSync(old, { force: true })
  return file
}
