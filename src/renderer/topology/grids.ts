import { readNumber, typed } from '@shared/numbers'
import { TIERS } from '@shared/model/topology'
import { type Drawing, type DrawnLink, type DrawnNode, endName, freshKeys, linkDefaults, NODE, nodesByKey, TIER_DEFAULTS } from './drawing'
import { addNode, patchLinks, patchNodes } from './edit'
import { text } from '../ui/text'

/** A topology as two tables: every node and every link a row, each cell as text that a spreadsheet takes and gives. */

export type GridKind = 'nodes' | 'links'
type Part = DrawnNode | DrawnLink
type Patch = Partial<DrawnNode> & Partial<DrawnLink>

export interface GridColumn {
  key: string
  label: string
  /** Text in the cell; empty where there is no value. */
  shown(part: Part, nodes: ReadonlyMap<string, DrawnNode>): string
  /** What a text written into the cell changes, or why it cannot. */
  read(written: string, drawing: Drawing): { patch: Patch } | { fault: string }
  isNumber?: true
}

const words = text.topology.grids

/** A number of at least 0; where nothing is written, nothing, if it may be absent. */
function number(key: string, unit: string, isOptional: boolean, scale = 1): GridColumn {
  const label = words.columns[key as keyof typeof words.columns]
  return {
    key,
    label,
    isNumber: true,
    shown: (part) => {
      const value = (part as unknown as Record<string, unknown>)[key]
      return typeof value === 'number' ? typed(Number((value * scale).toPrecision(12))) : ''
    },
    read: (written) => {
      if (written.trim() === '' && isOptional) return { patch: { [key]: undefined } }
      const found = readNumber(written, { unit })
      if (!('value' in found)) return { fault: `${label}: ${found.fault}` }
      return found.value < 0 ? { fault: words.negative(label) } : { patch: { [key]: found.value / scale } }
    }
  }
}

const NODES: readonly GridColumn[] = [
  {
    key: 'name',
    label: words.columns.name,
    shown: (part) => (part as DrawnNode).name,
    read: (written) => (written.trim() === '' ? { fault: words.nameless } : { patch: { name: written.trim() } })
  },
  {
    key: 'tier',
    label: words.columns.tier,
    shown: (part) => (part as DrawnNode).tier,
    read: (written) => {
      const tier = TIERS.find((each) => each === written.trim().toLowerCase())
      return tier ? { patch: { tier } } : { fault: words.noTier(written, TIERS.join(', ')) }
    }
  },
  number('computeMHz', 'MHz', false),
  number('energyPerMegacycle', 'mJ/Mc', false, 1000),
  number('cores', '', true),
  number('transmitWatts', 'W', true),
  number('receiveWatts', 'W', true),
  {
    key: 'group',
    label: words.columns.group,
    shown: (part) => (part as DrawnNode).group ?? '',
    read: (written) => ({ patch: { group: written.trim() === '' ? undefined : written.trim() } })
  }
]

const end = (key: 'from' | 'to'): GridColumn => ({
  key,
  label: words.columns[key],
  shown: (part, nodes) => endName(nodes, (part as DrawnLink)[key]),
  read: (written, drawing) => {
    const name = written.trim()
    if (name === '') return { fault: words.endless }
    // A name that no node has stays, and the checks report it.
    return { patch: { [key]: drawing.nodes.find((node) => node.name === name)?.key ?? `?${name}` } }
  }
})

const LINKS: readonly GridColumn[] = [
  end('from'),
  end('to'),
  number('bandwidthMBps', 'MB/s', false),
  number('backBandwidthMBps', 'MB/s', true),
  number('latencyMs', 'ms', false)
]

export const GRID_COLUMNS: Readonly<Record<GridKind, readonly GridColumn[]>> = { nodes: NODES, links: LINKS }

/** What came of writing into a grid: as much as could be read, and why the rest could not. */
export interface Written {
  drawing: Drawing
  faults: string[]
}

const partsOf = (drawing: Drawing, kind: GridKind): readonly Part[] => drawing[kind]

/** One cell written. */
export function written(drawing: Drawing, kind: GridKind, row: number, column: number, cell: string): Written {
  const part = partsOf(drawing, kind)[row]
  const found = GRID_COLUMNS[kind][column]?.read(cell, drawing)
  if (!part || !found) return { drawing, faults: [] }
  if ('fault' in found) return { drawing, faults: [words.inRow(row + 1, found.fault)] }
  const keys = new Set([part.key])
  // What may be absent is absent, not undefined: documents are compared by what they hold.
  const without = <T extends Part>(each: T): T =>
    each.key === part.key ? (Object.fromEntries(Object.entries(each).filter(([, value]) => value !== undefined)) as unknown as T) : each
  if (kind === 'nodes') {
    const next = patchNodes(drawing, keys, found.patch)
    return { drawing: { ...next, nodes: next.nodes.map(without) }, faults: [] }
  }
  const next = patchLinks(drawing, keys, found.patch)
  return { drawing: { ...next, links: next.links.map(without) }, faults: [] }
}

/** Cells of a spreadsheet: rows by line, columns by tab. */
export function cellsOf(copied: string): string[][] {
  return copied
    .replace(/\r\n?/g, '\n')
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => line.split('\t'))
}

/**
 * Cells written from a row and column on, to the right and down; rows beyond the last are new nodes or links. A first row of heads is
 * passed over. What cannot be read leaves its cell as it was.
 */
export function pasted(drawing: Drawing, kind: GridKind, row: number, column: number, cells: readonly (readonly string[])[]): Written {
  const columns = GRID_COLUMNS[kind].slice(column)
  const isHead = cells[0]?.every((cell, i) => cell.trim().toLowerCase() === columns[i]?.label.toLowerCase())
  const faults: string[] = []
  let next = drawing
  cells.slice(isHead ? 1 : 0).forEach((line, i) => {
    if (line.every((cell) => cell.trim() === '')) return
    const at = row + i
    if (at >= partsOf(next, kind).length) next = withRow(next, kind)
    line.forEach((cell, k) => {
      // A cell left empty in a new row keeps what a new one has.
      if (cell.trim() === '' && at >= partsOf(drawing, kind).length) return
      const step = written(next, kind, Math.min(at, partsOf(next, kind).length - 1), column + k, cell)
      next = step.drawing
      faults.push(...step.faults)
    })
  })
  return { drawing: next, faults }
}

/** One node or link more. A new node stands below all others; a new link leads nowhere until its ends are written. */
export function withRow(drawing: Drawing, kind: GridKind): Drawing {
  if (kind === 'nodes') {
    const y = Math.max(0, ...drawing.nodes.map((node) => node.y + NODE.height + 28))
    return addNode(drawing, 'device', { x: Math.min(0, ...drawing.nodes.map(({ x }) => x)), y }, TIER_DEFAULTS.device).drawing
  }
  const [key] = freshKeys(drawing, 'l', 1)
  return { ...drawing, links: [...drawing.links, { key, from: '?', to: '?', ...linkDefaults(undefined, undefined) }] }
}

/** The value of a cell in every row from it to another. */
export function filledDown(drawing: Drawing, kind: GridKind, column: number, from: number, to: number): Written {
  const part = partsOf(drawing, kind)[from]
  if (!part) return { drawing, faults: [] }
  const cell = GRID_COLUMNS[kind][column].shown(part, nodesByKey(drawing))
  let next: Written = { drawing, faults: [] }
  for (let row = from + 1; row <= to; row++) {
    const step = written(next.drawing, kind, row, column, cell)
    next = { drawing: step.drawing, faults: [...next.faults, ...step.faults] }
  }
  return next
}

/** A grid with its heads, as a spreadsheet takes it. */
export function gridText(drawing: Drawing, kind: GridKind): string {
  const nodes = nodesByKey(drawing)
  const rows = partsOf(drawing, kind).map((part) => GRID_COLUMNS[kind].map((column) => column.shown(part, nodes)))
  return [GRID_COLUMNS[kind].map(({ label }) => label), ...rows].map((row) => row.join('\t')).join('\n')
}
