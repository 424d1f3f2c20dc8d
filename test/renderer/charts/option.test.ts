// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import type { CurveChart } from '../../../src/renderer/charts/curve'
import { costChart } from '../../../src/renderer/charts/cost'
import { gapChart } from '../../../src/renderer/charts/gap'
import { curveOption } from '../../../src/renderer/charts/option'
import { chartSentence } from '../../../src/renderer/charts/sentence'
import { tooltipText } from '../../../src/renderer/charts/tooltip'
import { schemeStyle } from '../../../src/renderer/ui/schemes'

const look = schemeStyle('dqn')
const curve = (key: string, ...values: number[]) => ({
  key,
  label: key,
  look,
  points: Float64Array.from(values.flatMap((value, i) => [10 * i, value]))
})
const draw = (chart: Partial<CurveChart>) =>
  curveOption({ kind: costChart, scale: 'linear', curves: [], references: [], ...chart }, { theme: 'dark', color: (token) => token })
const optimum = {
  meanCost: 0.8065,
  meanDelaySeconds: 88,
  meanEnergyJoules: 260,
  meanReward: -0.08,
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

  it('leaves a gap where a logarithmic axis has no place', () => {
    const { dataset } = draw({ kind: gapChart, scale: 'log', curves: [curve('a', 0.1, 0, 0.2)] })
    const [{ source }] = Array.isArray(dataset) ? dataset : []
    expect([...(source as Float64Array)]).toEqual([0, 0.1, 10, Number.NaN, 20, 0.2])
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

  it('say the chart to those who do not see it', () => {
    expect(chartSentence(gapChart, [curve('dqn', 0.5, 0.02)], [])).toBe('Optimality gap; dqn goes from 50.00 % to 2.00 %')
  })
})
