import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { crc32 } from 'node:zlib'
import { initWasm, Resvg } from '@resvg/resvg-wasm'
import { letters } from './letters'

const packages = createRequire(import.meta.url)
/** Dots an SVG pixel: sharp in print at half a page's width. */
const SCALE = 2.5

let tools: Promise<Uint8Array[]> | undefined

/** The renderer and its letters, loaded once: it uses no fonts of the machine. */
async function loadTools(): Promise<Uint8Array[]> {
  const [wasm, { regular, strong }] = await Promise.all([readFile(packages.resolve('@resvg/resvg-wasm/index_bg.wasm')), letters()])
  await initWasm(wasm)
  return [regular, strong]
}

/** A drawing that has a physical size: so wide, at so many dots an inch. */
export interface Print {
  widthMm: number
  dotsPerInch: number
}

/** An SVG document as PNG, `SCALE` times its size; or as wide as it is to be in print, which the picture then says of itself. */
export async function pngOf(svg: string, print?: Print): Promise<Uint8Array> {
  tools ??= loadTools()
  const fonts = await tools
  const drawing = new Resvg(svg, {
    fitTo: print ? { mode: 'width', value: Math.round((print.widthMm / 25.4) * print.dotsPerInch) } : { mode: 'zoom', value: SCALE },
    font: { fontBuffers: fonts, loadSystemFonts: false, defaultFontFamily: 'Inter', sansSerifFamily: 'Inter' }
  })
  const image = drawing.render()
  try {
    return print ? withDensity(image.asPng(), print.dotsPerInch) : image.asPng()
  } finally {
    image.free()
    drawing.free()
  }
}

/** Bytes of the signature and of the first chunk, which a density follows. */
const HEAD = 8 + 25

/** A PNG that says how many dots an inch it has (pHYs), so that programs place it at its physical size. */
function withDensity(png: Uint8Array, dotsPerInch: number): Uint8Array {
  const chunk = Buffer.alloc(21)
  chunk.writeUInt32BE(9, 0)
  chunk.write('pHYs', 4, 'latin1')
  const perMetre = Math.round(dotsPerInch / 0.0254)
  chunk.writeUInt32BE(perMetre, 8)
  chunk.writeUInt32BE(perMetre, 12)
  chunk.writeUInt8(1, 16)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 17)), 17)
  return Buffer.concat([png.subarray(0, HEAD), chunk, png.subarray(HEAD)])
}
