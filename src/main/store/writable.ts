import { accessSync, chmodSync, closeSync, constants, lstatSync, openSync, readlinkSync, readSync, realpathSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { backupFolder } from './backup-facts'
import { databaseFile } from './connection'
import { ReadOnlyStoreError, StoreError } from './errors'
import { exists, isOwn } from './private'

/** Where SQLite's header says which version may write and which may read; larger numbers than it knows forbid it. */
const VERSIONS_AT = 18
const NEWEST_VERSION = 2

/**
 * Throws StoreError where the data folder or its database is a link to nowhere, as to a disk that is not mounted, or is not a folder and
 * no file. Where there is no database the same holds of the folder of its backups: none are seen through such a link, and an empty
 * lab would begin in silence.
 */
export function assertReachable(home: string): void {
  assertFolder(home)
  const file = databaseFile(home)
  assertThere(file)
  const kind = kindOf(file)
  if (kind === 'missing') assertFolder(backupFolder(home))
  else if (kind === 'other')
    throw new StoreError(`${file} is not a file, so it is not a database. Move it away, or choose another folder with --home.`)
}

function kindOf(path: string): 'missing' | 'file' | 'other' | 'hidden' {
  try {
    const found = statSync(path, { throwIfNoEntry: false })
    return found ? (found.isFile() ? 'file' : 'other') : 'missing'
  } catch {
    // A folder above that may not be searched: opening the file reports that.
    return 'hidden'
  }
}

/** Throws StoreError where a path is a link to nowhere, or something else than a folder. A missing one is none of both. */
export function assertFolder(path: string): void {
  assertThere(path)
  if (exists(path) && !isFolder(path)) throw new StoreError(`${path} is not a folder. Move it away, or choose another folder with --home.`)
}

function assertThere(path: string): void {
  const target = missingTarget(path)
  if (target !== undefined)
    throw new StoreError(`${path} is a link to ${target}, which does not exist. Mount the disk it is on, or correct the link.`)
}

function missingTarget(path: string): string | undefined {
  try {
    if (!lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() || exists(path)) return undefined
    return resolve(dirname(path), readlinkSync(path))
  } catch {
    // A folder above that may not be searched: opening the file reports that.
    return undefined
  }
}

/**
 * Sees to it that the database and what SQLite keeps beside it can be written. What a look at a write-protected database left
 * behind (an index, an empty log) is this program's own and made writable again. Throws ReadOnlyStoreError naming the file that
 * cannot be written.
 */
export function assertWritable(home: string): void {
  const file = realpathSync(databaseFile(home))
  mustBeWritable(dirname(file))
  mustBeWritable(file)
  makeWritable(`${file}-shm`)
  if (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size === 0) makeWritable(`${file}-wal`)
  for (const end of ['-wal', '-shm']) if (exists(file + end)) mustBeWritable(file + end)
}

/** Lets a file of this program's own be written again, where its mode alone forbids it. */
export function makeWritable(file: string): void {
  if (!exists(file) || refusal(file) === undefined || !isOwn(file)) return
  try {
    chmodSync(file, 0o600)
  } catch {
    // Writing to it reports why that cannot be done.
  }
}

/** Throws ReadOnlyStoreError where a file or folder cannot be read and written, with the way out. */
export function mustBeWritable(path: string): void {
  const code = refusal(path)
  if (code !== undefined) throw new ReadOnlyStoreError(unwritable(path, code))
}

/** A sentence for what cannot be written, by the system's or SQLite's code (EACCES, EROFS, SQLITE_READONLY, …). */
export function unwritable(path: string, code: string): string {
  if (code === 'EROFS') return `${path} cannot be written: its disk is mounted read-only.`
  if (code !== 'EACCES') return `${path} cannot be written (${code}).`
  const wayOut = isOwn(path)
    ? `its permissions do not allow it. Allow it with: chmod ${isFolder(path) ? 'u+rwx' : 'u+rw'} "${path}"`
    : 'it belongs to another user. Ask its owner, or choose another folder with --home or DMRO_HOME.'
  return `${path} cannot be written: ${wayOut}`
}

function refusal(path: string): string | undefined {
  try {
    accessSync(path, constants.R_OK | constants.W_OK | (isFolder(path) ? constants.X_OK : 0))
    return undefined
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

/** Whether a database's own header forbids writing, as a flipped bit can make it. Call before any connection is open: closing the file drops this process's locks on it. */
export function headerForbidsWriting(file: string): boolean {
  const descriptor = openSync(file, 'r')
  try {
    const versions = Buffer.alloc(2)
    readSync(descriptor, versions, 0, 2, VERSIONS_AT)
    return versions.some((version) => version > NEWEST_VERSION)
  } finally {
    closeSync(descriptor)
  }
}
