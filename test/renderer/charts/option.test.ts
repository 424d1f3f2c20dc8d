// @vitest-environment happy-dom
import { EDGE_PATHS, EDGE_SIGNS } from '@shared/charts/standing'
import type { Sampling } from '@shared/run/evaluated'
import { describe, expect, it } from 'vitest'
import type { CurveChart } from '../../../src/renderer/charts/curve'
import { costChart } from '../../../src/renderer/charts/cost'
import { gapChart } from '../../../src/renderer/charts/gap'
import { type ChartOption, curveChart, curveOption } from '../../../src/renderer/charts/option'
import { chartSentence } from '../../../src/renderer/charts/sentence'
import { tooltipText } from '../../../src/renderer/charts/tooltip'
import { algorithmStyle } from '../../../src/renderer/ui/algorithms'

const look = algorithmStyle('dqn')
const PALETTE = { theme: 'dark' as const, color: (token: string) => token }
const curve = (key: string, ...values: number[]) => ({
  key,
  label: key,
  look,
  points: Float64Array.from(values.flatMap((value, i) => [10 * i, value]))
})
const draw = (chart: Partial<CurveChart>) =>
  curveOption({ kind: costChart, scale: 'linear', curves: [], references: [], ...chart }, PALETTE)
const list = (given: unknown) => (Array.isArray(given) ? (given as Record<string, unknown>[]) : [])
const sourceOf = ({ dataset }: ChartOption) => [...(list(dataset)[0].source as Float64Array)]
const dataOf = ({ series }: ChartOption, id: string) => list(series).find((each) => each.id === id)?.data
const endOf =
  (key: 'min' | 'max') =>
  ({ yAxis }: ChartOption) =>
    Number((yAxis as Record<string, unknown>)[key])
const [lowOf, highOf] = [endOf('min'), endOf('max')]
const optimum = {
  meanCost: 0.8065,
  meanDelaySeconds: 88,
  meanEnergyJoules: 260,
  meanReward: -0.08,
  kind: 'optimum' as const,
  share: { device: 1, edge: 0, cloud: 0 }
}

describe('a curve chart', () => {
  it('draws every line from its own data, however the order of curves changes', () => {
    const { series, dataset } = draw({ curves: [curve('b', 1, 2), curve('a', 3, 4)] })
    const lines = (Array.isArray(series) ? series : []).filter((each) => each?.type === 'line')
    expect(lines.map((line) => 'datasetId' in line && line.datasetId)).toEqual(['b', 'a'])
    expect(Array.isArray(dataset) && dataset.map((each) => each.id)).toEqual(['b', 'a'])
  })

  it('draws the optimum at its exact value, inside the axis', () => {
    const { series, yAxis } = draw({ curves: [curve('a', 1.2, 0.9)], references: costChart.references(optimum) })
    expect(JSON.stringify(series)).toContain('"yAxis":0.8065')
    expect(JSON.stringify(series)).toContain('optimum Q* 0.8065')
    expect(yAxis).toMatchObject({ type: 'value' })
    expect(yAxis && 'min' in yAxis && Number(yAxis.min)).toBeLessThan(0.8065)
  })

  it('ends its axis of learn steps where the run will end', () => {
    expect(draw({ curves: [curve('a', 1, 2)], lastStep: 500 }).xAxis).toMatchObject({ min: 0, max: 500 })
  })

  it('ends at its last step where a logarithmic axis has no place for 0: on its floor, marked, with the true value', () => {
    const drawn = draw({ kind: gapChart, scale: 'log', curves: [{ ...curve('a', 0.1, 0.02, 0), end: '0 %' }] })
    const floor = lowOf(drawn)
    expect(floor).toBeGreaterThan(0)
    expect(sourceOf(drawn)).toEqual([0, 0.1, 10, 0.02, 20, floor])
    expect(dataOf(drawn, 'end a')).toEqual([[20, floor]])
    expect(dataOf(drawn, 'edges a')).toMatchObject([{ value: [20, floor], symbol: expect.stringContaining(EDGE_PATHS.down) }])
    expect(tooltipText(gapChart, [curve('a', 0.1, 0.02, 0)], 20)).toBe('learn step 20\na   0 %')
  })

  it('has infinity at its upper edge, marked, and a gap where there is no number', () => {
    for (const scale of ['log', 'linear'] as const) {
      const drawn = draw({ kind: gapChart, scale, curves: [{ ...curve('a', 0.1, Number.NaN, Infinity, 0.2), end: 'x' }] })
      const top = highOf(drawn)
      expect(sourceOf(drawn)).toEqual([0, 0.1, 10, Number.NaN, 20, top, 30, 0.2])
      expect(dataOf(drawn, 'edges a')).toMatchObject([{ value: [20, top], symbol: expect.stringContaining(EDGE_PATHS.up) }])
    }
  })

  it('shows points that no line reaches as dots, and a curve of one point', () => {
    const drawn = draw({ curves: [curve('a', 1, Number.NaN, 2, Number.NaN, 3, 4), curve('b', 5)] })
    expect(dataOf(drawn, 'dots a')).toEqual([
      [0, 1],
      [20, 2]
    ])
    expect(dataOf(drawn, 'dots b')).toEqual([[0, 5]])
  })

  it('keeps a level at 0 in sight on a logarithmic axis, and says that it is below', () => {
    const drawn = draw({ scale: 'log', curves: [curve('a', 0.1, 0.2)], references: [{ value: 0, label: 'optimum' }] })
    expect(JSON.stringify(drawn.series)).toContain(`"formatter":"optimum ${EDGE_SIGNS.down}"`)
    const [{ data }] = list(drawn.series).flatMap(({ markLine }) => (markLine ? [markLine as { data: { yAxis: number }[] }] : []))
    expect(data[0].yAxis / lowOf(drawn)).toBeCloseTo(1, 4)
  })

  it('does not let rounding error stretch its axis', () => {
    expect(lowOf(draw({ kind: gapChart, scale: 'log', curves: [curve('a', 1, 1e-17)] }))).toBeGreaterThan(1e-14)
  })

  it('says which edges something is beyond', () => {
    const beyond = (...values: number[]) => [
      ...curveChart({ kind: gapChart, scale: 'log', curves: [curve('a', ...values)], references: [] }, PALETTE).beyond
    ]
    expect(beyond(0.1, 0.2)).toEqual([])
    expect(beyond(0.1, 0, Infinity).sort()).toEqual(['high', 'low'])
  })

  it('is not pressed flat by a wide band', () => {
    const banded = { ...curve('a', 1, 2), band: Float64Array.from([0, -100, 100, 10, -100, 100]) }
    const { yAxis } = draw({ curves: [banded] })
    expect(yAxis && 'max' in yAxis && Number(yAxis.max)).toBeLessThan(4)
  })

  it('has tooltips of plain text only', () => {
    expect(draw({}).tooltip).toMatchObject({ renderMode: 'richText' })
  })
})

describe('its words', () => {
  it('list the curves at a step best first, with their intervals', () => {
    const banded = { ...curve('a', 0.5, 0.02), band: Float64Array.from([10, 0.01, 0.03]) }
    expect(tooltipText(gapChart, [banded, curve('b', 0.4, 0.01)], 9)).toBe('learn step 10\nb   1.00 %\na   2.00 % ± 1.00 %')
  })

  it('hold no style that a name brings along', () => {
    expect(tooltipText(gapChart, [curve('{big|a}', 0.1)], 0)).not.toMatch(/[{}|]/)
  })

  it('stop after twelve curves', () => {
    const many = Array.from({ length: 20 }, (_, i) => curve(`c${i}`, i / 100))
    expect(tooltipText(gapChart, many, 0).split('\n')).toHaveLength(1 + 12 + 1)
  })

  it('say held-out only of what is', () => {
    expect([undefined, 'held-out', 'in sample', 'mixed'].map((sampling) => gapChart.caption(sampling as Sampling | undefined))).toEqual([
      '% above the optimum',
      'held-out, % above the optimum',
      'in sample, % above the optimum',
      'held-out and in sample, % above the optimum'
    ])
  })

  it('have no sign before an interval that is none', () => {
    const banded = { ...curve('a', 0.5, Infinity), band: Float64Array.from([0, 0.4, 0.6, 10, Number.NaN, Number.NaN]) }
    expect(tooltipText(gapChart, [banded], 10)).toBe('learn step 10\na   ∞ %')
  })

  it('say the chart to those who do not see it', () => {
    expect(chartSentence(gapChart, [curve('dqn', 0.5, 0.02)], [])).toBe('Optimality gap; dqn goes from 50.00 % to 2.00 %')
  })
})
