import { distinctRuns } from '@shared/run/identity'
import type { LineStyle } from '@shared/algorithms/looks'
import { amount, amountHalf, cost, costHalf, duration, fixed, gap, gapHalf, milliseconds, NONE } from '@shared/format'
import { text } from '../ui/text'
import type { BestSpread } from './bestSpreads'
import { type ComparedGroup, evaluated, sharesOf, type Spread, spreadOf } from './groups'

/** The columns of the table of evaluations, in order. */
export const EVALUATION_COLUMNS = ['gap', 'p95', 'max', 'cost', 'delay', 'energy', 'exact', 'decision', 'time'] as const
type Column = (typeof EVALUATION_COLUMNS)[number]

interface Figure {
  of(group: ComparedGroup): Spread | undefined
  value(spread: Spread): string
  half?(spread: Spread): string
  /** Absent where none is the better one. */
  better?: 'lower' | 'higher'
}

const gapText = ({ mean }: Spread) => gap(mean)
const amountText = ({ mean }: Spread) => amount(mean)
const halfAmount = ({ mean, half }: Spread) => amountHalf(mean, half)
const FIGURES: Record<Column, Figure> = {
  gap: {
    of: (group) => evaluated(group, (e) => e.gapMean),
    value: gapText,
    half: ({ mean, half }) => gapHalf(mean, half),
    better: 'lower'
  },
  p95: { of: (group) => evaluated(group, (e) => e.gapP95), value: gapText, better: 'lower' },
  max: { of: (group) => evaluated(group, (e) => e.gapMax), value: gapText, better: 'lower' },
  cost: {
    of: (group) => evaluated(group, (e) => e.meanCost),
    value: ({ mean }) => cost(mean),
    half: ({ mean, half }) => costHalf(mean, half),
    better: 'lower'
  },
  delay: { of: (group) => evaluated(group, (e) => e.meanDelaySeconds), value: amountText, half: halfAmount, better: 'lower' },
  energy: { of: (group) => evaluated(group, (e) => e.meanEnergyJoules), value: amountText, half: halfAmount, better: 'lower' },
  exact: {
    of: (group) => evaluated(group, (e) => e.exactMatches / (e.batches ?? e.workflows)),
    value: ({ mean }) => fixed(mean * 100, 1),
    better: 'higher'
  },
  decision: { of: (group) => evaluated(group, (e) => e.decisionMs), value: ({ mean }) => milliseconds(mean) },
  time: { of: (group) => spreadOf(group.finished.map((row) => row.seconds)), value: ({ mean }) => duration(mean) }
}

/** One line of the table of evaluations, in words. */
export interface EvaluationLine {
  key: string
  name: string
  look: LineStyle
  /** What it is called in the table: its algorithm and setting, or what seeds are taken together. */
  head: string
  setting: string
  scenario: string
  share?: ReturnType<typeof sharesOf>
  seeds: string
  /** Runs that repeat one that counts. */
  repeats: number
  isInSample: boolean
  /** Why results are not exact, a line for each such run. */
  approximate: string
  gap: string
  forest: { mean?: number; low?: number; high?: number; seeds: readonly number[] }
  cells: { key: Column; value: string; half: string; isBest: boolean }[]
}

type Cells = (of: (column: Column) => Spread | undefined, isRival: boolean) => EvaluationLine['cells']

/** Groups, then seeds of theirs taken together. The optimum is the ruler, not a rival: the best of the others is marked. */
export function evaluationLines(
  groups: readonly ComparedGroup[],
  bests: readonly BestSpread[],
  names: ReadonlyMap<string, string>
): EvaluationLine[] {
  const best = bestMeans(groups, bests)
  const cells: Cells = (of, isRival) =>
    EVALUATION_COLUMNS.map((key) => {
      const spread = of(key)
      return {
        key,
        value: spread ? FIGURES[key].value(spread) : NONE,
        half: (spread && FIGURES[key].half?.(spread)) ?? '',
        isBest: isRival && spread !== undefined && spread.mean === best.get(key)
      }
    })
  return [
    ...groups.map((group) => groupLine(group, names.get(group.key) ?? group.algorithm, cells)),
    ...bests.map((each): EvaluationLine => {
      const { key, name, look, scenario, isInSample, spreads } = each
      return {
        key,
        name,
        look,
        head: name,
        setting: '',
        scenario,
        seeds: text.compare.sets(each.n),
        repeats: 0,
        isInSample,
        approximate: '',
        gap: gap(spreads.gap?.mean),
        forest: { ...spreads.gap, seeds: [] },
        cells: cells((column) => spreads[column], true)
      }
    })
  ]
}

function groupLine(group: ComparedGroup, name: string, cells: Cells): EvaluationLine {
  const { key, algorithm, setting, scenario, look, finished } = group
  const gapSpread = FIGURES.gap.of(group)
  return {
    key,
    name,
    look,
    head: algorithm,
    setting,
    scenario,
    share: sharesOf(group),
    ...seedsOf(group),
    isInSample: finished.some((row) => row.evaluation?.inSample),
    approximate: finished.flatMap((row) => (row.approximate === undefined ? [] : `${row.id}: ${row.approximate}`)).join('\n'),
    gap: gap(gapSpread?.mean),
    forest: { ...gapSpread, seeds: finished.flatMap((row) => row.evaluation?.gapMean ?? []) },
    cells: cells((column) => FIGURES[column].of(group), algorithm !== 'optimum')
  }
}

/** Means that are bold: none where there are no two rivals, or worlds differ. */
function bestMeans(groups: readonly ComparedGroup[], bests: readonly BestSpread[]): ReadonlyMap<Column, number> {
  if (new Set(groups.map(({ world }) => world)).size > 1) return new Map()
  const rivals = groups.filter(({ algorithm }) => algorithm !== 'optimum')
  return new Map(
    EVALUATION_COLUMNS.flatMap((column) => {
      const { of, better } = FIGURES[column]
      const means = [...rivals.map(of), ...bests.map(({ spreads }) => spreads[column])].flatMap((spread) => spread?.mean ?? [])
      if (better === undefined || means.length < 2) return []
      return [[column, better === 'lower' ? Math.min(...means) : Math.max(...means)] as const]
    })
  )
}

/** Seeds that count of those that were asked for; runs of a seed that was run already count once. */
function seedsOf({ runs, finished }: ComparedGroup): { seeds: string; repeats: number } {
  const asked = distinctRuns(runs).length
  const repeats = runs.filter((row) => row.evaluation !== undefined).length - finished.length
  return { seeds: finished.length < asked ? `${finished.length} / ${asked}` : String(asked), repeats }
}
