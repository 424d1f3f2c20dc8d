import type { RunRow } from '@shared/contract/records'
import { evaluatedText } from '@shared/run/evaluated'
import { describe, expect, it } from 'vitest'
import { filterRuns, type RunFilter } from '../../../src/renderer/runs/filter'
import { cardsById } from '@shared/run/naming'
import { algorithmCards } from '../../../src/main/algorithms'
import { allColumns, columnsOf } from '../../../src/renderer/runs/columns'
import { groupsIn, linesOf, tickOf, toggleRuns } from '../../../src/renderer/runs/lines'
import { DEFAULT_SORT, keepOrder, keysOf, readSort, type SortKey, sortTree } from '../../../src/renderer/runs/order'
import { type Branch, treeBuilder } from '../../../src/renderer/runs/tree'
import { evaluation, runRow } from '../rows'

const rows: RunRow[] = [
  runRow(1, { algorithm: 'dqn', seed: 2, evaluation: evaluation(0.02) }),
  runRow(2, { algorithm: 'dqn', seed: 1, evaluation: evaluation(0.04) }),
  runRow(3, { algorithm: 'dmro', seed: 1, status: 'running', learnSteps: 50, latest: { gap: 0.5 } }),
  runRow(4, { algorithm: 'dmro', parameters: { hidden: 128 }, evaluation: evaluation(0.001) }),
  runRow(5, { algorithm: 'dqn', scenarioId: 'scenario-2', scenario: 'two edges', queuedAt: 5000, status: 'failed', message: 'no memory' })
]
const all: RunFilter = { view: 'all', words: '', statuses: [], algorithms: [] }
const cards = cardsById(algorithmCards)
const treeOf = (some: readonly RunRow[]) => treeBuilder(cards)(some)
const ids = (runs: readonly RunRow[]) => runs.map((row) => Number.parseInt(row.id, 16))

describe('the tree of runs', () => {
  it('puts runs that differ only in their seed into one group, by seed', () => {
    const groups = groupsIn(treeOf(rows))
    expect(groups.map((group) => ids(group.runs))).toEqual([[2, 1], [3], [4], [5]])
    expect(groups[0].stats.gapMean).toBeCloseTo(0.03, 12)
  })

  it('counts finished seeds only', () => {
    const [group] = groupsIn(treeOf([...rows.slice(0, 2), runRow(9, { seed: 3, status: 'running' })]))
    expect([group.stats.seeds, group.runs.length, group.status]).toEqual([2, 3, 'running'])
  })

  it('says of a scenario what its runs were evaluated on, in sample or held out, each once', () => {
    const sampled = (n: number, inSample: boolean) => runRow(n, { seed: n, evaluation: { ...evaluation(0.1), workflows: 1, inSample } })
    const [{ evaluatedOn }] = treeOf([sampled(1, true), sampled(2, true), sampled(3, false)]).sections
    expect(evaluatedOn.map(evaluatedText)).toEqual(['1 workflow, in sample', '1 held-out workflow'])
  })

  it('makes only those groups again whose runs have changed', () => {
    const build = treeBuilder(cards)
    const before = groupsIn(build(rows))
    const after = groupsIn(build(rows.map((row) => (row.status === 'running' ? { ...row, learnSteps: 60 } : row))))
    expect(after.map((group, i) => group === before[i])).toEqual([true, false, true, true])
  })
})

describe('the order of groups', () => {
  const firstsOf = (tree: Branch) => tree.sections.flatMap((section) => section.groups.map((group) => ids(group.runs)[0]))
  const by = (key: SortKey, descending = false) => sortTree(treeOf(rows.slice(0, 4)), { key, descending }, cards)

  it('is best first, what has no value last, whichever way round; what still learns stands at its gap so far', () => {
    expect(firstsOf(by('gap'))).toEqual([4, 2, 3])
    expect(firstsOf(by('gap', true))).toEqual([3, 2, 4])
    expect(firstsOf(by('p95'))).toEqual([4, 2, 3])
    expect(firstsOf(by('p95', true))).toEqual([2, 4, 3])
  })

  it('shows the scenario asked for last first', () => {
    expect(sortTree(treeOf(rows), DEFAULT_SORT, cards).sections.map(({ name }) => name)).toEqual(['two edges', 'one edge'])
  })

  it('loses no group by any column, and every column sorts', () => {
    for (const { key, sort } of columnsOf(allColumns(['hidden']), 'regular', cards)) {
      expect([key, sort]).not.toEqual([key, undefined])
      const sorted = { key: sort as SortKey, descending: true }
      expect(readSort(sorted)).toEqual(sorted)
      expect(firstsOf(sortTree(treeOf(rows), sorted, cards)).sort()).toEqual([2, 3, 4, 5])
    }
  })

  it('goes by the words of names as they are read, their numbers as numbers', () => {
    const widths = [100, 20, 3].map((hidden, i) => runRow(i + 1, { algorithm: 'dqn', parameters: { hidden } }))
    expect(firstsOf(sortTree(treeOf(widths), { key: 'name', descending: false }, cards))).toEqual([3, 2, 1])
  })

  it('stays under a pointer, with what is new at its end', () => {
    const tree = by('gap')
    const better = rows.slice(0, 4).map((row) => (row.algorithm === 'dqn' ? { ...row, evaluation: evaluation(0) } : row))
    const next = treeOf([runRow(6, { algorithm: 'greedy', evaluation: evaluation(0) }), ...better])
    expect(firstsOf(keepOrder(next, keysOf(tree)))).toEqual([4, 2, 3, 6])
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
    expect(ids(filterRuns(rows, { ...all, ...filter }, cards))).toEqual(passed)
  })
})

describe('lines and their selection', () => {
  const tree = sortTree(treeOf(rows), DEFAULT_SORT, cards)
  const none: ReadonlySet<string> = new Set()
  const lines = (closed = none, opened = none) => linesOf(tree, { closed, opened, sort: DEFAULT_SORT, cards, isFlat: false })

  it('show sections open and groups closed at first', () => {
    expect(lines().map((line) => line.kind)).toEqual(['section', 'group', 'section', 'group', 'group', 'group'])
  })

  it('hide what belongs to a closed section and show the seeds of an opened group', () => {
    expect(lines(new Set(tree.sections.map(({ key }) => key)))).toHaveLength(2)
    expect(lines(none, new Set(groupsIn(tree).map(({ key }) => key)))).toHaveLength(2 + 4 + 5)
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
