import { scaled } from '../services/settings'
import { text } from '../ui/text'
import { FURTHER } from './further'
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

/** Pixels by size; 0: shown only where somebody asked for it, with the width it has at `regular`. */
const WIDTHS: Readonly<Record<string, readonly [tight: number, narrow: number, regular: number, wide: number]>> = {
  status: [92, 92, 92, 120],
  steps: [62, 68, 76, 96],
  forest: [132, 132, 164, 480],
  gap: [112, 112, 116, 150],
  p95: [0, 42, 46, 80],
  cost: [112, 112, 112, 170],
  delay: [46, 48, 50, 88],
  energy: [0, 52, 54, 88],
  share: [60, 60, 72, 200],
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
  experiment: 140,
  tags: 120
}
const LEFT = new Set(['status', 'share', 'experiment', 'tags'])
const PARAMETER = 'parameters.'
const NAME_WIDTH = { tight: 150, narrow: 190, regular: 190, wide: 190 }
const SHOULDER = 36
const GAP = 8
const END = 12

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

function column(key: string, size: Size): Column {
  const at = SIZES.indexOf(size)
  const widths = WIDTHS[key]
  const help: Record<string, string> = text.runs.help
  const labels: Record<string, string> = text.runs.columns
  const parameter = key.startsWith(PARAMETER)
  const width = widths ? widths[at] || widths[2] : (FURTHER_WIDTHS[key] ?? Math.max(64, 7 * (key.length - PARAMETER.length)))
  const sortable = parameter || SORTABLE.some((each) => each === key) || FURTHER.some((each) => each === key)
  return {
    key,
    label: parameter ? key.slice(PARAMETER.length) : labels[key],
    unit: unitOf(key),
    help: help[key],
    ...(sortable && { sort: key as SortKey }),
    width: scaled(width),
    left: LEFT.has(key)
  }
}

/** Every column there is, in the order they stand; `parameters` are keys of parameters. */
export function allColumns(parameters: readonly string[]): string[] {
  return [...Object.keys(WIDTHS), ...FURTHER, ...parameters.map((key) => PARAMETER + key)]
}

/** The columns that are shown by default. */
export function defaultColumns(size: Size): string[] {
  const at = SIZES.indexOf(size)
  return Object.keys(WIDTHS).filter((key) => WIDTHS[key][at] > 0)
}

const isColumn = (key: string) => key in WIDTHS || key in FURTHER_WIDTHS || key.startsWith(PARAMETER)

/** The columns of the table; without a choice those there is room for. Unknown keys are left out. */
export function columnsOf(chosen: readonly string[] | undefined, size: Size): Column[] {
  return (chosen?.filter(isColumn) ?? defaultColumns(size)).map((key) => column(key, size))
}

/** The grid that head and lines share, and the least width they need. */
export function gridOf(columns: readonly Column[], size: Size): { template: string; least: number } {
  const [name, shoulder] = [scaled(NAME_WIDTH[size]), scaled(SHOULDER)]
  const widths = columns.map(({ width }) => width)
  const least = shoulder + name + widths.reduce((sum, width) => sum + width, 0) + scaled(GAP * (widths.length + 1) + END)
  return { template: `${shoulder}px minmax(${name}px, 1fr) ${widths.map((width) => `${width}px`).join(' ')}`, least }
}
