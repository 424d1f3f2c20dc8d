import { readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { StoreError, writePrivate, writerOf } from '../store'

/** The link of a lab that is open in a browser, kept in its data folder for its owner's eyes. */
const linkFile = (home: string) => join(home, 'lab.link')

/**
 * A page that leads to the link. A browser is given the path of this file, since every user of the machine can read what
 * programs are started with. Its name stays the same: browsers remember a window's place by it.
 */
const openerFile = (home: string) => join(home, 'open.html')

/** An opener that nobody has used for so long is of no use any more. */
const UNUSED_MS = 60_000
/** A second browser that was started at the same moment finds it still. */
const USED_MS = 2000

/** What is open in a data folder. */
export type Found =
  | { state: 'open'; url: string; pid: number }
  /** A program without a link holds the folder: a window of its own, or a command at work. */
  | { state: 'held'; pid: number | undefined }
  /** `isStale`: a lab that ended without notice left a link behind, which opens nothing. */
  | { state: 'closed'; isStale: boolean }

/** The link of the lab that this process has open, as long as it is. The data folder must be held by its lock. */
export interface KeptLink {
  /** Tells that somebody has come in by the link: what led to it is no longer needed. */
  used(): void
  /** Takes it away, and what leads to it. */
  drop(): void
}

export function keepLink(home: string, url: string): KeptLink {
  dropOpener(home)
  writePrivate(linkFile(home), `${JSON.stringify({ url, pid: process.pid })}\n`)
  const sweep = setInterval(() => dropOpener(home, UNUSED_MS), UNUSED_MS).unref()
  return {
    used: () => void setTimeout(() => dropOpener(home, USED_MS), USED_MS + 50).unref(),
    drop: () => {
      clearInterval(sweep)
      rmSync(linkFile(home), { force: true })
      dropOpener(home)
    }
  }
}

/** The lab that is open in a data folder. Throws StoreError where it is another user's. */
export function findLink(home: string): Found {
  const kept = readLink(home)
  const writer = writerOf(home)
  if (!writer) return { state: 'closed', isStale: kept !== undefined }
  return kept && kept.pid === writer.pid ? { state: 'open', ...kept } : { state: 'held', pid: writer.pid }
}

function readLink(home: string): { url: string; pid: number } | undefined {
  let text: string
  try {
    text = readFileSync(linkFile(home), 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    if (code === 'EACCES') throw new StoreError(`${linkFile(home)} can be read only by its owner.`)
    throw error
  }
  try {
    const read: unknown = JSON.parse(text)
    if (typeof read !== 'object' || read === null || !('url' in read) || !('pid' in read)) return undefined
    return typeof read.url === 'string' && typeof read.pid === 'number' ? { url: read.url, pid: read.pid } : undefined
  } catch {
    return undefined
  }
}

/** Writes the page that leads to a link; returns its path. The lab takes it away soon after it was used, or within two minutes. */
export function writeOpener(home: string, url: string): string {
  const page = [
    '<!doctype html>',
    '<meta charset="utf-8">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    `<meta http-equiv="refresh" content="0;url=${url}">`,
    '<title>DMRO Lab</title>',
    ''
  ]
  writePrivate(openerFile(home), page.join('\n'))
  return openerFile(home)
}

/** Takes the opener away if it was written at least so many milliseconds ago. */
function dropOpener(home: string, leastAge = 0): void {
  const written = statSync(openerFile(home), { throwIfNoEntry: false })?.mtimeMs
  if (written !== undefined && Date.now() - written >= leastAge) rmSync(openerFile(home), { force: true })
}
