import { readdirSync, statfsSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import Database from 'better-sqlite3'
import { backupFiles, backupFolder, isSound, readBackup } from './backup-facts'
import { databaseFile } from './connection'
import { StoreError } from './errors'
import { writerOf } from './lock'
import { MIGRATIONS, schemaVersion } from './migrate'
import { openReader } from './open-reader'
import { exists } from './private'

/** What there is to know of a data folder without changing anything about it. */
export interface Examination {
  sqlite: string
  exists: boolean
  /** Files and folders of the lab with their mode bits; none on a system without them. */
  modes: { name: string; mode: string; isOpenToOthers: boolean }[]
  database?: { bytes: number; schema: number | undefined; knownSchema: number }
  /** Sentences, one for each thing that is wrong with what is kept; none: all is sound. */
  findings: string[]
  /** Of what was looked at: nothing where the database could not be opened. */
  bin?: { entries: number; bytes: number }
  runs?: number
  /** The process that has the folder open for writing; `pid` unknown where it has not said. */
  writer?: { pid: number | undefined }
  backups: { copies: number; newestSound?: { name: string; runs: number } }
  freeBytes?: number
}

export interface ExamineOptions {
  /** Whether every page and checksum is read, or only what every opening checks. */
  depth: 'start' | 'everything'
  /** Hears how many parts of how many have been read. */
  onProgress?: (done: number, of: number) => void
}

const OTHERS = 0o077

/** Looks at a data folder, beside a running lab too: its database, modes, backups and bin. Never throws for what it finds. */
export function examine(home: string, { depth, onProgress }: ExamineOptions): Examination {
  const isThere = exists(home)
  const files = isThere ? backupFiles(home) : []
  const newest = files.find((file) => isSound(file, depth))
  const known = newest === undefined ? undefined : readBackup(newest)
  const file = databaseFile(home)
  return {
    sqlite: sqliteVersion(),
    exists: isThere,
    modes: isThere ? modesOf(home) : [],
    ...(exists(file) && { database: { bytes: bytesOf(file), schema: schemaOf(file), knownSchema: MIGRATIONS.length } }),
    ...(isThere ? contentOf(home, file, { depth, onProgress }) : { findings: [] }),
    ...(isThere && { writer: writerOf(home), freeBytes: freeBytes(home) }),
    backups: { copies: files.length, ...(known && { newestSound: { name: basename(known.file), runs: known.runs } }) }
  }
}

function contentOf(home: string, file: string, { depth, onProgress }: ExamineOptions): Pick<Examination, 'findings' | 'bin' | 'runs'> {
  // A folder in which no lab has been yet is nothing wrong; one that had a database is reported when it is opened.
  if (!exists(file) && backupFiles(home).length === 0 && !readdirSync(home).some((name) => name.startsWith('lab.sqlite')))
    return { findings: [] }
  try {
    const store = openReader(home, undefined, 'copy')
    try {
      const { count, bytes } = store.bin.summary()
      return {
        findings: depth === 'everything' ? store.verify(onProgress) : [],
        bin: { entries: count, bytes },
        runs: store.runs.list().length
      }
    } finally {
      store.close()
    }
  } catch (error) {
    return {
      findings: [
        error instanceof StoreError ? error.message : `The database cannot be read: ${error instanceof Error ? error.message : error}`
      ]
    }
  }
}

function modesOf(home: string): Examination['modes'] {
  if (process.getuid === undefined) return []
  const own = readdirSync(home).filter((name) => /^lab\.|^open\.html$/.test(name))
  const copies = backupFiles(home).map((copy) => join('backups', basename(copy)))
  const names = ['.', ...own.sort(), ...(exists(backupFolder(home)) ? ['backups'] : []), ...copies]
  return names.flatMap((name) => {
    const found = statSync(join(home, name), { throwIfNoEntry: false })
    if (!found) return []
    const mode = found.mode & 0o777
    return [{ name, mode: mode.toString(8).padStart(4, '0'), isOpenToOthers: (mode & OTHERS) !== 0 }]
  })
}

const bytesOf = (file: string) => ['', '-wal'].reduce((sum, end) => sum + (statSync(file + end, { throwIfNoEntry: false })?.size ?? 0), 0)

function sqliteVersion(): string {
  const sqlite = new Database(':memory:')
  try {
    return sqlite.prepare<[], string>('select sqlite_version()').pluck().get() ?? ''
  } finally {
    sqlite.close()
  }
}

function schemaOf(file: string): number | undefined {
  try {
    const sqlite = new Database(file, { readonly: true, fileMustExist: true })
    try {
      return schemaVersion(sqlite)
    } finally {
      sqlite.close()
    }
  } catch {
    // No database, or one that cannot be read: the findings say so.
    return undefined
  }
}

/** Bytes that may still be written to the disk of a folder. */
export function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}
