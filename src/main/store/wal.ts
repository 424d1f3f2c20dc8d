import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs'
import { databaseFile } from './connection'
import { copyPrivately, exists } from './private'
import { stamp } from './stamp'

/**
 * The write-ahead log that a program left behind when it ended without notice. SQLite reads it up to the first frame that does not match
 * its checksum and drops the rest without a word: right for what was cut off in the middle of a write, wrong for a flipped bit.
 * The format is SQLite's own, https://www.sqlite.org/fileformat2.html#walformat.
 */

const HEADER_BYTES = 32
const FRAME_HEADER_BYTES = 24
const MAGIC = 0x377f0682
const SALTS_AT = 16
const COMMIT_AT = 4

/** The log's own sum, two words, over whole pairs of words. */
function summed([s0, s1]: readonly [number, number], bytes: Buffer, isBigEndian: boolean): [number, number] {
  let [a, b] = [s0, s1]
  for (let at = 0; at < bytes.length; at += 8) {
    a = (a + (isBigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)) + b) >>> 0
    b = (b + (isBigEndian ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4)) + a) >>> 0
  }
  return [a, b]
}

const isSum = ([a, b]: readonly [number, number], bytes: Buffer, at: number) =>
  bytes.readUInt32BE(at) === a && bytes.readUInt32BE(at + 4) === b

/** How many changes of a log SQLite will drop though they were whole: commits behind a frame that does not match. `all`: of an unreadable head. */
function droppedIn(descriptor: number): number | 'all' {
  const { size } = fstatSync(descriptor)
  const header = Buffer.alloc(HEADER_BYTES)
  if (size <= HEADER_BYTES || readSync(descriptor, header, 0, HEADER_BYTES, 0) < HEADER_BYTES) return 0
  const magic = header.readUInt32BE(0)
  const isBigEndian = (magic & 1) === 1
  let sum = summed([0, 0], header.subarray(0, 24), isBigEndian)
  if ((magic & ~1) !== MAGIC || !isSum(sum, header, 24)) return 'all'
  const page = header.readUInt32BE(8)
  const frame = Buffer.alloc(FRAME_HEADER_BYTES + page)
  let isBroken = false
  let dropped = 0
  for (let at = HEADER_BYTES; at + frame.length <= size; at += frame.length) {
    readSync(descriptor, frame, 0, frame.length, at)
    // Frames of an earlier round of the log have other salts; one alone may be a flipped bit.
    const isOfThisRound = frame.compare(header, SALTS_AT, SALTS_AT + 8, 8, 16) === 0
    if (!isBroken) {
      const next = summed(summed(sum, frame.subarray(0, 8), isBigEndian), frame.subarray(FRAME_HEADER_BYTES), isBigEndian)
      if (isOfThisRound && isSum(next, frame, 16)) {
        sum = next
        continue
      }
      isBroken = true
    }
    if (isOfThisRound && frame.readUInt32BE(COMMIT_AT) > 0) dropped++
  }
  return dropped
}

/**
 * Looks through the log before SQLite opens it. Where whole changes in it cannot be read, log and database are kept beside as they are,
 * and what happened is returned as a sentence. Call with the writer's lock held and no connection open.
 */
export function keepDamagedLog(home: string, now: number): string | undefined {
  const file = databaseFile(home)
  if (!exists(`${file}-wal`) || statSync(`${file}-wal`).size === 0) return undefined
  const descriptor = openSync(`${file}-wal`, 'r')
  let dropped: number | 'all'
  try {
    dropped = droppedIn(descriptor)
  } finally {
    closeSync(descriptor)
  }
  if (dropped === 0) return undefined
  const kept = `${file}.lost-${stamp(now)}`
  copyPrivately(`${file}-wal`, `${kept}-wal`)
  copyPrivately(file, kept)
  const what = dropped === 'all' ? 'None of its changes' : dropped === 1 ? 'The last change in it' : `Its last ${dropped} changes`
  return `The log of the last changes, lab.sqlite-wal, is damaged. ${what} could ${dropped === 'all' ? '' : 'not '}be read, so the history is as it was before. Log and database are kept as ${kept}-wal and ${kept}; lab restore lists the backups.`
}
