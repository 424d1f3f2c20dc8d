import { describe, expect, it } from 'vitest'
import { METRICS } from '@shared/run/metrics'
import { algorithmCards } from '../../../src/main/algorithms'
import { smallCharts } from '../../../src/renderer/runs/runCurves'

const metricsOf = (algorithm: string) => algorithmCards.find(({ id }) => id === algorithm)?.metrics
const charts = (declared: readonly string[] | undefined, recorded: readonly string[] = []) =>
  smallCharts(declared, recorded).map(({ key }) => key)

describe('the charts of a run', () => {
  it('are of what its algorithm records, while nothing is recorded yet as well', () => {
    expect(charts(metricsOf('dqn'))).toEqual(['loss', 'reward', 'epsilon'])
    // The first point of all is an evaluation, before any learn step.
    expect(charts(metricsOf('dqn'), ['gap', 'cost'])).toEqual(['loss', 'reward', 'epsilon'])
    for (const algorithm of ['dmro-plus', 'meta', 'reptile', 'fomaml'])
      expect(charts(metricsOf(algorithm)), algorithm).toEqual(['loss', 'reward', 'learningRate'])
  })

  it('are of delay and energy where nothing is learned, and of any metric of the register that has no chart of its own', () => {
    const metrics = new Map(METRICS.map((metric) => [metric.key, metric]))
    expect(smallCharts(metricsOf('local-search'), [], metrics).map(({ key }) => key)).toEqual(['delay', 'energy'])
    const accuracy = { ...METRICS[0], key: 'accuracy', label: 'Accuracy', unit: '%' }
    const [chart] = smallCharts(['cost', 'accuracy'], [], new Map([...metrics, ['accuracy', accuracy]]))
    expect([chart.key, chart.title(), chart.value(12.5)]).toEqual(['accuracy', 'Accuracy', '12.5 %'])
  })

  it('are of what is there of an algorithm that is not known here', () => {
    expect(charts(undefined)).toEqual(['loss', 'reward', 'learningRate'])
    expect(charts(undefined, ['loss', 'epsilon'])).toEqual(['loss', 'reward', 'epsilon'])
  })
})
