import { describe, expect, it } from 'vitest'
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

  it('are of what is there of an algorithm that is not known here', () => {
    expect(charts(undefined)).toEqual(['loss', 'reward', 'learningRate'])
    expect(charts(undefined, ['loss', 'epsilon'])).toEqual(['loss', 'reward', 'epsilon'])
  })
})
