import { count as counted } from '@shared/format'
import { bad } from './errors'
import { MOST_BYTES, MOST_FILE_BYTES, MOST_FILES, MOST_JSON_BYTES, mebibytes } from './limits'
import { foreignPathFault, pathFault } from './zip-paths'

/** Whose a zip is: the lab's own, whose names are plain, or what anyone packed, where folders stand beside files and case tells names apart. */
export type ZipOrigin = 'bundle' | 'anyone'

/** Bytes that are read where they are wanted: a file's, or a block in memory. */
export interface ByteSource {
  size: number
  /** Throws RangeError beyond the end. */
  read(offset: number, length: number): Uint8Array
}

/** A file of a zip as its directory tells of it, every claim checked against its own header and its neighbours. */
export interface ZipEntry {
  path: string
  isDeflated: boolean
  crc: number
  /** Of the data as it is there, and inflated. */
  packedBytes: number
  bytes: number
  /** Where its data begins. */
  start: number
}

const END = 0x06054b50
const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50
const END_BYTES = 22
const MOST_NAME_BYTES = 600
/** As many as such a directory can count. */
const MOST_FOREIGN_FILES = 65_535
/** Sizes after the data, and names in UTF-8, and how hard it was deflated: all else (encryption, patches) is refused. */
const KNOWN_FLAGS = 0b1000_0000_1110
/** Deflate makes at most this many bytes of one. */
const MOST_RATIO = 1032

const ZIP = 'the zip file'

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function end(source: ByteSource, mostFiles: number): { count: number; offset: number; bytes: number } {
  if (source.size < END_BYTES) throw bad(ZIP, 'is not a zip file')
  if (source.size > MOST_BYTES) throw bad(ZIP, `is larger than ${mebibytes(MOST_BYTES)}`)
  const at = source.size - END_BYTES
  const view = viewOf(source.read(at, END_BYTES))
  if (view.getUint32(0, true) !== END || view.getUint16(20, true) !== 0) throw bad(ZIP, 'is not a zip file, or was cut off')
  const [disk, first, here, count] = [4, 6, 8, 10].map((offset) => view.getUint16(offset, true))
  const bytes = view.getUint32(12, true)
  const offset = view.getUint32(16, true)
  if (count > mostFiles) throw bad(ZIP, `holds more than ${counted(mostFiles, 'file', 'files')}`)
  if (disk !== 0 || first !== 0 || here !== count) throw bad(ZIP, 'is one part of several')
  if (offset + bytes !== at) throw bad(ZIP, 'has a directory that is not where it states')
  if (bytes > mostFiles * MOST_NAME_BYTES) throw bad(ZIP, 'has a directory that is far too large')
  return { count, offset, bytes }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function nameOf(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch {
    throw bad(ZIP, 'holds a file whose name is not text')
  }
}

/** Why a file is none of those a bundle holds, by its attributes as Unix and DOS write them. */
function kindFault(attributes: number): string | undefined {
  const kind = (attributes >>> 28) & 0xf
  if (kind === 0xa) return 'is a link'
  return (kind !== 0 && kind !== 0x8) || (attributes & 0x10) !== 0 ? 'is not a plain file' : undefined
}

/** Everything a zip file says it holds. Throws BadBundleError for whatever such a zip may not be; nothing is inflated yet. */
export function readDirectory(source: ByteSource, origin: ZipOrigin = 'bundle'): ZipEntry[] {
  const isOwn = origin === 'bundle'
  const { count, offset, bytes } = end(source, isOwn ? MOST_FILES : MOST_FOREIGN_FILES)
  const directory = source.read(offset, bytes)
  const view = viewOf(directory)
  const entries: (ZipEntry & { header: number })[] = []
  const seen = new Set<string>()
  let total = 0
  let documents = 0
  let at = 0
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes || view.getUint32(at, true) !== CENTRAL) throw bad(ZIP, 'has a directory that could not be read')
    const [nameBytes, extraBytes, noteBytes] = [28, 30, 32].map((field) => view.getUint16(at + field, true))
    const next = at + 46 + nameBytes + extraBytes + noteBytes
    if (next > bytes) throw bad(ZIP, 'has a directory that could not be read')
    const name = directory.subarray(at + 46, at + 46 + nameBytes)
    const path = nameOf(name)
    if (!isOwn && path.endsWith('/')) {
      at = next
      continue
    }
    const entry = {
      path,
      isDeflated: view.getUint16(at + 10, true) === 8,
      crc: view.getUint32(at + 16, true),
      packedBytes: view.getUint32(at + 20, true),
      bytes: view.getUint32(at + 24, true),
      header: view.getUint32(at + 42, true),
      start: 0
    }
    const fault =
      (isOwn ? pathFault(path) : foreignPathFault(path)) ??
      kindFault(view.getUint32(at + 38, true)) ??
      packingFault(view.getUint16(at + 8, true), view.getUint16(at + 10, true), entry)
    if (fault !== undefined) throw bad(shown(path), fault)
    // Two names that differ in the case of letters alone are one file on many machines.
    const key = isOwn ? path.toLowerCase() : path
    if (seen.has(key)) throw bad(shown(path), 'is there twice')
    seen.add(key)
    total += entry.bytes
    if (total > MOST_BYTES) throw bad(ZIP, `holds more than ${mebibytes(MOST_BYTES)}`)
    if (path.endsWith('.json')) documents += entry.bytes
    if (isOwn && documents > MOST_JSON_BYTES) throw bad(ZIP, `holds more than ${mebibytes(MOST_JSON_BYTES)} of documents and records`)
    entry.start = startOf(source, entry, name, offset)
    entries.push(entry)
    at = next
  }
  if (at !== bytes) throw bad(ZIP, 'has a directory that is longer than it states')
  assertApart(entries)
  return entries.map(({ header: _, ...entry }) => entry)
}

function packingFault(flags: number, method: number, { packedBytes, bytes }: ZipEntry): string | undefined {
  if ((flags & 1) !== 0) return 'is encrypted'
  if ((flags & ~KNOWN_FLAGS) !== 0 || (method !== 0 && method !== 8)) return 'is compressed by an unknown method'
  if (bytes > MOST_FILE_BYTES || packedBytes > MOST_FILE_BYTES) return `is larger than ${mebibytes(MOST_FILE_BYTES)}`
  if (method === 0 ? bytes !== packedBytes : bytes > packedBytes * MOST_RATIO) return 'cannot be as large as it states'
  return undefined
}

/** Where an entry's data begins, once its own header agrees with the directory. */
function startOf(
  source: ByteSource,
  entry: { path: string; isDeflated: boolean; header: number; packedBytes: number },
  name: Uint8Array,
  directory: number
): number {
  const { path, isDeflated, header, packedBytes } = entry
  if (header + 30 + name.length > directory) throw bad(path, 'is not where the directory says')
  const local = source.read(header, 30 + name.length)
  const view = viewOf(local)
  const isSame =
    view.getUint32(0, true) === LOCAL &&
    view.getUint16(8, true) === (isDeflated ? 8 : 0) &&
    view.getUint16(26, true) === name.length &&
    name.every((byte, i) => byte === local[30 + i])
  if (!isSame) throw bad(path, 'has a header that does not agree with the directory')
  const start = header + 30 + name.length + view.getUint16(28, true)
  if (start + packedBytes > directory) throw bad(path, 'is not where the directory says')
  return start
}

/** Entries that share bytes make much of little. */
function assertApart(entries: readonly (ZipEntry & { header: number })[]): void {
  const ordered = [...entries].sort((a, b) => a.header - b.header)
  ordered.forEach((entry, i) => {
    const next = ordered[i + 1]
    if (next && entry.start + entry.packedBytes > next.header) throw bad(entry.path, `shares its bytes with ${next.path}`)
  })
}

/** A name short enough for a message, without anything a terminal would interpret. */
function shown(path: string): string {
  return JSON.stringify(path.length > 80 ? `${path.slice(0, 80)}…` : path)
}
