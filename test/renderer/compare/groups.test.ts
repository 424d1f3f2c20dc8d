import type { AlgorithmCard } from '@shared/algorithms/card'
import { meanInterval95 } from '@shared/statistics/intervals'
import { describe, expect, it } from 'vitest'
import { groupCurves, pointsUpTo } from '../../../src/renderer/compare/groupCurve'
import { comparedGroups, evaluated, groupLetter, parameterLines, sharesOf } from '../../../src/renderer/compare/groups'
import { algorithmStyle } from '../../../src/renderer/ui/algorithms'
import { evaluation, runRow } from '../rows'

const look = algorithmStyle('dqn')
const group = { key: 'g', name: 'dqn', look }
const curve = (...values: number[]) => Float64Array.from(values.flatMap((value, i) => [10 * i, value]))
const seed = (n: number, points: Float64Array) => ({ id: String(n), label: `seed ${n}`, points })

describe('the curve of a group', () => {
  it('is the mean of its seeds, with Student’s interval from three seeds on', () => {
    const [own, ...others] = groupCurves(group, [seed(1, curve(1, 4)), seed(2, curve(2, 4)), seed(3, curve(3, 4))], String)
    expect(others).toEqual([])
    expect(own.points).toEqual(curve(2, 4))
    expect([...(own.band ?? [])].slice(1, 3)).toEqual(meanInterval95([1, 2, 3]))
    expect([...(own.band ?? [])].slice(3)).toEqual([10, 4, 4])
    expect(own.end).toBe('dqn 4')
  })

  it('draws two seeds beside their mean, without a band', () => {
    const curves = groupCurves(group, [seed(1, curve(1, 4)), seed(2, curve(3, 4))], String)
    expect(curves.map((each) => each.thin === true)).toEqual([true, true, false])
    expect(curves[2].points).toEqual(curve(2, 4))
    expect(curves.some((each) => each.band)).toBe(false)
  })

  it('ends where its first seed ends: beyond there is no mean of all', () => {
    const [own] = groupCurves(group, [seed(1, curve(1, 1, 1)), seed(2, curve(1, 1)), seed(3, curve(1, 1, 1))], String)
    expect(own.points).toEqual(curve(1, 1))
  })

  it('ends where figures are read', () => {
    expect([...pointsUpTo(curve(3, 2, 1), 15)]).toEqual([0, 3, 10, 2])
    expect([...pointsUpTo(curve(3, 2, 1), 20)]).toEqual([...curve(3, 2, 1)])
    expect([...pointsUpTo(curve(3), -1)]).toEqual([])
  })

  it('does not exist before a seed has points, and has no end label where none is asked for', () => {
    expect(groupCurves(group, [seed(1, new Float64Array(0))], String)).toEqual([])
    expect(groupCurves(group, [seed(1, curve(1))], undefined)[0].end).toBeUndefined()
  })
})

describe('compared groups', () => {
  const rows = [
    runRow(1, { seed: 2, evaluation: evaluation(0.02, { share: { device: 1, edge: 0, cloud: 0 } }) }),
    runRow(2, { seed: 1, evaluation: evaluation(0.04, { share: { device: 0, edge: 0, cloud: 1 } }) }),
    runRow(3, { parameters: { hidden: 128 } }),
    runRow(4, { algorithm: 'dmro', parameters: { hidden: 64, units: 5 } })
  ]
  const groups = comparedGroups(rows, new Map())

  it('keep the order they were chosen in; settings of one algorithm share its colour and differ in dash', () => {
    expect(groups.map((each) => each.runs.length)).toEqual([2, 1, 1])
    expect(groups[1].look.color).toBe(groups[0].look.color)
    expect(groups[1].look.dash).not.toEqual(groups[0].look.dash)
  })

  it('have one dash for one setting of an algorithm in every world, as over δ; its worlds differ in their markers', () => {
    const world = (at: number, id: number, others = {}) => runRow(id, { scenarioId: `δ ${at}`, scenario: `δ ${at}`, ...others })
    const wide = { parameters: { hidden: 128 } }
    const all = [world(0.1, 1), world(1, 2), world(10, 3), world(0.1, 4, wide), world(1, 5, wide)]
    const looks = comparedGroups(all, new Map()).map(({ look }) => look)
    expect(looks.slice(1, 3).map(({ dash }) => dash)).toEqual([looks[0].dash, looks[0].dash])
    expect(looks[4].dash).toEqual(looks[3].dash)
    expect(looks[3].dash).not.toEqual(looks[0].dash)
    expect(looks.map(({ hollow }) => hollow === looks[0].hollow).slice(0, 3)).toEqual([true, false, true])
    expect(new Set(looks.map(({ color }) => color)).size).toBe(1)
  })

  it('are lettered on after Z', () => {
    expect([0, 25, 26, 27, 51, 52, 701, 702].map(groupLetter)).toEqual(['A', 'Z', 'AA', 'AB', 'AZ', 'BA', 'ZZ', 'AAA'])
  })

  it('have means over finished seeds, and none where nothing has finished', () => {
    const gap = evaluated(groups[0], (each) => each.gapMean)
    expect(gap?.mean).toBeCloseTo(0.03, 12)
    expect(gap?.half).toBeCloseTo(12.706204736174694 * 0.01, 12)
    expect(sharesOf(groups[0])).toEqual({ device: 0.5, edge: 0, cloud: 0.5 })
    expect(evaluated(groups[1], (each) => each.gapMean)).toBeUndefined()
    expect(sharesOf(groups[1])).toBeUndefined()
  })

  it('tell their parameters apart', () => {
    expect(parameterLines(groups)).toEqual([
      { key: 'hidden', values: [64, 128, 64], isEqual: false },
      { key: 'units', values: [undefined, undefined, 5], isEqual: false }
    ])
    expect(parameterLines(groups.slice(0, 1))).toEqual([{ key: 'hidden', values: [64], isEqual: true }])
  })

  it('do not differ from algorithms that have no parameters at all', () => {
    const beside = comparedGroups([runRow(1), runRow(2, { algorithm: 'greedy', parameters: {} })], new Map())
    expect(parameterLines(beside).length).toBeGreaterThan(0)
    expect(parameterLines(beside).filter(({ isEqual }) => !isEqual)).toEqual([])
  })

  it('are told from their own kind by what differs, and by nothing else', () => {
    const units = {
      key: 'units',
      label: 'Parallel networks',
      symbol: 's',
      sentence: '',
      type: 'integer',
      default: 5,
      min: 1,
      max: 64
    } as const
    const hidden = { ...units, key: 'hidden', label: 'Hidden units', symbol: 'H', default: 64 }
    const card: AlgorithmCard = { id: 'dmro', title: 'DMRO', kind: 'learned', summary: '', reading: '', parameters: [units, hidden] }
    const kin = [5, 10].map((s, i) => runRow(i + 1, { algorithm: 'dmro', parameters: { units: s, hidden: 16 } }))
    const named = (rows: typeof kin) => comparedGroups(rows, new Map([['dmro', card]])).map(({ distinction }) => distinction)
    expect(named(kin)).toEqual(['s 5', 's 10'])
    expect(named(kin.slice(0, 1))).toEqual([''])
  })
})
