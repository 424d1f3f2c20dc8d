import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { initWasm, Resvg } from '@resvg/resvg-wasm'

const packages = createRequire(import.meta.url)
/** Dots an SVG pixel: sharp in print at half a page's width. */
const SCALE = 2.5

interface Tools {
  fonts: Uint8Array[]
}
let tools: Promise<Tools> | undefined

/** The renderer and its letters, loaded once: it uses no fonts of the machine, so that a figure is the same everywhere. */
async function loadTools(): Promise<Tools> {
  const [wasm, ...fonts] = await Promise.all(
    ['@resvg/resvg-wasm/index_bg.wasm', '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'].map((file) =>
      readFile(packages.resolve(file))
    )
  )
  await initWasm(wasm)
  return { fonts }
}

/** An SVG document as PNG, `SCALE` times its size. */
export async function pngOf(svg: string): Promise<Uint8Array> {
  tools ??= loadTools()
  const { fonts } = await tools
  const drawing = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: SCALE },
    font: { fontBuffers: fonts, loadSystemFonts: false, defaultFontFamily: 'Inter', sansSerifFamily: 'Inter' }
  })
  const image = drawing.render()
  try {
    return image.asPng()
  } finally {
    image.free()
    drawing.free()
  }
}
