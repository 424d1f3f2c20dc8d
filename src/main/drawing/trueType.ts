/** A TrueType font as far as a PDF needs it. */
export interface TrueType {
  unitsPerEm: number
  /** Above the baseline, and below it as a negative number, in its units. */
  ascent: number
  descent: number
  box: readonly [number, number, number, number]
  glyphOf(codePoint: number): number
  /** In units of the font. */
  advanceOf(glyph: number): number
  /** The font with the outlines of these glyphs alone, under their own numbers. */
  subset(glyphs: ReadonlySet<number>): Uint8Array
}

interface Table {
  at: number
  length: number
}

/** What a font embedded in a PDF must have, and the instructions of its outlines. */
const KEPT = ['cvt ', 'fpgm', 'glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp', 'prep'] as const

/** Throws RangeError where a table that it needs is not there. */
export function readTrueType(bytes: Uint8Array): TrueType {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const tables = new Map<string, Table>()
  for (let i = 0; i < view.getUint16(4); i++) {
    const at = 12 + 16 * i
    tables.set(String.fromCharCode(...bytes.subarray(at, at + 4)), { at: view.getUint32(at + 8), length: view.getUint32(at + 12) })
  }
  const table = (name: string): Table => {
    const found = tables.get(name)
    if (!found) throw new RangeError(`the font has no table ${name}`)
    return found
  }
  const [head, hhea, hmtx, loca, glyf] = ['head', 'hhea', 'hmtx', 'loca', 'glyf'].map((name) => table(name).at)
  const glyphs = view.getUint16(table('maxp').at + 4)
  const metrics = view.getUint16(hhea + 34)
  const isLong = view.getInt16(head + 50) === 1
  const outlineAt = (glyph: number) => (isLong ? view.getUint32(loca + 4 * glyph) : 2 * view.getUint16(loca + 2 * glyph))
  const characters = readCharacters(view, table('cmap').at)

  /** Glyphs that another is put together of. */
  function partsOf(glyph: number): number[] {
    const start = glyf + outlineAt(glyph)
    if (outlineAt(glyph + 1) === outlineAt(glyph) || view.getInt16(start) >= 0) return []
    const parts: number[] = []
    for (let at = start + 10, more = true; more; ) {
      const flags = view.getUint16(at)
      parts.push(view.getUint16(at + 2))
      at += 4 + (flags & 1 ? 4 : 2) + (flags & 8 ? 2 : flags & 64 ? 4 : flags & 128 ? 8 : 0)
      more = (flags & 32) !== 0
    }
    return parts
  }

  function subset(asked: ReadonlySet<number>): Uint8Array {
    const kept = new Set([0, ...asked])
    for (const glyph of kept) for (const part of partsOf(glyph)) kept.add(part)
    const outlines: Uint8Array[] = []
    const places = new DataView(new ArrayBuffer(4 * (glyphs + 1)))
    let length = 0
    for (let glyph = 0; glyph < glyphs; glyph++) {
      places.setUint32(4 * glyph, length)
      if (!kept.has(glyph)) continue
      const outline = bytes.subarray(glyf + outlineAt(glyph), glyf + outlineAt(glyph + 1))
      outlines.push(outline)
      length += outline.length
    }
    places.setUint32(4 * glyphs, length)
    const headTable = bytes.slice(head, head + table('head').length)
    new DataView(headTable.buffer).setInt16(50, 1)
    const made: Readonly<Record<string, Uint8Array>> = {
      glyf: Buffer.concat(outlines),
      head: headTable,
      loca: new Uint8Array(places.buffer)
    }
    return fontFile(
      KEPT.flatMap((name) => {
        const { at, length: size } = tables.get(name) ?? { at: 0, length: 0 }
        const own = made[name] ?? bytes.subarray(at, at + size)
        return own.length > 0 ? [[name, own] as const] : []
      })
    )
  }

  return {
    unitsPerEm: view.getUint16(head + 18),
    ascent: view.getInt16(hhea + 4),
    descent: view.getInt16(hhea + 6),
    box: [view.getInt16(head + 36), view.getInt16(head + 38), view.getInt16(head + 40), view.getInt16(head + 42)],
    glyphOf: (codePoint) => characters.get(codePoint) ?? 0,
    advanceOf: (glyph) => view.getUint16(hmtx + 4 * Math.min(glyph, metrics - 1)),
    subset
  }
}

/** Glyphs by code point, of the subtable with segments of 16 or groups of 32 bits. */
function readCharacters(view: DataView, cmap: number): Map<number, number> {
  const found = new Map<number, number>()
  for (let i = 0; i < view.getUint16(cmap + 2); i++) {
    const at = cmap + view.getUint32(cmap + 8 + 8 * i)
    const format = view.getUint16(at)
    if (format === 4) readSegments(view, at, found)
    if (format === 12) {
      for (let g = 0; g < view.getUint32(at + 12); g++) {
        const [first, last, glyph] = [0, 4, 8].map((offset) => view.getUint32(at + 16 + 12 * g + offset))
        for (let code = first; code <= last; code++) found.set(code, glyph + code - first)
      }
    }
  }
  return found
}

function readSegments(view: DataView, at: number, found: Map<number, number>): void {
  const twice = view.getUint16(at + 6)
  for (let s = 0; s < twice; s += 2) {
    const last = view.getUint16(at + 14 + s)
    const first = view.getUint16(at + 16 + twice + s)
    const delta = view.getUint16(at + 16 + 2 * twice + s)
    const offsetAt = at + 16 + 3 * twice + s
    const offset = view.getUint16(offsetAt)
    for (let code = first; code <= last && code < 0xffff; code++) {
      const glyph = offset === 0 ? code : view.getUint16(offsetAt + offset + 2 * (code - first))
      if (glyph !== 0) found.set(code, (glyph + delta) & 0xffff)
    }
  }
}

function fontFile(tables: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  const padded = (length: number) => (length + 3) & ~3
  const start = 12 + 16 * tables.length
  const file = new Uint8Array(start + tables.reduce((sum, [, bytes]) => sum + padded(bytes.length), 0))
  const view = new DataView(file.buffer)
  const power = 2 ** Math.floor(Math.log2(tables.length))
  view.setUint32(0, 0x00010000)
  view.setUint16(4, tables.length)
  view.setUint16(6, 16 * power)
  view.setUint16(8, Math.log2(power))
  view.setUint16(10, 16 * (tables.length - power))
  let at = start
  tables.forEach(([name, bytes], i) => {
    const entry = 12 + 16 * i
    file.set(bytes, at)
    for (let k = 0; k < 4; k++) file[entry + k] = name.charCodeAt(k)
    let sum = 0
    for (let k = at; k < at + padded(bytes.length); k += 4) sum = (sum + view.getUint32(k)) >>> 0
    view.setUint32(entry + 4, sum)
    view.setUint32(entry + 8, at)
    view.setUint32(entry + 12, bytes.length)
    at += padded(bytes.length)
  })
  return file
}
