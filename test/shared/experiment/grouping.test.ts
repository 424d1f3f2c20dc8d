import { type GroupableRun, groupRuns } from '@shared/experiment/grouping'
import { METRICS, unitGapMetric } from '@shared/experiment/metrics'
import { describe, expect, it } from 'vitest'
import { fc } from '../properties'

const evaluation = (gapMean: number) => ({
  gapMean,
  meanCost: 10 * gapMean,
  meanDelaySeconds: 100,
  meanEnergyJoules: 5,
  gapP95: 2 * gapMean
})
const run = (id: string, changes: Partial<GroupableRun> = {}): GroupableRun => ({
  id,
  scenarioId: 's1',
  scenario: 'home',
  algorithm: 'dqn',
  parameters: { hidden: 64, batch: 32 },
  seed: 1,
  status: 'completed',
  evaluation: evaluation(0.02),
  ...changes
})

describe('runs', () => {
  it('alike but for their seed are one group, in order of first appearance', () => {
    const groups = groupRuns([run('a'), run('b', { algorithm: 'dmro' }), run('c', { seed: 2, evaluation: evaluation(0.04) })])
    expect(groups.map((group) => [group.algorithm, group.runs])).toEqual([
      ['dqn', ['a', 'c']],
      ['dmro', ['b']]
    ])
    expect(groups[0]).toMatchObject({ seeds: 2, delayMean: 100, energyMean: 5 })
    expect(groups[0].gapMean).toBeCloseTo(0.03, 12)
    expect(groups[0].costMean).toBeCloseTo(0.3, 12)
    expect(groups[0].gapP95).toBeCloseTo(0.06, 12)
    expect(groups[0].gapCI95?.[1]).toBeCloseTo(0.03 + 12.706 * 0.01, 6)
  })

  it('of one seed have a mean and no interval', () => {
    expect(groupRuns([run('a')])[0]).toMatchObject({ seeds: 1, gapMean: 0.02, gapCI95: undefined })
  })

  it('that differ in scenario or a parameter are apart, even where scenarios share a name', () => {
    expect(groupRuns([run('a'), run('b', { scenarioId: 's2' }), run('c', { parameters: { hidden: 128, batch: 32 } })])).toHaveLength(3)
  })

  it('are alike in whatever order their parameters stand', () => {
    expect(groupRuns([run('a'), run('b', { parameters: { batch: 32, hidden: 64 } })])).toHaveLength(1)
  })

  it('without an evaluation are members that count in no mean', () => {
    const [group] = groupRuns([run('a'), run('b', { seed: 2, status: 'running', evaluation: undefined })])
    expect(group).toMatchObject({ runs: ['a', 'b'], seeds: 1, gapMean: 0.02 })
    expect(groupRuns([run('b', { evaluation: undefined })])[0]).toEqual({
      scenarioId: 's1',
      scenario: 'home',
      algorithm: 'dqn',
      parameters: { hidden: 64, batch: 32 },
      runs: ['b'],
      seeds: 0
    })
  })

  it('are each in exactly one group', () => {
    const some = fc.array(
      fc.record({ algorithm: fc.constantFrom('dqn', 'dmro'), scenarioId: fc.constantFrom('s1', 's2'), seed: fc.nat(5) }),
      { maxLength: 30 }
    )
    fc.assert(
      fc.property(some, (changes) => {
        const runs = changes.map((change, i) => run(`r${i}`, change))
        expect(
          groupRuns(runs)
            .flatMap((group) => group.runs)
            .sort()
        ).toEqual(runs.map((each) => each.id).sort())
      })
    )
  })
})

describe('the metrics', () => {
  it('have keys of their own, a sentence each, and one that does not repeat to the bit: speed', () => {
    expect(new Set(METRICS.map((metric) => metric.key)).size).toBe(METRICS.length)
    for (const metric of METRICS) expect(metric.sentence).toMatch(/\.$/)
    expect(METRICS.filter((metric) => !metric.repeatable).map((metric) => metric.key)).toEqual(['speed'])
    expect(unitGapMetric(0)).toBe('gap.unit1')
  })
})
