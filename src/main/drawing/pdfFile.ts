import { deflateSync } from 'node:zlib'
import { pdfNumber } from './pathData'
import type { TrueType } from './trueType'

/** A font of a page: which of its glyphs are used, and what each stands for. */
export interface UsedFont {
  /** Its name on the page. */
  key: string
  name: string
  font: TrueType
  used: Map<number, string>
}

export interface PdfPage {
  /** Points, 72 an inch. */
  width: number
  height: number
  title: string
  content: string
  fonts: readonly UsedFont[]
  /** Names of opacities on the page, and what they are. */
  opacities: ReadonlyMap<string, { fill: number; stroke: number }>
}

const latin = (text: string) => Buffer.from(text, 'latin1')
/** Text as UTF-16 with its mark, which readers of every kind understand. */
const hexText = (text: string) => `<FEFF${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`
const hex4 = (value: number) => value.toString(16).padStart(4, '0')

/** A file of PDF 1.7 with one page. The same page gives the same bytes. */
export function pdfFile({ width, height, title, content, fonts, opacities }: PdfPage): Uint8Array {
  const objects: Buffer[] = []
  const add = (body: string) => objects.push(latin(body))
  const stream = (bytes: Uint8Array, more = '') => {
    const packed = deflateSync(bytes)
    return objects.push(
      Buffer.concat([latin(`<< /Length ${packed.length} /Filter /FlateDecode${more} >>\nstream\n`), packed, latin('\nendstream')])
    )
  }
  add('<< /Type /Catalog /Pages 2 0 R >>')
  add('<< /Type /Pages /Kids [3 0 R] /Count 1 >>')
  const page = add('')
  const contents = stream(Buffer.from(content, 'latin1'))
  const shown = fonts.filter(({ used }) => used.size > 0).map((each) => `/${each.key} ${fontObject(each, add, stream)} 0 R`)
  const states = [...opacities].map(([key, { fill, stroke }]) => `/${key} << /ca ${pdfNumber(fill)} /CA ${pdfNumber(stroke)} >>`)
  objects[page - 1] = latin(
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${pdfNumber(width)} ${pdfNumber(height)}] /Contents ${contents} 0 R ` +
      `/Resources << /Font << ${shown.join(' ')} >> /ExtGState << ${states.join(' ')} >> >> >>`
  )
  const info = add(`<< /Title ${hexText(title)} /Producer ${hexText('DMRO Lab')} >>`)
  const parts = [Buffer.from('%PDF-1.7\n%\xE2\xE3\xCF\xD3\n', 'latin1')]
  const places: number[] = []
  let at = parts[0].length
  objects.forEach((body, i) => {
    places.push(at)
    const part = Buffer.concat([latin(`${i + 1} 0 obj\n`), body, latin('\nendobj\n')])
    parts.push(part)
    at += part.length
  })
  const rows = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  parts.push(
    latin(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info ${info} 0 R >>\nstartxref\n${at}\n%%EOF\n`
    )
  )
  return Buffer.concat(parts)
}

/** The objects of a font whose glyphs are named by their own numbers; the number of the one a page names. */
function fontObject(
  { name, font, used }: UsedFont,
  add: (body: string) => number,
  stream: (bytes: Uint8Array, more?: string) => number
): number {
  const glyphs = [...used.keys()].sort((a, b) => a - b)
  const file = font.subset(new Set(glyphs))
  const em = (value: number) => Math.round((1000 * value) / font.unitsPerEm)
  // Six letters before the name say that it is a part of the font.
  const base = `DMROAA+${name}`
  const fontFile = stream(file, ` /Length1 ${file.length}`)
  const descriptor = add(
    `<< /Type /FontDescriptor /FontName /${base} /Flags 32 /FontBBox [${font.box.map(em).join(' ')}] /ItalicAngle 0 ` +
      `/Ascent ${em(font.ascent)} /Descent ${em(font.descent)} /CapHeight ${em(0.727 * font.unitsPerEm)} /StemV 80 /FontFile2 ${fontFile} 0 R >>`
  )
  const widths = glyphs.map((glyph) => `${glyph} [${em(font.advanceOf(glyph))}]`).join(' ')
  const descendant = add(
    `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /${base} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> ` +
      `/FontDescriptor ${descriptor} 0 R /W [${widths}] /CIDToGIDMap /Identity >>`
  )
  const unicode = stream(latin(toUnicode(glyphs, used)))
  return add(
    `<< /Type /Font /Subtype /Type0 /BaseFont /${base} /Encoding /Identity-H /DescendantFonts [${descendant} 0 R] /ToUnicode ${unicode} 0 R >>`
  )
}

/** What text is copied out as, and found by. */
function toUnicode(glyphs: readonly number[], used: ReadonlyMap<number, string>): string {
  const lines = glyphs.map(
    (glyph) =>
      `<${hex4(glyph)}> <${Buffer.from(used.get(glyph) ?? '', 'utf16le')
        .swap16()
        .toString('hex')}>`
  )
  const blocks = Array.from({ length: Math.ceil(lines.length / 100) }, (_, i) => {
    const some = lines.slice(100 * i, 100 * i + 100)
    return `${some.length} beginbfchar\n${some.join('\n')}\nendbfchar`
  })
  return [
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def /CMapName /Adobe-Identity-UCS def /CMapType 2 def',
    '1 begincodespacerange <0000> <ffff> endcodespacerange',
    ...blocks,
    'endcmap CMapName currentdict /CMap defineresource pop end end'
  ].join('\n')
}
