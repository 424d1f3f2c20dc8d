import type { RunRow } from '@shared/contract/records'
import { evaluatedText } from '@shared/run/evaluated'
import { describe, expect, it } from 'vitest'
import { filterRuns, type RunFilter } from '../../../src/renderer/runs/filter'
import { linesOf, tickOf, toggleRuns } from '../../../src/renderer/runs/lines'
import { DEFAULT_SORT, keepOrder, SORTABLE, sortTree } from '../../../src/renderer/runs/order'
import { treeBuilder } from '../../../src/renderer/runs/tree'
import { evaluation, runRow } from '../rows'

const rows: RunRow[] = [
  runRow(1, { algorithm: 'dqn', seed: 2, evaluation: evaluation(0.02) }),
  runRow(2, { algorithm: 'dqn', seed: 1, evaluation: evaluation(0.04) }),
  runRow(3, { algorithm: 'dmro', seed: 1, status: 'running', learnSteps: 50, latest: { gap: 0.5 } }),
  runRow(4, { algorithm: 'dmro', parameters: { hidden: 128 }, evaluation: evaluation(0.001) }),
  runRow(5, { algorithm: 'dqn', scenarioId: 'scenario-2', scenario: 'two edges', queuedAt: 5000, status: 'failed', message: 'no memory' })
]
const all: RunFilter = { view: 'all', words: '', statuses: [], algorithms: [] }
const ids = (runs: readonly RunRow[]) => runs.map((row) => Number.parseInt(row.id, 16))

describe('the tree of runs', () => {
  it('puts runs that differ only in their seed into one group, by seed', () => {
    const groups = treeBuilder()(rows).flatMap((scenario) => scenario.groups)
    expect(groups.map((group) => ids(group.runs))).toEqual([[2, 1], [3], [4], [5]])
    expect(groups[0].stats.gapMean).toBeCloseTo(0.03, 12)
  })

  it('counts finished seeds only', () => {
    const [group] = treeBuilder()([...rows.slice(0, 2), runRow(9, { seed: 3, status: 'running' })])[0].groups
    expect([group.stats.seeds, group.runs.length, group.status]).toEqual([2, 3, 'running'])
  })

  it('says of a scenario what its runs were evaluated on, in sample or held out, each once', () => {
    const sampled = (n: number, inSample: boolean) => runRow(n, { seed: n, evaluation: { ...evaluation(0.1), workflows: 1, inSample } })
    const [{ evaluatedOn }] = treeBuilder()([sampled(1, true), sampled(2, true), sampled(3, false)])
    expect(evaluatedOn.map(evaluatedText)).toEqual(['1 workflow, in sample', '1 held-out workflow'])
  })

  it('makes only those groups again whose runs have changed', () => {
    const build = treeBuilder()
    const before = build(rows).flatMap((scenario) => scenario.groups)
    const after = build(rows.map((row) => (row.status === 'running' ? { ...row, learnSteps: 60 } : row))).flatMap(
      (scenario) => scenario.groups
    )
    expect(after.map((group, i) => group === before[i])).toEqual([true, false, true, true])
  })
})

describe('the order of groups', () => {
  const groupsOf = (tree: ReturnType<typeof sortTree>) => tree.flatMap((scenario) => scenario.groups.map((group) => ids(group.runs)[0]))

  it('is best first, what has no value last, whichever way round', () => {
    const tree = treeBuilder()(rows.slice(0, 4))
    expect(groupsOf(sortTree(tree, DEFAULT_SORT))).toEqual([4, 2, 3])
    expect(groupsOf(sortTree(tree, { key: 'gap', descending: true }))).toEqual([2, 4, 3])
  })

  it('shows the scenario asked for last first', () => {
    expect(sortTree(treeBuilder()(rows), DEFAULT_SORT).map((scenario) => scenario.name)).toEqual(['two edges', 'one edge'])
  })

  it('loses no group by any column', () => {
    for (const key of SORTABLE) expect(groupsOf(sortTree(treeBuilder()(rows), { key, descending: true })).sort()).toEqual([2, 3, 4, 5])
  })

  it('stays under a pointer, with what is new at its end', () => {
    const tree = sortTree(treeBuilder()(rows.slice(0, 4)), DEFAULT_SORT)
    const keys = tree.flatMap((scenario) => [scenario.key, ...scenario.groups.map((group) => group.key)])
    const better = rows.slice(0, 4).map((row) => (row.algorithm === 'dqn' ? { ...row, evaluation: evaluation(0) } : row))
    const next = treeBuilder()([runRow(6, { algorithm: 'greedy', evaluation: evaluation(0) }), ...better])
    expect(groupsOf(keepOrder(next, keys))).toEqual([4, 2, 3, 6])
  })
})

describe('the filter', () => {
  it.each<[Partial<RunFilter>, number[]]>([
    [{}, [1, 2, 3, 4, 5]],
    [{ view: 'running' }, [3]],
    [{ view: 'attention' }, [5]],
    [{ words: 'DQN seed 1' }, [2, 5]],
    [{ words: 'seed   2' }, [1]],
    [{ words: '00000004' }, [4]],
    [{ words: 'memory' }, [5]],
    [{ words: '"<b>"' }, []],
    [{ words: 'gap < 3 % dqn' }, [1]],
    [{ words: 'gap <' }, [1, 2, 3, 4, 5]],
    [{ statuses: ['running', 'failed'] }, [3, 5]],
    [{ algorithms: ['dmro'], statuses: ['completed'] }, [4]],
    [{ experimentId: 2 }, []]
  ])('%j passes %j', (filter, passed) => {
    expect(ids(filterRuns(rows, { ...all, ...filter }))).toEqual(passed)
  })
})

describe('lines and their selection', () => {
  const tree = sortTree(treeBuilder()(rows), DEFAULT_SORT)

  it('show scenarios open and groups closed at first', () => {
    expect(linesOf(tree, new Set(), new Set(), DEFAULT_SORT).map((line) => line.kind)).toEqual([
      'scenario',
      'group',
      'scenario',
      'group',
      'group',
      'group'
    ])
  })

  it('hide what belongs to a closed scenario and show the seeds of an opened group', () => {
    const closed = new Set(tree.map((scenario) => scenario.key))
    expect(linesOf(tree, closed, new Set(), DEFAULT_SORT)).toHaveLength(2)
    const opened = new Set(tree.flatMap((scenario) => scenario.groups.map((group) => group.key)))
    expect(linesOf(tree, new Set(), opened, DEFAULT_SORT)).toHaveLength(2 + 4 + 5)
  })

  it('tick a group in three states, and turn round when it is chosen again', () => {
    const [a, b] = rows
    const some = toggleRuns(new Set(), [a])
    expect([tickOf([a, b], new Set()), tickOf([a, b], some)]).toEqual(['none', 'some'])
    const both = toggleRuns(some, [a, b])
    expect(tickOf([a, b], both)).toBe('all')
    expect(toggleRuns(both, [a, b]).size).toBe(0)
  })
})
