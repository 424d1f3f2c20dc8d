import { parseJson } from '@shared/formats/json'

/** Plain data and typed arrays in one block of bytes: checkpoints and policies. */
export type PackedArray = Float32Array | Float64Array | Uint8Array | Int32Array

export interface Packed {
  /** Anything JSON holds. */
  data: unknown
  arrays: Record<string, PackedArray>
}

const TYPES = { Float32Array, Float64Array, Uint8Array, Int32Array }
type TypeName = keyof typeof TYPES

interface Entry {
  key: string
  type: TypeName
  offset: number
  length: number
}

const align = (offset: number) => (offset + 7) & ~7

/** Layout: header length (u32, little endian), header as JSON, then the arrays, each on an 8-byte border. */
export function pack({ data, arrays }: Packed): Uint8Array {
  let offset = 0
  const entries = Object.entries(arrays).map(([key, array]): Entry => {
    const entry = { key, type: array.constructor.name as TypeName, offset, length: array.length }
    offset = align(offset + array.byteLength)
    return entry
  })
  const header = new TextEncoder().encode(JSON.stringify({ data, entries }))
  const start = align(4 + header.length)
  const bytes = new Uint8Array(start + offset)
  new DataView(bytes.buffer).setUint32(0, header.length, true)
  bytes.set(header, 4)
  for (const { key, offset: at } of entries) {
    const array = arrays[key]
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), start + at)
  }
  return bytes
}

/** Throws RangeError where the bytes are not what `pack` made. */
export function unpack(bytes: Uint8Array): Packed {
  const fail = () => new RangeError('these bytes are not a packed state')
  if (bytes.length < 4) throw fail()
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
  if (4 + length > bytes.length) throw fail()
  const { data, entries } = headerOf(bytes.subarray(4, 4 + length), fail)
  const start = align(4 + length)
  const arrays: Record<string, PackedArray> = {}
  let left = bytes.length - start
  for (const { key, type, offset, length: count } of entries) {
    const Type = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined
    if (!Type || !Number.isInteger(offset) || !Number.isInteger(count) || offset < 0 || count < 0) throw fail()
    const end = start + offset + count * Type.BYTES_PER_ELEMENT
    // Entries that share their bytes would make much of little.
    left -= count * Type.BYTES_PER_ELEMENT
    if (end > bytes.length || left < 0) throw fail()
    // Copied, so that the array starts on its own border whatever buffer the bytes came in; a Buffer's own slice would not copy.
    arrays[key] = new Type(new Uint8Array(bytes.subarray(start + offset, end)).buffer)
  }
  return { data, arrays }
}

/** Several arrays of one length as one, and back. */
export function join(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

export function partition(all: Float32Array, count: number): Float32Array[] {
  const size = all.length / count
  return Array.from({ length: count }, (_, i) => all.slice(i * size, (i + 1) * size))
}

function headerOf(bytes: Uint8Array, fail: () => Error): { data: unknown; entries: Entry[] } {
  try {
    const read = parseJson(new TextDecoder().decode(bytes))
    const header = (read.ok ? read.value : undefined) as { data: unknown; entries: Entry[] } | undefined
    if (header && Array.isArray(header.entries) && header.entries.every((entry) => entry !== null && typeof entry === 'object'))
      return header
  } catch {
    // No text at all: told below.
  }
  throw fail()
}
