import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { crc32 } from 'node:zlib'
// The build without Node's workers: it needs nothing but the language, and bundles.
import { Inflate } from 'fflate/browser'
import { BadBundleError, bad } from './errors'
import { type ByteSource, readDirectory, type ZipEntry, type ZipOrigin } from './zip-directory'

/** Packed bytes inflated at a time: what one such step may make of them is held in memory before it is counted. */
const STEP_BYTES = 4096

/** A zip file, looked into one file at a time. */
export interface Zip {
  entries: ReadonlyMap<string, ZipEntry>
  /** A file's content, its length and CRC-32 checked. Throws BadBundleError. */
  read(path: string): Uint8Array
}

/** Throws BadBundleError where the zip is none that one of this origin may be. */
export function openZip(source: ByteSource, origin: ZipOrigin = 'bundle'): Zip {
  const entries = new Map(readDirectory(source, origin).map((entry) => [entry.path, entry]))
  return {
    entries,
    read: (path) => {
      const entry = entries.get(path)
      if (!entry) throw bad(path, 'is missing')
      const packed = source.read(entry.start, entry.packedBytes)
      const bytes = entry.isDeflated ? inflated(packed, entry) : packed
      if (crc32(bytes) !== entry.crc) throw bad(path, 'is damaged: its checksum does not match')
      return bytes
    }
  }
}

function inflated(packed: Uint8Array, { path, bytes }: ZipEntry): Uint8Array {
  const content = new Uint8Array(bytes)
  let at = 0
  const inflate = new Inflate((part) => {
    if (at + part.length > bytes) throw bad(path, 'holds more than it states')
    content.set(part, at)
    at += part.length
  })
  try {
    for (let from = 0; from === 0 || from < packed.length; from += STEP_BYTES) {
      inflate.push(packed.subarray(from, from + STEP_BYTES), from + STEP_BYTES >= packed.length)
    }
  } catch (error) {
    if (error instanceof BadBundleError) throw error
    throw bad(path, 'is damaged: it cannot be inflated')
  }
  if (at !== bytes) throw bad(path, 'holds less than it states')
  return content
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** A file as a source, until it is closed. */
export function fileSource(path: string): ByteSource & { close(): void } {
  const file = openSync(path, 'r')
  const { size } = fstatSync(file)
  return {
    size,
    read: (offset, length) => {
      const bytes = new Uint8Array(length)
      if (offset < 0 || offset + length > size) throw new RangeError('beyond the end')
      for (let at = 0; at < length; ) {
        const got = readSync(file, bytes, at, length - at, offset + at)
        if (got === 0) throw new RangeError('beyond the end')
        at += got
      }
      return bytes
    },
    close: () => closeSync(file)
  }
}

/** A block in memory as a source. */
export function sourceOf(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: (offset, length) => {
      if (offset < 0 || offset + length > bytes.length) throw new RangeError('beyond the end')
      return bytes.subarray(offset, offset + length)
    }
  }
}
