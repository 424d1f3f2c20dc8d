import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allDone, forecastOf } from '../../../src/renderer/runs/forecast'
import { sectionOf, variedParameters } from '../../../src/renderer/runs/grouping'
import { treeBuilder } from '../../../src/renderer/runs/tree'
import { evaluation, runRow } from '../rows'

/** 50 learn steps per second. */
const done = runRow(1, { learnSteps: 100, totalLearnSteps: 100, seconds: 2 })
const waiting = (id: number, totalLearnSteps = 100) =>
  runRow(id, { status: 'queued', parameters: { learnSteps: totalLearnSteps }, learnSteps: 0, seconds: 0, totalLearnSteps })

describe('the forecast of the queue', () => {
  it('puts each run on the place that gets free first', () => {
    const running = runRow(2, { status: 'running', learnSteps: 50, totalLearnSteps: 100, seconds: 1 })
    const forecast = forecastOf([running], [waiting(3), waiting(4), waiting(5)], [done], 2)
    expect([...forecast.values()]).toEqual([
      { begins: 0, ends: 1 },
      { begins: 0, ends: 2 },
      { begins: 1, ends: 3 },
      { begins: 2, ends: 4 }
    ])
    expect(allDone(forecast)).toBe(4)
  })

  it('takes the clock on the wall for runs that train side by side, whose seconds are a share only', () => {
    const beside = runRow(2, { status: 'running', learnSteps: 50, totalLearnSteps: 100, seconds: 1, latest: { speed: 25 } })
    expect([...forecastOf([beside], [], [], 1).values()]).toEqual([{ begins: 0, ends: 2 }])
  })

  it('claims nothing where a pace is unknown', () => {
    const strange = { ...waiting(3), algorithm: 'dmro' }
    const forecast = forecastOf([], [strange, waiting(4)], [done], 1)
    expect([...forecast.values()]).toEqual([{ begins: 0 }, {}])
    expect(allDone(forecast)).toBeUndefined()
  })

  it('takes what places by rule to be done at once where its pace is unknown', () => {
    const rule = runRow(3, { status: 'queued', algorithm: 'greedy', parameters: {}, learnSteps: 0, totalLearnSteps: 200, seconds: 0 })
    expect([...forecastOf([], [rule, waiting(4)], [done], 1).values()]).toEqual([
      { begins: 0, ends: 0 },
      { begins: 0, ends: 2 }
    ])
  })

  it('never begins a run before one that waits before it, and ends it after it began', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 500 }), { maxLength: 20 }), fc.integer({ min: 1, max: 4 }), (steps, parallel) => {
        const times = [
          ...forecastOf(
            [],
            steps.map((n, i) => waiting(i + 2, n)),
            [done],
            parallel
          ).values()
        ]
        times.forEach(({ begins = 0, ends = 0 }, i) => {
          expect(ends).toBeGreaterThanOrEqual(begins)
          if (i > 0) expect(begins).toBeGreaterThanOrEqual(times[i - 1].begins ?? 0)
        })
      })
    )
  })
})

describe('grouping', () => {
  const rows = [
    runRow(1, { parameters: { units: 3, hidden: 64 }, evaluation: evaluation(0.01) }),
    runRow(2, { parameters: { units: 3, hidden: 64 }, seed: 2, evaluation: evaluation(0.03) }),
    runRow(3, { parameters: { units: 10, hidden: 64 }, experimentId: 2, experiment: 'other' }),
    runRow(4, { algorithm: 'greedy', parameters: {} })
  ]

  it('puts every run into one section, whatever sections are made of', () => {
    for (const grouping of ['scenario', 'experiment', 'algorithm', 'parameters.units', 'parameters.nothing'] as const) {
      const tree = treeBuilder(grouping)(rows)
      expect(tree.flatMap((section) => section.groups.flatMap((group) => group.runs.map((row) => row.id))).sort()).toEqual(
        rows.map((row) => row.id)
      )
    }
  })

  it('has a mean in common only where the runs of a section differ in their seed alone, and says why else', () => {
    const [three] = treeBuilder('parameters.units')(rows)
    expect(three.name).toBe('units = 3')
    expect(three.unlike).toEqual([])
    expect(three.groups[0].stats.gapMean).toBeCloseTo(0.02, 12)
    const [trial] = treeBuilder('experiment')(rows)
    expect(trial.unlike).toEqual(['algorithms'])
    expect(treeBuilder('algorithm')(rows)[0].unlike).toEqual(['settings'])
    const elsewhere = [...rows, runRow(5, { scenarioId: 'scenario-2' })]
    expect(treeBuilder('experiment')(elsewhere)[0].unlike).toEqual(['algorithms', 'worlds'])
  })

  it('keeps runs apart that start from other weights', () => {
    const starts = [undefined, 'ψ', 'M2'].map((initialWeights, i) =>
      runRow(10 + i, { initialWeights, evaluation: evaluation(0.01 * (i + 1)) })
    )
    const [section] = treeBuilder('scenario')(starts)
    expect(section.groups.map(({ stats }) => stats.gapMean)).toEqual([0.01, 0.02, 0.03])
  })

  it('names sections by what runs have, and those that have nothing', () => {
    expect(rows.map((row) => sectionOf(row, 'parameters.units').name)).toEqual(['units = 3', 'units = 3', 'units = 10', 'no units'])
    expect(sectionOf(rows[2], 'experiment').name).toBe('other')
  })

  it('offers first the parameters that differ', () => {
    expect(variedParameters(rows)).toEqual(['units', 'hidden'])
  })
})
