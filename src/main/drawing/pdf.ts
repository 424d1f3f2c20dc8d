import { letters } from './letters'
import { numbersOf, pdfNumber, pdfPath } from './pathData'
import { pdfFile, type UsedFont } from './pdfFile'
import { readSvg, type SvgNode } from './svgTree'
import { readTrueType } from './trueType'

/** An SVG drawing of ours as a PDF of its physical size: lines as lines, and text as text in embedded letters. Rejects with Error for anything but an SVG document. */
export async function pdfOf(svg: string): Promise<Uint8Array> {
  const { regular, strong } = await letters()
  const root = readSvg(svg)
  const box = numbersOf(root.given.get('viewBox') ?? '')
  const [width, height] = [pointsOf(root.given.get('width'), box[2]), pointsOf(root.given.get('height'), box[3])]
  const [x, y, boxWidth] = box.length === 4 ? box : [0, 0, width / POINTS.px]
  const scale = width / boxWidth
  const page = new Page([
    { key: 'F1', name: 'Inter-Regular', font: readTrueType(regular), used: new Map() },
    { key: 'F2', name: 'Inter-SemiBold', font: readTrueType(strong), used: new Map() }
  ])
  page.clips = clipsOf(root)
  page.write(`${[scale, 0, 0, -scale, -x * scale, height + y * scale].map(pdfNumber).join(' ')} cm`)
  page.draw(root, new Map())
  const title = root.children.find(({ name }) => name === 'title')?.text ?? 'Figure'
  return pdfFile({ width, height, title, content: page.content(), fonts: page.fonts, opacities: page.opacities })
}

/** Points in a unit of CSS. */
const POINTS: Readonly<Record<string, number>> = { mm: 72 / 25.4, cm: 72 / 2.54, in: 72, pt: 1, px: 0.75, '': 0.75 }

function pointsOf(length = '', otherwise = 0): number {
  const [, number, unit = ''] = /^([\d.]+)([a-z]*)$/.exec(length.trim()) ?? []
  return number === undefined ? otherwise * POINTS.px : Number(number) * (POINTS[unit] ?? POINTS.px)
}

function clipsOf(node: SvgNode, found = new Map<string, SvgNode>()): Map<string, SvgNode> {
  const id = node.given.get('id')
  if (node.name === 'clipPath' && id !== undefined) found.set(id, node)
  for (const child of node.children) clipsOf(child, found)
  return found
}

/** Presentation that children have from what holds them. */
const INHERITED = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'stroke-miterlimit',
  'fill-opacity',
  'stroke-opacity',
  'opacity',
  'font-size',
  'font-weight',
  'text-anchor',
  'dominant-baseline',
  'paint-order',
  'fill-rule'
] as const
type Style = ReadonlyMap<string, string>

/** What draws nothing by itself. */
const SKIPPED = new Set(['defs', 'clipPath', 'style', 'title', 'desc', 'metadata'])
const CAPS: Readonly<Record<string, number>> = { butt: 0, round: 1, square: 2 }
const JOINS: Readonly<Record<string, number>> = { miter: 0, round: 1, bevel: 2 }

class Page {
  clips: ReadonlyMap<string, SvgNode> = new Map()
  readonly opacities = new Map<string, { fill: number; stroke: number }>()
  readonly #lines: string[] = []

  constructor(readonly fonts: readonly UsedFont[]) {}

  write(line: string): void {
    if (line !== '') this.#lines.push(line)
  }

  content = () => this.#lines.join('\n')

  draw(node: SvgNode, outer: Style): void {
    if (SKIPPED.has(node.name)) return
    const style = inherited(node, outer)
    const transform = node.name === 'svg' ? '' : transformOf(node.given.get('transform'))
    this.write('q')
    this.write(transform)
    const clip = this.clips.get(/url\(["']?#([^"')]+)/.exec(node.given.get('clip-path') ?? '')?.[1] ?? '')
    if (clip) this.write(`${clip.children.map(outlineOf).join('\n')}\nW n`)
    if (node.name === 'text') this.#text(node, style)
    else this.#shape(node, style)
    for (const child of node.children) this.draw(child, style)
    this.write('Q')
  }

  #shape(node: SvgNode, style: Style): void {
    const outline = outlineOf(node)
    if (outline === '') return
    const fill = node.name === 'line' || node.name === 'polyline' ? undefined : colorOf(style.get('fill') ?? '#000000')
    const stroke = strokeOf(style)
    if (!fill && !stroke) return
    this.#opacity(style, fill, stroke)
    if (fill) this.write(`${fill.numbers} rg`)
    if (stroke) this.#pen(style, stroke)
    const even = style.get('fill-rule') === 'evenodd' ? '*' : ''
    this.write(`${outline}\n${fill && stroke ? `B${even}` : fill ? `f${even}` : 'S'}`)
  }

  #pen(style: Style, color: Color): void {
    const dash = style.get('stroke-dasharray')
    this.write(`${color.numbers} RG ${pdfNumber(Number.parseFloat(style.get('stroke-width') ?? '1'))} w`)
    this.write(`${CAPS[style.get('stroke-linecap') ?? ''] ?? 0} J ${JOINS[style.get('stroke-linejoin') ?? ''] ?? 0} j`)
    this.write(`${pdfNumber(Math.max(1, Number(style.get('stroke-miterlimit') ?? 4)))} M`)
    this.write(`[${dash && dash !== 'none' ? numbersOf(dash).map(pdfNumber).join(' ') : ''}] 0 d`)
  }

  #opacity(style: Style, fill: Color | undefined, stroke: Color | undefined): void {
    const whole = Number(style.get('opacity') ?? 1)
    const ofFill = whole * Number(style.get('fill-opacity') ?? 1) * (fill?.alpha ?? 1)
    const ofStroke = whole * Number(style.get('stroke-opacity') ?? 1) * (stroke?.alpha ?? 1)
    if (ofFill === 1 && ofStroke === 1) return
    const key = `G${pdfNumber(ofFill)}-${pdfNumber(ofStroke)}`.replaceAll('.', '_')
    this.opacities.set(key, { fill: ofFill, stroke: ofStroke })
    this.write(`/${key} gs`)
  }

  #text(node: SvgNode, style: Style): void {
    const fill = colorOf(style.get('fill') ?? '#000000')
    const size = Number.parseFloat(style.get('font-size') ?? '16')
    const weight = style.get('font-weight') ?? '400'
    const { key, font, used } = this.fonts[weight === 'bold' || Number(weight) >= 600 ? 1 : 0]
    let wide = 0
    const glyphs = Array.from(node.text, (sign) => {
      const glyph = font.glyphOf(sign.codePointAt(0) ?? 0)
      used.set(glyph, sign)
      wide += font.advanceOf(glyph)
      return glyph.toString(16).padStart(4, '0')
    })
    if (glyphs.length === 0 || !fill) return
    const width = (wide * size) / font.unitsPerEm
    const anchor = style.get('text-anchor')
    const x = numberOf(node, 'x') - (anchor === 'middle' ? width / 2 : anchor === 'end' ? width : 0)
    // The middle of what letters reach above and below their baseline.
    const central = style.get('dominant-baseline') === 'central' ? ((font.ascent + font.descent) / 2 / font.unitsPerEm) * size : 0
    const place = `1 0 0 -1 ${pdfNumber(x)} ${pdfNumber(numberOf(node, 'y') + central)} Tm`
    const shown = (mode: number) => this.write(`BT /${key} ${pdfNumber(size)} Tf ${mode} Tr ${place} <${glyphs.join('')}> Tj ET`)
    const stroke = strokeOf(style)
    this.#opacity(style, fill, stroke)
    // A halo is behind the letters.
    if (stroke) {
      this.#pen(style, stroke)
      shown(1)
    }
    this.write(`${fill.numbers} rg`)
    shown(0)
  }
}

function inherited(node: SvgNode, outer: Style): Style {
  const style = new Map(outer)
  for (const key of INHERITED) {
    const own = node.given.get(key)
    if (own === undefined) continue
    // Opacities of what is within one another multiply.
    style.set(key, key === 'opacity' ? String(Number(own) * Number(outer.get(key) ?? 1)) : own)
  }
  return style
}

const strokeOf = (style: Style) =>
  Number.parseFloat(style.get('stroke-width') ?? '1') > 0 ? colorOf(style.get('stroke') ?? 'none') : undefined

const numberOf = ({ given }: SvgNode, key: string, otherwise = 0) => {
  const value = Number.parseFloat(given.get(key) ?? '')
  return Number.isNaN(value) ? otherwise : value
}

/** The outline of a shape; empty for what is none. */
function outlineOf(node: SvgNode): string {
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((key) => numberOf(node, key))
  switch (node.name) {
    case 'path':
      return pdfPath(node.given.get('d') ?? '')
    case 'line': {
      const [x1, y1, x2, y2] = ['x1', 'y1', 'x2', 'y2'].map((key) => numberOf(node, key))
      return pdfPath(`M${x1} ${y1}L${x2} ${y2}`)
    }
    case 'rect': {
      const rx = Math.min(numberOf(node, 'rx', numberOf(node, 'ry')), width / 2, height / 2)
      if (rx === 0) return pdfPath(`M${x} ${y}H${x + width}V${y + height}H${x}Z`)
      const corner = (dx: number, dy: number) => `a${rx} ${rx} 0 0 1 ${dx} ${dy}`
      return pdfPath(
        `M${x + rx} ${y}H${x + width - rx}${corner(rx, rx)}V${y + height - rx}${corner(-rx, rx)}H${x + rx}${corner(-rx, -rx)}V${y + rx}${corner(rx, -rx)}Z`
      )
    }
    case 'circle':
    case 'ellipse': {
      const [cx, cy, r] = [numberOf(node, 'cx'), numberOf(node, 'cy'), numberOf(node, 'r')]
      const [rx, ry] = [numberOf(node, 'rx', r), numberOf(node, 'ry', r)]
      return pdfPath(`M${cx - rx} ${cy}a${rx} ${ry} 0 1 0 ${2 * rx} 0a${rx} ${ry} 0 1 0 ${-2 * rx} 0Z`)
    }
    case 'polyline':
    case 'polygon': {
      const points = numbersOf(node.given.get('points') ?? '')
      if (points.length < 4) return ''
      return pdfPath(`M${points.join(' ')}${node.name === 'polygon' ? 'Z' : ''}`)
    }
    default:
      return ''
  }
}

interface Color {
  /** Red, green and blue from 0 to 1. */
  numbers: string
  alpha: number
}

const NAMED: Readonly<Record<string, string>> = { white: '#ffffff', black: '#000000' }

/** Undefined for what is not painted. Throws Error for a colour of another kind. */
function colorOf(written: string): Color | undefined {
  const value = NAMED[written.trim()] ?? written.trim()
  if (value === 'none' || value === 'transparent' || value === '') return undefined
  const hex = /^#([\da-f]{3}|[\da-f]{6})$/i.exec(value)?.[1]
  const parts = hex
    ? (hex.length === 3 ? Array.from(hex, (digit) => digit + digit) : (hex.match(/../g) ?? [])).map((pair) => Number.parseInt(pair, 16))
    : /^rgba?\(/.test(value)
      ? numbersOf(value)
      : undefined
  if (!parts) throw new Error(`a drawing has the unknown colour ${value}`)
  const [red, green, blue, alpha = 1] = parts
  return { numbers: [red, green, blue].map((part) => pdfNumber(part / 255)).join(' '), alpha }
}

/** Transforms of SVG as PDF's, one after another. */
function transformOf(written = ''): string {
  const { cos, sin, PI } = Math
  return [...written.matchAll(/(\w+)\s*\(([^)]*)\)/g)]
    .map(([, kind, list]) => {
      const n = numbersOf(list)
      const turn = ((n[0] ?? 0) * PI) / 180
      const [cx = 0, cy = 0] = n.slice(1)
      const matrices: Readonly<Record<string, number[]>> = {
        matrix: n,
        translate: [1, 0, 0, 1, n[0], n[1] ?? 0],
        scale: [n[0], 0, 0, n[1] ?? n[0], 0, 0],
        rotate: [cos(turn), sin(turn), -sin(turn), cos(turn), cx - cx * cos(turn) + cy * sin(turn), cy - cx * sin(turn) - cy * cos(turn)]
      }
      const matrix = matrices[kind]
      if (!matrix) throw new Error(`a drawing has the unknown transform ${kind}`)
      return `${matrix.map((value) => String(Number(value.toFixed(6)))).join(' ')} cm`
    })
    .join('\n')
}
