import type { Tier } from '@shared/model/topology'
import { plain } from '../ui/format'
import { text } from '../ui/text'
import { type Drawing, NODE, nodesByKey } from './drawing'
import { extentOf, groupBoxes, middleOf, strokeWidth } from './shapes'
import { labelSpots } from './labels'

/** Colours of a picture: those of the light look, so that it prints. */
const INK = { ground: '#ffffff', text: '#14181d', quiet: '#4a535f', line: '#858e9a', hair: '#cdd2d9' } as const
const TIER_INK: Readonly<Record<Tier, string>> = { device: '#bd7d0a', edge: '#006b4c', cloud: '#1e90d2' }

const escaped = (written: string) =>
  written.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign)

/** A drawing as an SVG file of its own: nodes, links and groups with their names, numbers and units. */
export function svgOf(drawing: Drawing): string {
  const { x, y, width, height } = extentOf(drawing)
  const nodes = nodesByKey(drawing)
  const spots = labelSpots(drawing)
  const groups = groupBoxes(drawing.nodes, (node) => node).map(
    (box) =>
      `<rect x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="6" fill="#f7f8f9" stroke="${INK.line}" stroke-dasharray="4 4"/>` +
      `<text x="${box.x + 12}" y="${box.y + 20}" font-size="11" fill="${INK.quiet}">${escaped(box.name)}</text>`
  )
  const lines: string[] = []
  const labels: string[] = []
  for (const link of drawing.links) {
    const [from, to] = [nodes.get(link.from), nodes.get(link.to)]
    if (!from || !to) continue
    const [a, b] = [middleOf(from), middleOf(to)]
    lines.push(
      `<line x1="${a.x}" y1="${a.y}" x2="${b.x}" y2="${b.y}" stroke="${INK.line}" stroke-width="${strokeWidth(link).toFixed(2)}"/>`
    )
    const spot = spots.get(link.key)
    if (spot === undefined) continue
    const label = `${plain(link.bandwidthMBps, 4)} MB/s  ${plain(link.latencyMs, 4)} ms`
    const at = { x: a.x + (b.x - a.x) * spot, y: a.y + (b.y - a.y) * spot }
    const half = label.length * 3 + 8
    labels.push(
      `<rect x="${at.x - half}" y="${at.y - 11}" width="${2 * half}" height="22" rx="4" fill="${INK.ground}" stroke="${INK.hair}"/>` +
        `<text x="${at.x}" y="${at.y + 4}" font-size="11" text-anchor="middle" fill="${INK.quiet}">${escaped(label)}</text>`
    )
  }
  const cards = drawing.nodes.map(
    (node) =>
      `<g transform="translate(${node.x} ${node.y})"><rect width="${NODE.width}" height="${NODE.height}" rx="4" fill="${INK.ground}" stroke="${INK.hair}"/>` +
      `<rect width="5" height="${NODE.height}" rx="2" fill="${TIER_INK[node.tier]}"/>` +
      `<text x="14" y="20" font-size="12" font-weight="600" fill="${INK.text}">${escaped(node.name)}</text>` +
      `<text x="14" y="36" font-size="11" fill="${INK.quiet}">${plain(node.computeMHz)} MHz, ${text.tiers[node.tier]}</text>` +
      `<text x="14" y="51" font-size="11" fill="${INK.quiet}">${plain(node.energyPerMegacycle * 1000, 4)} mJ/Mc</text></g>`
  )
  const body = [...groups, ...lines, ...labels, ...cards].join('\n')
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${x} ${y} ${width} ${height}" font-family="Inter, system-ui, sans-serif">`,
    `<title>${escaped(drawing.name)}</title>`,
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${INK.ground}"/>`,
    body,
    '</svg>'
  ].join('\n')
}

/** The same as a PNG, two pixels a pixel, no side longer than 8,000. Rejects where the browser cannot draw it. */
export async function pngOf(drawing: Drawing): Promise<Blob> {
  const { width, height } = extentOf(drawing)
  const scale = Math.min(2, 8000 / Math.max(width, height))
  const address = URL.createObjectURL(new Blob([svgOf(drawing)], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = address
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = Math.ceil(width * scale)
    canvas.height = Math.ceil(height * scale)
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error(text.topology.noPicture))), 'image/png')
    )
  } finally {
    URL.revokeObjectURL(address)
  }
}

/** A name that every file system takes. */
export function fileNameOf(name: string, ending: string): string {
  const plainName = name
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
  return `${plainName || 'topology'}.${ending}`
}
