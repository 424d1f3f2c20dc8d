import { createHash } from 'node:crypto'
import { crc32, deflateRawSync } from 'node:zlib'

/** A file of a zip as a test wants it told, true or not. */
export interface Part {
  path: string | Uint8Array
  content: Uint8Array | string
  /** Told instead of the truth. */
  bytes?: number
  packedBytes?: number
  crc?: number
  method?: number
  flags?: number
  /** Unix mode, in the upper half of the attributes. */
  mode?: number
  attributes?: number
  localPath?: string
  localMethod?: number
  /** Where the directory says its header is. */
  header?: number
  isStored?: boolean
}

export interface Ending {
  count?: number
  directoryBytes?: number
  directoryAt?: number
  comment?: string
  disk?: number
  prefix?: Uint8Array
}

/** A zip, byte for byte as asked for. */
export function zipOf(parts: readonly Part[], ending: Ending = {}): Uint8Array {
  const out: Buffer[] = [Buffer.from(ending.prefix ?? [])]
  const directory: Buffer[] = []
  let at = out[0].length
  for (const part of parts) {
    const name = Buffer.from(part.path as string)
    const content = Buffer.from(part.content as string)
    const isStored = part.isStored === true
    const packed = isStored ? content : deflateRawSync(content)
    const method = part.method ?? (isStored ? 0 : 8)
    const crc = part.crc ?? crc32(content)
    const packedBytes = part.packedBytes ?? packed.length
    const bytes = part.bytes ?? content.length
    const localName = part.localPath === undefined ? name : Buffer.from(part.localPath)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(20, 4)
    local.writeUInt16LE(part.flags ?? 0, 6)
    local.writeUInt16LE(part.localMethod ?? method, 8)
    local.writeUInt32LE(crc, 14)
    local.writeUInt32LE(packedBytes, 18)
    local.writeUInt32LE(bytes, 22)
    local.writeUInt16LE(localName.length, 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    central.writeUInt16LE(0x0314, 4)
    central.writeUInt16LE(20, 6)
    central.writeUInt16LE(part.flags ?? 0, 8)
    central.writeUInt16LE(method, 10)
    central.writeUInt32LE(crc, 16)
    central.writeUInt32LE(packedBytes, 20)
    central.writeUInt32LE(bytes, 24)
    central.writeUInt16LE(name.length, 28)
    central.writeUInt32LE(part.attributes ?? ((part.mode ?? 0o100644) << 16) >>> 0, 38)
    central.writeUInt32LE(part.header ?? at, 42)
    directory.push(central, name)
    out.push(local, localName, packed)
    at += 30 + localName.length + packed.length
  }
  const told = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(ending.disk ?? 0, 4)
  end.writeUInt16LE(ending.count ?? parts.length, 8)
  end.writeUInt16LE(ending.count ?? parts.length, 10)
  end.writeUInt32LE(ending.directoryBytes ?? told.length, 12)
  end.writeUInt32LE(ending.directoryAt ?? at, 16)
  end.writeUInt16LE(Buffer.byteLength(ending.comment ?? ''), 20)
  return new Uint8Array(Buffer.concat([...out, told, end, Buffer.from(ending.comment ?? '')]))
}

/** Packed numbers with this header, and as many bytes behind it. */
export function headed(header: string, bytes = 0): Uint8Array {
  const length = Buffer.alloc(4)
  length.writeUInt32LE(header.length)
  return Buffer.concat([length, Buffer.from(header), Buffer.alloc(bytes + 8)])
}

/** Every place of a value, as the keys that lead to it. */
export function placesOf(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([key, inner]) => placesOf(inner, [...path, Array.isArray(value) ? Number(key) : key]))
}

export function withValue<T>(root: T, path: readonly (string | number)[], value: unknown): T {
  const changed = structuredClone(root)
  const last = path[path.length - 1]
  const holder = path
    .slice(0, -1)
    .reduce<Record<string, unknown>>((inner, key) => inner[key] as Record<string, unknown>, changed as Record<string, unknown>)
  holder[last] = value
  return changed
}

/** Values that no record expects, or that are hard to keep. */
export const STRANGE: readonly unknown[] = [0.5, -1, 1e300, -0, 2 ** 53, null, true, '', '\ud800', '\0', [], {}]

export const partsOf = (files: Readonly<Record<string, Uint8Array>>): Part[] =>
  Object.entries(files).map(([path, bytes]) => ({ path, content: bytes }))

/** The files of a bundle with one of them replaced, and its manifest made to agree again. */
export function replacedIn(parts: readonly Part[], path: string, written: Uint8Array): Part[] {
  const sha256 = createHash('sha256').update(written).digest('hex')
  return parts.map((part) => {
    if (part.path === path) return { ...part, content: written }
    if (part.path !== 'manifest.json') return part
    const manifest = JSON.parse(Buffer.from(part.content as string).toString())
    manifest.files = manifest.files.map((file: { path: string }) => (file.path === path ? { path, bytes: written.length, sha256 } : file))
    return { ...part, content: JSON.stringify(manifest) }
  })
}
