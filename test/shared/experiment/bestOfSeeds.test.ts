import { bestsOfSeeds, groupOfBests } from '@shared/experiment/bestOfSeeds'
import { figureRows, type GroupOfRuns, improvements, leastPs } from '@shared/experiment/comparison'
import { mean } from '@shared/statistics/descriptive'
import { welchDifference } from '@shared/statistics/intervals'
import { describe, expect, it } from 'vitest'
import { fc } from '../properties'
import { runOf } from './finishedRuns'

const group = (...seeds: number[][]): GroupOfRuns => ({ world: 'w', heldOut: 'w', runs: seeds.map((gaps, i) => runOf(i + 1, gaps)) })

describe('which seeds are taken together', () => {
  const dqn = { learnSteps: 6000, networks: 1 }
  const dmro = { learnSteps: 2000, networks: 5 }

  it('are as many as another group has networks: five DQN against five units, ten of them twice', () => {
    expect(bestsOfSeeds([dqn, dmro], [5, 5])).toEqual([{ group: 0, size: 5, n: 1, leftOver: 0 }])
    expect(bestsOfSeeds([dqn, dmro], [12, 5])).toEqual([{ group: 0, size: 5, n: 2, leftOver: 2 }])
  })

  it('are all there are where these are fewer', () => {
    expect(bestsOfSeeds([dqn, dmro], [3, 5])).toEqual([{ group: 0, size: 3, n: 1, leftOver: 0 }])
  })

  it('make up for the difference where a group has several networks itself', () => {
    expect(
      bestsOfSeeds(
        [
          { ...dmro, networks: 2 },
          { ...dmro, networks: 7 }
        ],
        [6, 6]
      )
    ).toEqual([{ group: 0, size: 3, n: 2, leftOver: 0 }])
  })

  it('are none where nobody has more networks, where there is one seed, and of what does not learn', () => {
    expect(bestsOfSeeds([dqn, dqn], [5, 5])).toEqual([])
    expect(bestsOfSeeds([dqn, dmro], [1, 5])).toEqual([])
    expect(bestsOfSeeds([undefined, dmro], [5, 5])).toEqual([])
  })
})

describe('seeds taken together', () => {
  it('place each workflow as the best of them does', () => {
    const made = groupOfBests(group([0.1, 0.4, 0], [0.3, 0.2, 0.5]), { size: 2, n: 1 })
    const [{ figures, workflows }] = made.runs
    expect([...Array.from(workflows?.gaps ?? [])]).toEqual([0.1, 0.2, 0])
    expect(figures).toMatchObject({ gapMean: mean([0.1, 0.2, 0]), gapMax: 0.2, cost: mean([1.1, 1.2, 1]), exact: 1 / 3 })
    expect([figures.delay, figures.energy, figures.stepsTo5]).toEqual([undefined, undefined, undefined])
  })

  it('cost the time of all of them', () => {
    const source = { ...group(), runs: [runOf(1, [0], { seconds: 2, decisionMs: 0.5 }), runOf(2, [0], { seconds: 3, decisionMs: 0.25 })] }
    expect(groupOfBests(source, { size: 2, n: 1 }).runs[0].figures).toMatchObject({ training: 5, decision: 0.75 })
  })

  it('go by the order of the seeds, and share none', () => {
    const source = group([0.4], [0.3], [0.2], [0.1], [0])
    const turned = { ...source, runs: [...source.runs].reverse() }
    for (const each of [source, turned]) {
      expect(groupOfBests(each, { size: 2, n: 2 }).runs.map(({ figures }) => figures.gapMean)).toEqual([0.3, 0.1])
    }
  })

  it('take no placement that has no cost', () => {
    const made = groupOfBests(group([Number.NaN, 0.5], [0.2, Number.NaN]), { size: 2, n: 1 })
    expect([...Array.from(made.runs[0].workflows?.gaps ?? [])]).toEqual([0.2, 0.5])
  })

  it('are never worse than any seed of theirs, on no workflow', () => {
    const gaps = fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { minLength: 4, maxLength: 4 })
    fc.assert(
      fc.property(fc.array(gaps, { minLength: 2, maxLength: 6 }), (seeds) => {
        const [best] = groupOfBests(group(...seeds), { size: seeds.length, n: 1 }).runs
        for (const seed of seeds) seed.forEach((gap, x) => expect(best.workflows?.costs[x]).toBeLessThanOrEqual(1 + gap))
      })
    )
  })

  const gaps = [
    [0.1, 0.4],
    [0.3, 0.2],
    [0.2, 0.6],
    [0.5, 0.1]
  ]
  const source = group(...gaps)
  const other = group([0.3, 0.3], [0.4, 0.1], [0.5, 0.3])
  const made = groupOfBests(source, { size: 2, n: 2 })

  it('are compared with others by Welch’s t: sets of seeds cannot be paired', () => {
    const [row] = figureRows([other, source, made], 0)
    const means = (runs: GroupOfRuns['runs']) => runs.map(({ figures }) => figures.gapMean ?? Number.NaN)
    const expected = welchDifference(means(other.runs), means(made.runs))
    expect(row.cells[2]).toMatchObject({ n: 2, test: 'welch', difference: expected?.difference, differenceInterval: expected?.interval })
    expect(row.cells[1].test).toBe('welch')
  })

  it('are not tested against the group they are made of: the two are not independent samples', () => {
    const groups = [source, other, made]
    const [row] = figureRows(groups, 0)
    expect(row.cells[2].difference).toBeCloseTo(0.15 - mean(gaps.flat()), 12)
    for (const key of ['p', 'workflowP', 'differenceInterval', 'improvement', 'cliffsDelta'] as const)
      expect(row.cells[2][key], key).toBeUndefined()
    expect([improvements(groups, 0)[2], leastPs(groups, 0)[2]]).toEqual([undefined, undefined])
  })
})
