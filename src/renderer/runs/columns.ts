import { type Cards, parameterName, namedParameter } from '@shared/run/naming'
import { scaled } from '../services/settings'
import { text } from '../ui/text'
import { FURTHER } from './further'
import { PARAMETER } from './grouping'
import { SORTABLE, type SortKey } from './order'

export const SIZES = ['tight', 'narrow', 'regular', 'wide'] as const
export type Size = (typeof SIZES)[number]

/** One column of the table. */
export interface Column {
  key: string
  label: string
  unit?: string
  help?: string
  sort?: SortKey
  /** Pixels at this size and at the present text size. */
  width: number
  left?: boolean
}

/** Widths that somebody chose, in pixels of the design, by column. */
export type Widths = Readonly<Record<string, number>>

/** The first column, which is always there. */
export const NAME = 'name'

/** Pixels by size; 0: shown only where somebody asked for it, with the width it has at `regular`. */
const WIDTHS: Readonly<Record<string, readonly [tight: number, narrow: number, regular: number, wide: number]>> = {
  status: [92, 92, 92, 120],
  steps: [62, 68, 76, 96],
  forest: [132, 132, 140, 420],
  gap: [112, 112, 116, 150],
  p95: [0, 42, 46, 80],
  cost: [112, 112, 112, 170],
  delay: [46, 48, 50, 88],
  energy: [0, 52, 54, 88],
  share: [0, 0, 72, 160],
  time: [0, 0, 62, 96],
  started: [44, 48, 48, 88]
}

const FURTHER_WIDTHS: Readonly<Record<string, number>> = {
  meanGap: 72,
  logMeanGap: 84,
  bestGap: 64,
  bestStep: 72,
  max: 56,
  exact: 56,
  decision: 72,
  speed: 64,
  delta: 44,
  tasks: 44,
  places: 44,
  topology: 140,
  experiment: 140,
  tags: 120
}
const LEFT = new Set(['status', 'share', 'topology', 'experiment', 'tags'])
const NAME_WIDTH = { tight: 190, narrow: 230, regular: 230, wide: 320 }
/** What more there is to say of runs that stand by themselves. */
const FLAT_MORE = 90
/** Narrower shows nothing, wider no window does. */
export const LEAST_WIDTH = 32
export const MOST_WIDTH = 900
const SHOULDER = 36
const GAP = 8
const END = 12

/** A width somebody may choose. */
export const bounded = (pixels: number) => Math.round(Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, pixels)))

const unitOf = (key: string): string | undefined => {
  const { units } = text
  const known: Record<string, string> = {
    gap: units.percent,
    p95: units.percent,
    max: units.percent,
    meanGap: units.percent,
    logMeanGap: units.percent,
    bestGap: units.percent,
    cost: text.runs.perWorkflow,
    delay: units.seconds,
    energy: units.joules,
    decision: text.runs.decisionUnit,
    speed: text.runs.speedUnit
  }
  return known[key]
}

/** A parameter's column is called as forms call it; its symbol stands where a unit would. */
function parameterColumn(key: string, cards: Cards): Omit<Column, 'width'> {
  const own = key.slice(PARAMETER.length)
  const parameter = namedParameter(own, cards)
  return {
    key,
    label: parameterName(own, cards),
    ...(parameter?.symbol && { unit: parameter.symbol }),
    ...(parameter && { help: `${parameter.sentence} (${own})` }),
    sort: key as SortKey,
    left: parameter?.type === 'choice' || parameter?.type === 'switch'
  }
}

function knownColumn(key: string): Omit<Column, 'width'> {
  const help: Record<string, string> = text.runs.help
  const labels: Record<string, string> = text.runs.columns
  // The forest is of gaps.
  const sort = key === 'forest' ? 'gap' : [...SORTABLE, ...FURTHER].find((each) => each === key)
  return { key, label: labels[key], unit: unitOf(key), help: help[key], ...(sort && { sort }), left: LEFT.has(key) }
}

function column(key: string, size: Size, cards: Cards, widths: Widths): Column {
  const known = key.startsWith(PARAMETER) ? parameterColumn(key, cards) : knownColumn(key)
  const usual = WIDTHS[key]?.[SIZES.indexOf(size)] || WIDTHS[key]?.[2] || FURTHER_WIDTHS[key]
  return { ...known, width: scaled(widths[key] ?? usual ?? Math.min(150, Math.max(64, 7 * (known.label.length + 2)))) }
}

/** Every column there is, in the order they stand at first; `parameters` are keys of parameters. */
export function allColumns(parameters: readonly string[]): string[] {
  return [...Object.keys(WIDTHS), ...FURTHER, ...parameters.map((key) => PARAMETER + key)]
}

/** The columns that are shown by default. */
export function defaultColumns(size: Size): string[] {
  const at = SIZES.indexOf(size)
  return Object.keys(WIDTHS).filter((key) => WIDTHS[key][at] > 0)
}

const isColumn = (key: string) => key in WIDTHS || key in FURTHER_WIDTHS || (key.startsWith(PARAMETER) && key.length > PARAMETER.length)

/** The columns of the table; without a choice those there is room for. Unknown keys are left out. */
export function columnsOf(chosen: readonly string[] | undefined, size: Size, cards: Cards, widths: Widths = {}): Column[] {
  const keys = chosen ? [...new Set(chosen.filter(isColumn))] : defaultColumns(size)
  return keys.map((key) => column(key, size, cards, widths))
}

/** With a column more, after the nearest one that stands before it at first, or one less. */
export function toggled(shown: readonly string[], key: string, every: readonly string[]): string[] {
  if (shown.includes(key)) return shown.filter((each) => each !== key)
  const before = every.slice(0, every.indexOf(key)).reverse()
  const neighbour = before.find((each) => shown.includes(each))
  const at = neighbour === undefined ? 0 : shown.indexOf(neighbour) + 1
  return shown.toSpliced(at, 0, key)
}

/** With one column in another's place; those between move up. */
export function moved(shown: readonly string[], key: string, to: number): string[] {
  const others = shown.filter((each) => each !== key)
  return others.length === shown.length ? [...shown] : others.toSpliced(Math.max(0, to), 0, key)
}

/** The grid that head and lines share, and the least width they need. What is left over goes to the names, unless somebody chose their width. */
export function gridOf(columns: readonly Column[], size: Size, widths: Widths = {}, isFlat = false): { template: string; least: number } {
  const chosen = widths[NAME]
  const [name, shoulder] = [scaled(chosen ?? NAME_WIDTH[size] + (isFlat ? FLAT_MORE : 0)), scaled(SHOULDER)]
  const each = columns.map(({ width }) => width)
  const least = shoulder + name + each.reduce((sum, width) => sum + width, 0) + scaled(GAP * (each.length + 1) + END)
  const first = chosen === undefined ? `minmax(${name}px, 1fr)` : `${name}px`
  return { template: `${shoulder}px ${first} ${each.map((width) => `${width}px`).join(' ')}`, least }
}
