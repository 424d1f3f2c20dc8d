import { type GroupableRun, groupRuns } from '@shared/run/grouping'
import { METRICS, unitGapMetric } from '@shared/run/metrics'
import { describe, expect, it } from 'vitest'
import { fc } from '../properties'

const evaluation = (gapMean: number) => ({
  gapMean,
  meanCost: 10 * gapMean,
  meanDelaySeconds: 100,
  meanEnergyJoules: 5,
  gapP95: 2 * gapMean
})
const run = (id: string, changes: Partial<GroupableRun> = {}): GroupableRun => {
  const { scenarioId = 's1', algorithm = 'dqn' } = changes
  return {
    id,
    alike: `${scenarioId} ${algorithm}`,
    scenarioId,
    scenario: 'home',
    algorithm,
    parameters: { hidden: 64, batch: 32 },
    seed: 1,
    status: 'completed',
    evaluation: evaluation(0.02),
    ...changes
  }
}

describe('runs', () => {
  it('that differ only in their seed are one group, in order of first appearance', () => {
    const groups = groupRuns([run('a'), run('b', { algorithm: 'dmro' }), run('c', { seed: 2, evaluation: evaluation(0.04) })])
    expect(groups.map((group) => [group.algorithm, group.runs])).toEqual([
      ['dqn', ['a', 'c']],
      ['dmro', ['b']]
    ])
    expect(groups[0]).toMatchObject({ seeds: 2, delayMean: 100, energyMean: 5 })
    expect(groups[0].gapMean).toBeCloseTo(0.03, 12)
    expect(groups[0].costMean).toBeCloseTo(0.3, 12)
    expect(groups[0].gapP95).toBeCloseTo(0.06, 12)
    expect(groups[0].gapCI95?.[1]).toBeCloseTo(0.03 + 12.706204736174694 * 0.01, 12)
  })

  it('of one seed have a mean and no interval', () => {
    expect(groupRuns([run('a')])[0]).toMatchObject({ seeds: 1, gapMean: 0.02, gapCI95: undefined })
  })

  it('run again with the same seed count once, whichever experiment they belong to', () => {
    const twice = [1, 2, 1, 2, 1, 2].map((seed, i) => run(`r${i}`, { seed, evaluation: evaluation(0.02 * seed) }))
    const [group] = groupRuns(twice)
    const [once] = groupRuns(twice.slice(0, 2))
    expect(group).toMatchObject({ seeds: 2, counted: ['r0', 'r1'], repeats: ['r2', 'r3', 'r4', 'r5'] })
    expect(group.gapCI95).toEqual(once.gapCI95)
    expect(group.gapMean).toBe(once.gapMean)
  })

  it('run again count as soon as one of them is done', () => {
    const [group] = groupRuns([run('a', { status: 'failed', evaluation: undefined }), run('b')])
    expect(group).toMatchObject({ seeds: 1, counted: ['b'], repeats: [] })
  })

  it('of an algorithm that draws nothing count once, whatever their seeds', () => {
    const fixed = [1, 2, 3].map((seed) => run(`r${seed}`, { seed, isDeterministic: true }))
    expect(groupRuns(fixed)[0]).toMatchObject({ seeds: 1, counted: ['r1'], repeats: ['r2', 'r3'], gapCI95: undefined })
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
      seeds: 0,
      counted: [],
      repeats: []
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
