import { crc32, deflateSync, inflateSync } from 'node:zlib'

// Pictures of a window are flat: few colours, many times. With a palette they take a third of the room.

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const MOST_COLOURS = 256
const RGB = 2
const RGBA = 6
const INDEXED = 3

interface Picture {
  width: number
  height: number
  /** 0xrrggbb, row by row. */
  pixels: Uint32Array
}

function paeth(left: number, up: number, upLeft: number): number {
  const p = left + up - upLeft
  const [a, b, c] = [Math.abs(p - left), Math.abs(p - up), Math.abs(p - upLeft)]
  return a <= b && a <= c ? left : b <= c ? up : upLeft
}

/** Undoes PNG's filters (its specification, chapter 9), in place but for the byte in front of each row. */
function unfiltered(data: Buffer, width: number, height: number, channels: number): Uint8Array {
  const stride = width * channels
  const rows = new Uint8Array(stride * height)
  for (let y = 0; y < height; y++) {
    const filter = data[y * (stride + 1)]
    for (let i = 0; i < stride; i++) {
      const at = y * stride + i
      const left = i >= channels ? rows[at - channels] : 0
      const up = y > 0 ? rows[at - stride] : 0
      const upLeft = i >= channels && y > 0 ? rows[at - stride - channels] : 0
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, upLeft)][filter]
      rows[at] = data[y * (stride + 1) + 1 + i] + guess
    }
  }
  return rows
}

/** Reads what Chromium writes: eight bits a channel, not interlaced, opaque. */
function decode(png: Buffer): Picture {
  const width = png.readUInt32BE(16)
  const height = png.readUInt32BE(20)
  const kind = png[25]
  if (png[24] !== 8 || (kind !== RGB && kind !== RGBA)) throw new Error('a PNG of eight bits a channel is wanted')
  const parts: Buffer[] = []
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  const channels = kind === RGB ? 3 : 4
  const rows = unfiltered(inflateSync(Buffer.concat(parts)), width, height, channels)
  const pixels = Uint32Array.from({ length: width * height }, (_, i) => {
    const at = i * channels
    return (rows[at] << 16) | (rows[at + 1] << 8) | rows[at + 2]
  })
  return { width, height, pixels }
}

const distance = (a: number, b: number) =>
  2 * ((a >> 16) - (b >> 16)) ** 2 + 4 * (((a >> 8) & 255) - ((b >> 8) & 255)) ** 2 + 3 * ((a & 255) - (b & 255)) ** 2

/**
 * One colour after another, always the one that is missed most: often there and far from all that were taken. So the theme's own
 * stay exact, and the shades of edges and shadows are rounded to their like.
 */
function paletteOf(counts: ReadonlyMap<number, number>): number[] {
  const colours = [...counts.keys()].sort((a, b) => a - b)
  const often = colours.map((colour) => counts.get(colour) ?? 0)
  const missed = new Float64Array(colours.length).fill(Number.POSITIVE_INFINITY)
  const palette: number[] = []
  let next = often.indexOf(Math.max(...often))
  while (palette.length < MOST_COLOURS && missed[next] > 0) {
    const taken = colours[next]
    palette.push(taken)
    let most = 0
    for (let i = 0; i < colours.length; i++) {
      missed[i] = Math.min(missed[i], distance(colours[i], taken))
      const weight = missed[i] * often[i]
      if (weight > most) [most, next] = [weight, i]
    }
    if (most === 0) break
  }
  return palette
}

function chunk(name: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}

/** The same picture with a palette of at most 256 colours. */
export function withPalette(png: Buffer): Buffer {
  const { width, height, pixels } = decode(png)
  const counts = new Map<number, number>()
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1)
  const palette = paletteOf(counts)
  const nearest = new Map<number, number>()
  for (const colour of counts.keys()) {
    let best = 0
    for (let i = 1; i < palette.length; i++) if (distance(palette[i], colour) < distance(palette[best], colour)) best = i
    nearest.set(colour, best)
  }
  const rows = Buffer.alloc((width + 1) * height)
  for (let i = 0; i < pixels.length; i++) rows[i + Math.floor(i / width) + 1] = nearest.get(pixels[i]) ?? 0
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width)
  head.writeUInt32BE(height, 4)
  head.set([8, INDEXED, 0, 0, 0], 8)
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', new Uint8Array())
  ])
}
