import type { ComparisonAnalysis } from '@shared/contract/comparisons'
import type { FigureKey } from '@shared/experiment/compared'
import { bestOfName } from '@shared/experiment/trainingText'
import type { LineStyle } from '@shared/algorithms/looks'
import { bestOfStyle } from '@shared/algorithms/looks'
import type { ComparedGroup, Spread } from './groups'

/** Seeds of a group taken together, as a line beside the groups. */
export interface BestSpread {
  key: string
  name: string
  look: LineStyle
  scenario: string
  /** Sets of seeds. */
  n: number
  isInSample: boolean
  /** By the columns of the table of evaluations. */
  spreads: Readonly<Record<string, Spread | undefined>>
}

const COLUMNS = {
  gap: 'gapMean',
  p95: 'gapP95',
  max: 'gapMax',
  cost: 'cost',
  exact: 'exact',
  decision: 'decision',
  time: 'training'
} as const satisfies Record<string, FigureKey>

/** Seeds taken together of an analysis; `groups` and `names` are its groups’ in its order. */
export function bestSpreads(
  { groups: all, bestOf, figures }: ComparisonAnalysis,
  groups: readonly ComparedGroup[],
  names: readonly string[]
): BestSpread[] {
  return bestOf.map((best, b) => {
    const group = groups[best.group]
    const spreadOf = (key: FigureKey): Spread | undefined => {
      const { mean, interval, n } = figures.find((row) => row.key === key)?.cells[all.length + b] ?? { n: 0 }
      if (mean === undefined) return undefined
      return { mean, n, ...(interval && { half: (interval[1] - interval[0]) / 2, low: interval[0], high: interval[1] }) }
    }
    return {
      key: `best of ${group.key}`,
      name: bestOfName(best, names),
      look: bestOfStyle(group.look),
      scenario: group.scenario,
      n: best.n,
      isInSample: group.finished.some((row) => row.evaluation?.inSample),
      spreads: Object.fromEntries(Object.entries(COLUMNS).map(([column, key]) => [column, spreadOf(key)]))
    }
  })
}
