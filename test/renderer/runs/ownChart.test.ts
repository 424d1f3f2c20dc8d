import type { RunRow } from '@shared/contract/records'
import { cardsById } from '@shared/run/naming'
import { describe, expect, it } from 'vitest'
import { choiceText, type OwnChoice, ownChart, ownCsv, readChoice } from '../../../src/renderer/runs/ownChart'
import { ownQuantities } from '../../../src/renderer/runs/ownQuantities'
import { evaluation, runRow } from '../rows'

const CARDS = cardsById([])
let last = 0

/** Runs of three seeds with gaps around one. */
function seeds(gap: number, others: Partial<RunRow>): RunRow[] {
  const alike = `${gap} ${JSON.stringify(others)}`
  return [-1, 0, 1].map((spread, i) => runRow(++last, { seed: i + 1, alike, evaluation: evaluation(gap + spread / 100), ...others }))
}
const weighted = (energyWeight: number): Partial<RunRow> => ({
  facts: { energyWeight, locations: 3, tasks: 10 },
  scenario: `δ ${energyWeight}`,
  world: `w ${energyWeight}`,
  topology: 'office'
})

function chartOf(rows: readonly RunRow[], choice: Partial<OwnChoice>) {
  const whole = { kind: 'lines' as const, x: 'delta', y: 'gap', isLog: false, ...choice }
  const known = ownQuantities(rows, CARDS)
  const of = (key: string) => known.find((each) => each.key === key) ?? expect.fail(`no quantity ${key}`)
  return ownChart(rows, whole, of(whole.x), of(whole.y), CARDS)
}

describe('a chart of one’s own', () => {
  it('draws means over seeds against δ, a line for each algorithm, with intervals from three seeds on', () => {
    const rows = [0.1, 0.5].flatMap((delta) => [
      ...seeds(0.1 + delta, weighted(delta)),
      ...seeds(0.3, { ...weighted(delta), algorithm: 'greedy', parameters: {} })
    ])
    const { series } = chartOf(rows, {})
    expect(series.map(({ points }) => points.map(({ x, n }) => [x, n]))).toEqual([
      [
        [0.1, 3],
        [0.5, 3]
      ],
      [
        [0.1, 3],
        [0.5, 3]
      ]
    ])
    const [{ y, low, high }] = series[0].points
    expect(y).toBeCloseTo(0.2, 12)
    // t of 2 degrees of freedom, 4.3027, times 0.01 / √3.
    expect(((high ?? 0) - (low ?? 0)) / 2).toBeCloseTo((4.3027 * 0.01) / Math.sqrt(3), 5)
  })

  it('averages over nothing but seeds: settings, topologies and worlds have lines of their own', () => {
    const rows = [
      ...seeds(0.1, weighted(0.1)),
      ...seeds(0.2, { ...weighted(0.1), parameters: { hidden: 8 } }),
      ...seeds(0.3, { ...weighted(0.1), topology: 'campus', world: 'other' }),
      // Another world under the same names.
      ...seeds(0.4, { ...weighted(0.1), world: 'another' })
    ]
    const { series } = chartOf(rows, {})
    expect(series.map(({ points }) => points.map(({ y }) => y.toFixed(1)))).toEqual([['0.1'], ['0.2'], ['0.3'], ['0.4']])
    expect(new Set(series.map(({ name }) => name)).size).toBe(4)
  })

  it('counts a seed once, and runs that are not finished not at all', () => {
    const rows = seeds(0.1, weighted(0.1))
    const again = { ...rows[0], id: 'ffffffff' }
    const { series } = chartOf([...rows, again, runRow(++last, { ...weighted(0.1), evaluation: undefined, status: 'running' })], {})
    expect(series.map(({ points }) => points.map(({ n }) => n))).toEqual([[3]])
  })

  it('stands along a parameter, on a logarithm where it is wide', () => {
    const rows = [1, 10, 100].flatMap((hidden) => seeds(hidden / 1000, { parameters: { hidden } }))
    const { x, series } = chartOf(rows, { x: 'parameters.hidden' })
    expect(x.isLog).toBe(true)
    expect(series).toHaveLength(1)
    expect(series[0].points.map((point) => point.x)).toEqual([1, 10, 100])
  })

  it('has words along an axis, and a point a run as a scatter', () => {
    const rows = [...seeds(0.1, { algorithm: 'b' }), ...seeds(0.2, { algorithm: 'a' })]
    expect(chartOf(rows, { kind: 'bars', x: 'algorithm' }).x.categories).toEqual(['a', 'b'])
    const { series } = chartOf(rows, { kind: 'scatter', x: 'delay', y: 'energy' })
    expect(series.map(({ name, points }) => [name, points.length])).toEqual([
      ['b', 3],
      ['a', 3]
    ])
  })

  it('is written out with the ends of its intervals, its seeds and its runs', () => {
    const rows = seeds(0.1, weighted(0.1))
    const [head, line] = ownCsv(chartOf(rows, {}), (name) => name.toUpperCase()).split('\r\n')
    expect(head).toBe('line,Weight of energy δ,Optimality gap,low_95,high_95,seeds,runs')
    expect(line).toMatch(new RegExp(`^DQN,0.1,0.\\d+,0.07\\d+,0.12\\d+,3,${rows.map(({ id }) => id).join(' ')}$`))
  })

  it('is kept as a few words, and other words mean none', () => {
    const choice = { kind: 'bars', x: 'parameters.units', y: 'p95', isLog: true } as const
    expect(readChoice(choiceText(choice))).toEqual(choice)
    expect(['', 'pie,x,y', 'lines', undefined, 7].map(readChoice)).toEqual([undefined, undefined, undefined, undefined, undefined])
  })
})
