import { chmodSync, closeSync, copyFileSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** What the lab keeps is its owner's alone. Windows has no mode bits: there the user's own folders see to it. */

const FILE = 0o600
const FOLDER = 0o700
const OTHERS = 0o077
/** Folders that are meant for everybody, such as /tmp. */
const STICKY = 0o1000

/** Makes a folder, and what is missing above it, for its owner alone. */
export function makePrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: FOLDER })
}

/**
 * Makes an empty file for its owner alone, where there is none: SQLite would make it readable to all. A file that is there is
 * not opened, since closing a second descriptor of a database drops the locks this process holds on it.
 */
export function makePrivateFile(file: string): void {
  try {
    closeSync(openSync(file, 'wx', FILE))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}

/** Writes a small file for its owner alone, in place of what was there; readers find the old content or the new. */
export function writePrivate(file: string, text: string): void {
  const part = `${file}.part`
  rmSync(part, { force: true })
  writeFileSync(part, text, { mode: FILE, flag: 'wx' })
  renameSync(part, file)
}

/** A copy that this user may write, whatever the original allows, and that others may not read. */
export function copyPrivately(from: string, to: string): void {
  rmSync(to, { force: true })
  makePrivateFile(to)
  copyFileSync(from, to)
  chmodSync(to, FILE)
}

/** Whether there is a file or folder at a path; a link to nowhere is none. Throws where the folder above cannot be searched. */
export function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined
}

/** Whether a file is this user's, on a system with modes. */
export function isOwn(path: string): boolean {
  try {
    return process.getuid !== undefined && statSync(path).uid === process.getuid()
  } catch {
    return false
  }
}

/** Takes a data folder and the lab's files in it from everybody but their owner. What is another user's stays as it is. */
export function tighten(home: string): void {
  if (process.getuid === undefined) return
  closeToOthers(home)
  for (const name of namesIn(home)) if (/^lab\.|^open\.html$/.test(name)) closeToOthers(join(home, name))
  const backups = join(home, 'backups')
  closeToOthers(backups)
  for (const name of namesIn(backups)) closeToOthers(join(backups, name))
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function closeToOthers(path: string): void {
  try {
    const { mode } = statSync(path)
    if ((mode & OTHERS) === 0 || !isOwn(path) || isShared(path, mode)) return
    chmodSync(path, mode & 0o7777 & ~OTHERS)
  } catch {
    // Not there, a disk without modes, or one that cannot be written: its permissions stay as they are.
  }
}

/** The lab may have been sent into a folder that is more than the lab's. */
function isShared(path: string, mode: number): boolean {
  return (mode & STICKY) !== 0 || resolve(path) === homedir()
}
