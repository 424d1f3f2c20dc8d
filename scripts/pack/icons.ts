import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { initWasm, Resvg } from '@resvg/resvg-wasm'
import { ROOT } from './places'

const packages = createRequire(import.meta.url)
const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024] as const

/** The mark that the page shows, drawn in 18 units: a device, an edge and a cloud, and what joins them. */
const MARK = readFileSync(join(ROOT, 'src/renderer/ui/mark.svg'), 'utf8').replace(/^<svg[^>]*>|<\/svg>\s*$/g, '')

/** The program's icon: its mark on a dark ground, in 128 units. Small sizes fill more of it. */
function iconSvg(size: number): string {
  const scale = size <= 32 ? 5.8 : 5
  const offset = 64 - 9 * scale
  return `<svg xmlns="http://www.w3.org/2000/svg" width="128" height="128" viewBox="0 0 128 128">
<rect x="4" y="4" width="120" height="120" rx="27" fill="#12161b"/>
<rect x="4.75" y="4.75" width="118.5" height="118.5" rx="26.25" fill="none" stroke="#2b323b" stroke-width="1.5"/>
<g transform="translate(${offset} ${offset}) scale(${scale})">${MARK}</g>
</svg>
`
}

let isReady: Promise<void> | undefined

async function pngAt(size: number): Promise<Buffer> {
  isReady ??= initWasm(readFileSync(packages.resolve('@resvg/resvg-wasm/index_bg.wasm')))
  await isReady
  const drawing = new Resvg(iconSvg(size), { fitTo: { mode: 'width', value: size }, font: { loadSystemFonts: false } })
  const image = drawing.render()
  try {
    return Buffer.from(image.asPng())
  } finally {
    image.free()
    drawing.free()
  }
}

/** Sizes that a Windows icon holds; 256 is the largest it can. */
const WINDOWS = [16, 24, 32, 48, 64, 128, 256]
/** The kinds of a Mac's icon that hold a PNG, by their size in dots. */
const MAC = [
  ['icp4', 16],
  ['icp5', 32],
  ['icp6', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic10', 1024],
  ['ic11', 32],
  ['ic12', 64],
  ['ic13', 256],
  ['ic14', 512]
] as const

/** ICO: a head, a directory of 16 bytes an image, then the images, here all PNG. */
export function icoOf(images: readonly { size: number; png: Buffer }[]): Buffer {
  const head = Buffer.alloc(6 + 16 * images.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(images.length, 4)
  let offset = head.length
  images.forEach(({ size, png }, at) => {
    const entry = 6 + 16 * at
    // 256 is written as 0.
    head.writeUInt8(size % 256, entry)
    head.writeUInt8(size % 256, entry + 1)
    head.writeUInt16LE(1, entry + 4)
    head.writeUInt16LE(32, entry + 6)
    head.writeUInt32LE(png.length, entry + 8)
    head.writeUInt32LE(offset, entry + 12)
    offset += png.length
  })
  return Buffer.concat([head, ...images.map(({ png }) => png)])
}

/** ICNS: `icns` and the length of all, then each image with its kind and its length; lengths count their own eight bytes. */
export function icnsOf(images: readonly { kind: string; png: Buffer }[]): Buffer {
  const head = (kind: string, length: number) => {
    const bytes = Buffer.alloc(8, kind, 'latin1')
    bytes.writeUInt32BE(length, 4)
    return bytes
  }
  const parts = images.flatMap(({ kind, png }) => [head(kind, 8 + png.length), png])
  const length = parts.reduce((sum, part) => sum + part.length, 8)
  return Buffer.concat([head('icns', length), ...parts])
}

/** Every icon file of the packages by its name: `icons/NxN.png` for Linux, `icon.ico`, `icon.icns`, and the drawing itself. */
export async function iconFiles(): Promise<Map<string, Buffer>> {
  const png = new Map<number, Buffer>()
  for (const size of SIZES) png.set(size, await pngAt(size))
  const at = (size: number): Buffer => png.get(size) ?? Buffer.alloc(0)
  const linux = [16, 32, 48, 64, 128, 256, 512].map((size) => [`icons/${size}x${size}.png`, at(size)] as const)
  return new Map<string, Buffer>([
    ...linux,
    ['icon.ico', icoOf(WINDOWS.map((size) => ({ size, png: at(size) })))],
    ['icon.icns', icnsOf(MAC.map(([kind, size]) => ({ kind, png: at(size) })))],
    ['icon.svg', Buffer.from(iconSvg(128))]
  ])
}
