import type { Tier } from '@shared/model/topology'
import { fileWords } from '@shared/charts/print'
import { plain } from '@shared/format'
import { text } from '../ui/text'
import { type Drawing, endName, NODE, nodesByKey } from './drawing'
import { CHIP, type LinkLabel, linkLabels, MOST_LABELS } from './labels'
import { extentOf, groupBoxes, middleOf, strokeWidth } from './shapes'

/** Colours of a picture: those of the light look, so that it prints. */
const INK = { ground: '#ffffff', text: '#14181d', quiet: '#4a535f', line: '#858e9a', hair: '#cdd2d9' } as const
const TIER_INK: Readonly<Record<Tier, string>> = { device: '#bd7d0a', edge: '#006b4c', cloud: '#1e90d2' }

const escaped = (written: string) =>
  written.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign)

/** Of a line under the drawing. */
const NOTE = { height: 16, width: 320 } as const

/** Labels of a picture: those with room as they are; others as a number, which stands with its link in a list under the drawing. */
function labelled(drawing: Drawing): { labels: string[]; notes: string[] } {
  if (drawing.links.length > MOST_LABELS) return { labels: [], notes: [text.topology.numbersLeftOut(drawing.links.length)] }
  const nodes = nodesByKey(drawing)
  const notes: string[] = []
  const labels = linkLabels(drawing, drawing.links).flatMap((label) => {
    if (!label.isFolded) return [labelAt(label, label.rect, `${label.first}, ${label.second}`, 4)]
    const number = String(notes.length + 1)
    const ends = `${endName(nodes, label.link.from)} – ${endName(nodes, label.link.to)}`
    notes.push(`${number}  ${ends}: ${label.first}, ${label.second}`)
    return label.rect.width > 0 ? [labelAt(label, { ...label.rect, width: CHIP.width, height: CHIP.height }, number, 4)] : []
  })
  return { labels, notes }
}

function labelAt({ key }: LinkLabel, { x, y, width, height }: LinkLabel['rect'], words: string, down: number): string {
  return (
    `<g data-link="${escaped(key)}"><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="4" fill="${INK.ground}" stroke="${INK.hair}"/>` +
    `<text x="${x + width / 2}" y="${y + height / 2 + down}" font-size="11" text-anchor="middle" fill="${INK.quiet}">${escaped(words)}</text></g>`
  )
}

/** What holds a picture: the drawing, and the notes under it in as many columns as fit. */
function frameOf(drawing: Drawing, notes: number, least: number) {
  const extent = extentOf(drawing)
  const { y, height } = extent
  const width = Math.max(extent.width, least)
  const x = extent.x - (width - extent.width) / 2
  const columns = Math.max(1, Math.floor(width / NOTE.width))
  const rows = Math.ceil(notes / columns)
  return { x, y, width, height, columns, whole: height + (rows > 0 ? rows * NOTE.height + 12 : 0) }
}

/** A drawing as an SVG file of its own: nodes, links and groups with their names, numbers and units. */
export function svgOf(drawing: Drawing): string {
  return pictureOf(drawing).svg
}

/** A drawing in the middle of so many pixels, all letters 11 of them high; `needed`: how wide it would have to be at the least. */
export function drawnWith(drawing: Drawing, { width }: { width: number }): ReturnType<typeof pictureOf> & { needed: number } {
  const needed = extentOf(drawing).width
  return { ...pictureOf(drawing, Math.max(width, needed)), needed }
}

function pictureOf(drawing: Drawing, least = 0): { svg: string; width: number; height: number } {
  const nodes = nodesByKey(drawing)
  const { labels, notes } = labelled(drawing)
  const { x, y, width, height, columns, whole } = frameOf(drawing, notes.length, least)
  const groups = groupBoxes(drawing.nodes, (node) => node).map(
    (box) =>
      `<rect x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="6" fill="#f7f8f9" stroke="${INK.line}" stroke-dasharray="4 4"/>` +
      `<text x="${box.x + 12}" y="${box.y + 20}" font-size="11" fill="${INK.quiet}">${escaped(box.name)}</text>`
  )
  const lines = drawing.links.flatMap((link) => {
    const [from, to] = [nodes.get(link.from), nodes.get(link.to)]
    if (!from || !to) return []
    const [a, b] = [middleOf(from), middleOf(to)]
    const ends = `x1="${a.x}" y1="${a.y}" x2="${b.x}" y2="${b.y}"`
    return [`<line data-link="${escaped(link.key)}" ${ends} stroke="${INK.line}" stroke-width="${strokeWidth(link).toFixed(2)}"/>`]
  })
  const cards = drawing.nodes.map(
    (node) =>
      `<g transform="translate(${node.x} ${node.y})"><rect width="${NODE.width}" height="${NODE.height}" rx="4" fill="${INK.ground}" stroke="${INK.hair}"/>` +
      `<rect width="5" height="${NODE.height}" rx="2" fill="${TIER_INK[node.tier]}"/>` +
      `<text x="14" y="20" font-size="11" font-weight="600" fill="${INK.text}">${escaped(node.name)}</text>` +
      `<text x="14" y="36" font-size="11" fill="${INK.quiet}">${plain(node.computeMHz)} MHz, ${text.tiers[node.tier]}</text>` +
      `<text x="14" y="51" font-size="11" fill="${INK.quiet}">${plain(node.energyPerMegacycle * 1000, 4)} mJ/Mc</text></g>`
  )
  const list = notes.map(
    (note, i) =>
      `<text x="${x + 12 + (i % columns) * NOTE.width}" y="${y + height + 12 + Math.floor(i / columns) * NOTE.height}" font-size="11" fill="${INK.quiet}">${escaped(note)}</text>`
  )
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${whole}" viewBox="${x} ${y} ${width} ${whole}" font-family="Inter, system-ui, sans-serif">`,
    `<title>${escaped(drawing.name)}</title>`,
    `<rect x="${x}" y="${y}" width="${width}" height="${whole}" fill="${INK.ground}"/>`,
    // Labels last: nothing is over a number.
    ...groups,
    ...lines,
    ...cards,
    ...labels,
    ...list,
    '</svg>'
  ].join('\n')
  return { svg, width, height: whole }
}

/** The same as a PNG, two pixels a pixel, no side longer than 8,000. Rejects where the browser cannot draw it. */
export async function picturePng(drawing: Drawing): Promise<Blob> {
  const { svg, width, height } = pictureOf(drawing)
  const scale = Math.min(2, 8000 / Math.max(width, height))
  const image = new Image()
  // The page's policy lets images come from data, not from blobs.
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = Math.ceil(width * scale)
  canvas.height = Math.ceil(height * scale)
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  return await new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error(text.topology.noPicture))), 'image/png')
  )
}

/** A name that every file system takes. */
export function fileNameOf(name: string, ending: string): string {
  return `${name.trim() === '' ? 'topology' : fileWords(name)}.${ending}`
}
