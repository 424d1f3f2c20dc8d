import { type ComparedRun, comparedRun } from '@shared/experiment/compared'
import { figureRows, type GroupOfRuns } from '@shared/experiment/comparison'
import { signedPercent } from '@shared/charts/lossChart'
import { differenceText, halfText } from '@shared/experiment/figureText'
import { amountHalf, costHalf, gapHalf } from '@shared/format'
import { meanInterval95, pairedSeedDifference } from '@shared/statistics/intervals'
import { describe, expect, it } from 'vitest'

const share = { device: 1, edge: 0, cloud: 0 }
function run(gap: number, seed: number): ComparedRun {
  const evaluation = {
    workflows: 2,
    inSample: false,
    meanCost: 1 + gap,
    meanDelaySeconds: 10 + gap,
    meanEnergyJoules: 20 - gap,
    gapMean: gap,
    gapP95: gap,
    gapMax: gap,
    exactMatches: 0,
    share,
    decisionMs: 1,
    optimum: { meanCost: 1, meanDelaySeconds: 10, meanEnergyJoules: 20, share }
  }
  return comparedRun({ seed, seconds: 1, evaluation, gaps: [gap, gap], costs: [1 + gap, 1 + gap] })
}
const group = (gap: number, isRuler = false) => ({ world: 'w', heldOut: 'w', runs: [run(gap, 1), run(gap, 2)], isRuler })
const bestOf = (groups: ReturnType<typeof group>[]) => figureRows(groups, 0).find(({ key }) => key === 'gapMean')?.best

describe('the best of a comparison', () => {
  it('is the best rival: the optimum is what they are measured by', () => {
    expect(bestOf([group(0.2), group(0.1), group(0, true)])).toEqual([1])
    expect(bestOf([group(0, true), group(0.2), group(0.1)])).toEqual([2])
  })

  it('is nobody where there is only one', () => {
    expect(bestOf([group(0.1), group(0, true)])).toEqual([])
  })
})

const seeded = (gaps: readonly number[], more: Partial<GroupOfRuns> = {}): GroupOfRuns => ({
  world: 'w',
  heldOut: 'w',
  runs: gaps.map((gap, i) => run(gap, i + 1)),
  ...more
})
const cellsOf = (groups: readonly GroupOfRuns[], key = 'gapMean') => figureRows(groups, 0).find((row) => row.key === key)?.cells ?? []

describe('a difference over seeds', () => {
  const [a, b] = [
    [0.05, 0.06, 0.04, 0.055],
    [0.01, 0.03, 0.02, 0.012]
  ]

  it('pairs seeds where both groups have the same, in whatever order they stand', () => {
    const turned = { ...seeded(b), runs: [...seeded(b).runs].reverse() }
    const [, paired] = cellsOf([seeded(a), turned])
    expect(paired.test).toBe('paired-t')
    const expected = pairedSeedDifference(a, b)
    expect(paired.differenceInterval?.[0]).toBeCloseTo(expected?.interval[0] ?? Number.NaN, 12)
    expect(paired.n).toBe(4)
    expect(paired.cliffsDelta).toBe(1)
    expect(paired.improvement).toBe(1)
  })

  it('is Welch’s over other seeds', () => {
    const later = seeded(b.slice(0, 3), { runs: b.slice(0, 3).map((gap, i) => run(gap, i + 11)) })
    expect(cellsOf([seeded(a), later])[1].test).toBe('welch')
  })

  it('takes what draws nothing at random for the constant it is', () => {
    const fixed = seeded([0.5], { isDeterministic: true })
    const [, cell] = cellsOf([fixed, seeded(a)])
    // One sample against a constant: Student's t with three degrees of freedom.
    const [low, high] = meanInterval95(a) as [number, number]
    expect(cell.differenceInterval?.[0]).toBeCloseTo(low - 0.5, 12)
    expect(cell.differenceInterval?.[1]).toBeCloseTo(high - 0.5, 12)
  })

  it('is none across worlds, and none is best there', () => {
    const rows = figureRows([seeded(a), seeded(b, { world: 'other', heldOut: 'other' })], 0)
    for (const { cells, best } of rows) {
      expect(cells[1].difference).toBeUndefined()
      expect(cells[1].p).toBeUndefined()
      expect(best).toEqual([])
    }
  })

  it('is corrected over every test that the table shows, of seeds and of workflows', () => {
    const groups = [seeded(a), seeded(b), seeded([0.2, 0.3, 0.1, 0.2])]
    const rows = figureRows(groups, 0)
    const shown = rows.flatMap(({ cells }) => cells.flatMap(({ p, workflowP }) => [p, workflowP]))
    const raw = rows.flatMap(({ key }) => [1, 2].map((g) => pairedSeedDifference(figureOf(groups[0], key), figureOf(groups[g], key))?.p))
    const least = Math.min(...raw.filter((p) => p !== undefined))
    const tests = shown.filter((p) => p !== undefined).length
    expect(Math.min(...shown.filter((p) => p !== undefined))).toBeCloseTo(Math.min(1, least * tests), 12)
  })

  it('marks all that tie as best', () => {
    expect(bestOf([group(0.2), group(0.1), group(0.1)])).toEqual([1, 2])
  })
})

/** The figure of every seed, read off as the table does. */
function figureOf(of: GroupOfRuns, key: string): number[] {
  return of.runs.map((one) => figureRows([{ ...of, runs: [one] }], 0).find((row) => row.key === key)?.cells[0].mean ?? Number.NaN)
}

describe('the IQM', () => {
  it('rests on seeds: each seed’s own IQM over its workflows is one value', () => {
    const gaps = [0.02, 0.03, 0.07]
    const [cell] = cellsOf([seeded(gaps)], 'gapIqm')
    expect(cell.interval).toEqual(meanInterval95(gaps))
  })
})

describe('what has no value', () => {
  it('has no sign before it', () => {
    expect(differenceText('gapMean', Number.NaN)).toBe('–')
    expect(halfText('gapMean', { mean: Number.NaN, interval: [Number.NaN, Number.NaN], n: 2 })).toBe('')
    for (const key of ['gapMean', 'cost', 'delay', 'exact', 'decision', 'stepsTo5'] as const) {
      expect(halfText(key, { mean: Infinity, interval: [1, Infinity], n: 2 }), key).toBe('')
    }
    expect([gapHalf(0.1, Number.NaN), costHalf(1, Infinity), amountHalf(Number.NaN, 1)]).toEqual(['', '', ''])
    expect([signedPercent(Number.NaN), signedPercent(Infinity), signedPercent(0.01)]).toEqual(['–', '+∞ %', '+1.000 %'])
  })

  it('is not the best where all rivals are infinitely far', () => {
    expect(bestOf([group(Infinity), group(Infinity)])).toEqual([])
    expect(bestOf([group(Infinity), group(0.1)])).toEqual([1])
  })
})

describe('a difference', () => {
  it('has a sign, and none where it is too small for its decimals', () => {
    expect(differenceText('gapMean', -0.0153)).toMatch(/^−1\.53/)
    expect(differenceText('decision', -0.001)).toBe('≈ 0')
    expect(differenceText('cost', 0)).toBe('0')
  })
})
