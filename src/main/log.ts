import { closeSync, fchmodSync, fstatSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { homedir, hostname, userInfo } from 'node:os'
import { dirname, join, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { harmlessLine } from './terminal'

/**
 * The program's own log: what it did and what went wrong, for those who look into a fault. It lies in the data folder, is its owner's
 * alone, and holds nothing that people typed: names and notes, paths outside the data folder and links are left out.
 */

export const LOG = 'lab.log'
/** The log before it, once that had grown to its size. */
export const OLDER_LOG = 'lab.log.1'

const MOST_BYTES = 1024 * 1024
const MOST_LINE = 2000
const PRIVATE = 0o600

export const LEVELS = ['info', 'warning', 'error'] as const
export type Level = (typeof LEVELS)[number]

export interface LoggedLine {
  /** ISO 8601, UTC. */
  at: string
  level: Level
  text: string
}

export interface Log {
  info(text: string): void
  warning(text: string): void
  error(text: string): void
}

/** Writes nowhere: for a data folder that is only read. */
export const SILENT: Log = { info: () => {}, warning: () => {}, error: () => {} }

export interface LogOptions {
  /** Milliseconds since 1970. */
  now?: () => number
  /** Bytes at which a new file is begun. */
  most?: number
}

/** The log of a data folder. Writing to it never throws: a program that cannot log goes on. */
export function programLog(home: string, { now = Date.now, most = MOST_BYTES }: LogOptions = {}): Log {
  const file = join(home, LOG)
  const at = (level: Level) => (text: string) => {
    try {
      append(file, `${new Date(now()).toISOString()} ${level.padEnd(7)} ${withoutPersons(text, home)}\n`, most)
    } catch {
      // A full or write-protected disk; what fails for it says so by itself.
    }
  }
  return { info: at('info'), warning: at('warning'), error: at('error') }
}

function append(file: string, line: string, most: number): void {
  const descriptor = openSync(file, 'a', PRIVATE)
  let size: number
  try {
    // One that somebody opened to others is closed again.
    if (process.platform !== 'win32' && (fstatSync(descriptor).mode & 0o077) !== 0) fchmodSync(descriptor, PRIVATE)
    writeSync(descriptor, line)
    size = fstatSync(descriptor).size
  } finally {
    closeSync(descriptor)
  }
  if (size >= most) renameSync(file, join(dirname(file), OLDER_LOG))
}

/** The program's own files, wherever it is installed. */
const PROGRAM = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..')

/**
 * A message on one line without what is somebody's own. Paths in the data folder and in the program are told from there, all others as
 * `<path>`; what stands in double quotes is a name that was typed, and left out as `"…"`.
 */
export function withoutPersons(text: string, home: string): string {
  const inHome = [resolve(home), home].flatMap((folder) => [`file://${folder}${sep}`, folder + sep, folder])
  let plain = text.replaceAll(/"(?:[^"\\\n]|\\.)*"|“[^”\n]*”/g, '"…"')
  for (const part of inHome) plain = plain.replaceAll(part, part.endsWith(sep) ? '' : 'the data folder')
  for (const part of [`file://${PROGRAM}${sep}`, PROGRAM + sep]) plain = plain.replaceAll(part, '')
  plain = plain
    .replaceAll(/\bhttps?:\/\/[^\s'")]+/g, '<link>')
    .replaceAll(/(['`(])(?:file:\/\/)?(?:\/|[A-Za-z]:[\\/])[^'`)\n]+(['`)])/g, '$1<path>$2')
    .replaceAll(/(?<![\w./<])(?:file:\/\/)?(?:~?\/|[A-Za-z]:[\\/])[^\s'"`():,;]+/g, '<path>')
    .replaceAll(/\btoken=[^\s&;]+/g, 'token=…')
  for (const own of [homedir(), userName(), hostname()]) if (own.length > 2) plain = plain.replaceAll(own, '…')
  const line = harmlessLine(plain.trim())
  return line.length > MOST_LINE ? `${line.slice(0, MOST_LINE)}…` : line
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    // A user whom the system has no name for, as in some containers.
    return ''
  }
}

/** The newest lines of the log, oldest first, and of the log before it; of one level alone where one is named. Nothing where there is no log. */
export function lastLines(home: string, most: number, level?: Level): LoggedLine[] {
  const lines = [OLDER_LOG, LOG].flatMap((name) => readLines(join(home, name)))
  return lines.filter((line) => level === undefined || line.level === level).slice(-most)
}

function readLines(file: string): LoggedLine[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    // There is none, or it is not ours to read.
    return []
  }
  return text.split('\n').flatMap((line) => {
    const [, at, word, said] = /^(\S+) (\w+) +(.*)$/.exec(line) ?? []
    const level = LEVELS.find((each) => each === word)
    return level && at && said !== undefined ? [{ at, level, text: said }] : []
  })
}

/** Has errors that nothing caught written down before they end the program as they always do. Returns how to stop. */
export function logCrashes(log: Log): () => void {
  const hear = (error: unknown, origin: string): void => log.error(`${origin}: ${reasonWithTrace(error)}`)
  process.on('uncaughtExceptionMonitor', hear)
  return () => void process.off('uncaughtExceptionMonitor', hear)
}

/** An error with where it came from, for the log. */
export function reasonWithTrace(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
