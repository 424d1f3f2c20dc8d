import { looksOf } from '@shared/algorithms/looks'
import type { OwnAxis, OwnChart, OwnKind, OwnPoint, OwnSeries } from '@shared/charts/own'
import type { RunRow } from '@shared/contract/records'
import { csvOf } from '@shared/formats/csv'
import { alikeRuns, countedRuns } from '@shared/run/grouping'
import { type Cards, groupNames, settingKey } from '@shared/run/naming'
import { estimateOf } from '@shared/statistics/intervals'
import { algorithmStyle } from '../ui/algorithms'
import { PARAMETER } from './grouping'
import type { OwnQuantity } from './ownQuantities'

/** Which chart it is: what stands along its axes, by the keys of quantities. */
export interface OwnChoice {
  kind: OwnKind
  x: string
  y: string
  isLog: boolean
}

export const OWN_KINDS: readonly OwnKind[] = ['lines', 'bars', 'scatter']
export const DEFAULT_CHOICE: OwnChoice = { kind: 'lines', x: 'delta', y: 'gap', isLog: false }

export const choiceText = ({ kind, x, y, isLog }: OwnChoice) => [kind, x, y, isLog ? 'log' : 'linear'].join()

/** What an address or a saved view means; undefined where it means no chart. */
export function readChoice(written: unknown): OwnChoice | undefined {
  const [first, x, y, scale] = typeof written === 'string' ? written.split(',') : []
  const kind = OWN_KINDS.find((each) => each === first)
  return kind && x && y ? { kind, x, y, isLog: scale === 'log' } : undefined
}

/** Fewer seeds than this have no interval: one over two says nothing. */
const LEAST_FOR_INTERVAL = 3
/** A logarithmic x where its values spread over more than this. */
const WIDE = 50

/** All of a run's world but what stands along x, as far as rows tell it; its whole world where x is none of it. */
function worldBut(row: RunRow, x: string): { key: string; name: string } {
  const { topology = row.scenario, facts } = row
  if (!facts) return { key: row.world, name: row.scenario }
  const parts = {
    delta: [topology, `N ${facts.tasks}`],
    tasks: [topology, `δ ${facts.energyWeight}`],
    places: [`N ${facts.tasks}`, `δ ${facts.energyWeight}`],
    topology: [`N ${facts.tasks}`, `δ ${facts.energyWeight}`],
    scenario: []
  }[x]
  return parts ? { key: parts.join(), name: parts.join(' · ') } : { key: row.world, name: row.scenario }
}

interface Line {
  row: RunRow
  world: string
  /** By x. */
  at: Map<number | string, RunRow[]>
}

/** Runs that differ in nothing but x and their seed: means are never over anything else. */
function linesOf(rows: readonly RunRow[], x: OwnQuantity, cards: Cards): Line[] {
  const lines = new Map<string, Line>()
  for (const row of rows) {
    const at = x.of(row)
    if (at === undefined) continue
    const world = worldBut(row, x.key)
    const bare = bareOf(row, x.key)
    const setting = settingKey(bare, cards)
    const base = JSON.stringify(x.key === 'algorithm' ? [world.key] : [row.algorithm, setting, world.key])
    // Where the same x has runs of something else, they are another line.
    let key = base
    for (let turn = 2; ; turn++) {
      const others = lines.get(key)?.at.get(at)
      if (!others || others[0].alike === row.alike) break
      key = `${base} ${turn}`
    }
    const line = lines.get(key) ?? { row: bare, world: world.name, at: new Map<number | string, RunRow[]>() }
    lines.set(key, line)
    line.at.set(at, [...(line.at.get(at) ?? []), row])
  }
  return [...lines.values()]
}

/** A run without what stands along x. */
function bareOf(row: RunRow, x: string): RunRow {
  if (x === 'algorithm') return { ...row, algorithm: '', parameters: {} }
  if (!x.startsWith(PARAMETER)) return row
  const { [x.slice(PARAMETER.length)]: _, ...parameters } = row.parameters
  return { ...row, parameters }
}

const isWord = (value: unknown): value is string => typeof value === 'string'

/** Words along an axis at 0, 1, 2 …; numbers as themselves. */
function axisFor(
  quantity: OwnQuantity,
  values: readonly (number | string)[],
  isLog: boolean
): { axis: OwnAxis; at(value: number | string): number } {
  const { name, text } = quantity
  if (!values.some(isWord)) return { axis: { name, isLog, text }, at: Number }
  const categories = [...new Set(values.map(String))].sort()
  return {
    axis: { name, isLog: false, categories, text: (value) => categories[value] ?? '' },
    at: (value) => categories.indexOf(String(value))
  }
}

/** The chart that is chosen of these runs; finished runs count, each seed once. */
export function ownChart(rows: readonly RunRow[], choice: OwnChoice, x: OwnQuantity, y: OwnQuantity, cards: Cards): OwnChart {
  const done = alikeRuns(rows.filter((row) => y.of(row) !== undefined)).flatMap(countedRuns)
  return choice.kind === 'scatter' ? scattered(done, choice, x, y, cards) : averaged(done, choice, x, y, cards)
}

const looksFor = (rows: readonly RunRow[], cards: Cards) =>
  looksOf(
    rows.map((row) => ({ algorithm: row.algorithm, setting: settingKey(row, cards) })),
    algorithmStyle
  )

function averaged(rows: readonly RunRow[], { kind, isLog }: OwnChoice, x: OwnQuantity, y: OwnQuantity, cards: Cards): OwnChart {
  const lines = linesOf(rows, x, cards)
  const values = lines.flatMap(({ at }) => [...at.keys()])
  const numbers = values.filter((value) => !isWord(value) && value > 0) as number[]
  const isWide = !values.some(isWord) && numbers.length === values.length && Math.max(...numbers) / Math.min(...numbers) > WIDE
  const { axis, at } = axisFor(x, values, isWide)
  const names = groupNames(
    lines.map(({ row, world }) => ({
      algorithm: row.algorithm,
      parameters: row.parameters,
      environments: row.environments,
      initialWeights: row.initialWeights,
      start: row.start,
      scenario: world
    })),
    cards
  )
  const looks = looksFor(
    lines.map(({ row }) => row),
    cards
  )
  const series = lines.map((line, i): OwnSeries => {
    const points = [...line.at].map(([value, runs]): OwnPoint => {
      const { mean, interval, n } = estimateOf(runs.map((row) => Number(y.of(row))))
      const ends = interval && n >= LEAST_FOR_INTERVAL ? { low: interval[0], high: interval[1] } : {}
      return { x: at(value), y: mean, ...ends, n, runs: runs.map(({ id }) => id) }
    })
    return {
      key: String(i),
      name: line.row.algorithm === '' ? [y.name, names[i].trim()].join(' ').trim() : names[i],
      look: looks[i],
      points: points.sort((a, b) => a.x - b.x)
    }
  })
  return { kind, x: axis, y: { name: y.name, isLog, text: y.text }, series }
}

/** A point a run. */
function scattered(rows: readonly RunRow[], { isLog }: OwnChoice, x: OwnQuantity, y: OwnQuantity, cards: Cards): OwnChart {
  const known = rows.filter((row) => x.of(row) !== undefined)
  const { axis, at } = axisFor(
    x,
    known.map((row) => x.of(row) ?? ''),
    false
  )
  const across = axisFor(
    y,
    known.map((row) => y.of(row) ?? ''),
    isLog
  )
  const algorithms = [...new Set(known.map(({ algorithm }) => algorithm))]
  const firsts = algorithms.flatMap((algorithm) => known.find((row) => row.algorithm === algorithm) ?? [])
  const looks = looksFor(firsts, cards)
  const series = algorithms.map(
    (algorithm, i): OwnSeries => ({
      key: algorithm,
      name: algorithm,
      look: looks[i],
      points: known
        .filter((row) => row.algorithm === algorithm)
        .map((row) => ({ x: at(x.of(row) ?? ''), y: across.at(y.of(row) ?? ''), n: 1, runs: [row.id] }))
    })
  )
  return { kind: 'scatter', x: axis, y: across.axis, series }
}

/** Every point with the ends of its interval and its runs. */
export function ownCsv({ x, y, series }: OwnChart, nameOf: (name: string) => string): string {
  return csvOf([
    ['line', x.name, y.name, 'low_95', 'high_95', 'seeds', 'runs'],
    ...series.flatMap(({ name, points }) =>
      points.map((point) => [
        nameOf(name),
        x.categories ? x.categories[point.x] : point.x,
        y.categories ? y.categories[point.y] : point.y,
        point.low,
        point.high,
        point.n,
        point.runs.join(' ')
      ])
    )
  ])
}
