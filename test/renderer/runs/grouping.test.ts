import { cardsById } from '@shared/run/naming'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { algorithmCards } from '../../../src/main/algorithms'
import { groupCells } from '../../../src/renderer/runs/cells'
import {
  DEFAULT_GROUPING,
  GROUP_KEYS,
  type GroupKey,
  groupingText,
  readGrouping,
  sectionOf,
  variedParameters
} from '../../../src/renderer/runs/grouping'
import { groupsIn, linesOf } from '../../../src/renderer/runs/lines'
import { DEFAULT_SORT, sortTree } from '../../../src/renderer/runs/order'
import { treeBuilder } from '../../../src/renderer/runs/tree'
import { evaluation, runRow } from '../rows'

const cards = cardsById(algorithmCards)
const facts = (energyWeight: number) => ({ energyWeight, locations: 3, tasks: 10 })
const rows = [
  runRow(1, {
    algorithm: 'dmro',
    parameters: { units: 3 },
    facts: facts(0.2),
    topology: 'campus',
    evaluation: evaluation(0.01),
    tags: ['b', 'a']
  }),
  runRow(2, { algorithm: 'dmro', parameters: { units: 3 }, facts: facts(0.2), topology: 'campus', seed: 2, evaluation: evaluation(0.03) }),
  runRow(3, {
    algorithm: 'dmro',
    parameters: { units: 10 },
    facts: facts(0.4),
    experimentId: 2,
    experiment: 'other',
    scenarioId: 'scenario-2'
  }),
  runRow(4, { algorithm: 'greedy', parameters: {}, tags: ['a'] })
]
const grouped = (keys: readonly GroupKey[], isFlat = false) => treeBuilder(cards, { keys, isFlat })(rows)
const linesBy = (keys: readonly GroupKey[], isFlat = false) =>
  linesOf(sortTree(grouped(keys, isFlat), DEFAULT_SORT, cards), {
    closed: new Set(),
    opened: new Set(),
    sort: DEFAULT_SORT,
    cards,
    isFlat
  }).map((line) => {
    const name = line.kind === 'section' ? line.section.name : (line.name?.first ?? line.key)
    return `${' '.repeat(line.level - 1)}${name}`
  })

describe('grouping', () => {
  it('puts every run into one section, whatever sections are made of', () => {
    const key = fc.constantFrom<GroupKey>(...GROUP_KEYS, 'parameters.units', 'parameters.nothing')
    fc.assert(
      fc.property(fc.uniqueArray(key, { maxLength: 4 }), fc.boolean(), (keys, isFlat) => {
        const groups = groupsIn(grouped(keys, isFlat))
        expect(groups.flatMap((group) => group.runs.map((row) => row.id)).sort()).toEqual(rows.map((row) => row.id))
        expect(new Set(groups.map((group) => group.key)).size).toBe(groups.length)
      })
    )
  })

  it('stands by one key within the other', () => {
    expect(linesBy(['algorithm', 'delta'])).toEqual(['dmro', ' δ 0.2', '  dmro', ' δ 0.4', '  dmro', 'greedy', ' no δ', '  greedy'])
    expect(linesBy(['topology'])).toEqual(['campus', ' dmro', 'no topology', ' dmro · δ 0.4', ' greedy'])
  })

  it('by tags puts runs together that have the same', () => {
    expect(
      grouped(['tag'])
        .sections.map(({ name }) => name)
        .sort()
    ).toEqual(['a', 'a + b', 'no tag'])
  })

  it('can be none at all: groups without sections, or each run by itself under a name that tells it apart', () => {
    expect(linesBy([])).toHaveLength(3)
    expect(linesBy([], true)).toEqual([
      'dmro · δ 0.2 · s 3 · seed 1',
      'dmro · δ 0.2 · s 3 · seed 2',
      'dmro · δ 0.4 · s 10 · seed 1',
      'greedy · seed 1'
    ])
  })

  it('is kept as text and read again; what it cannot mean is left out', () => {
    for (const [text, grouping] of [
      ['scenario', DEFAULT_GROUPING],
      ['none', { keys: [], isFlat: false }],
      ['runs', { keys: [], isFlat: true }],
      ['delta,parameters.units,runs', { keys: ['delta', 'parameters.units'], isFlat: true }]
    ] as const) {
      expect(readGrouping(text)).toEqual(grouping)
      expect(groupingText(grouping)).toBe(text)
    }
    expect(readGrouping('colour')).toEqual(DEFAULT_GROUPING)
    expect(readGrouping('colour,tag,tag')).toEqual({ keys: ['tag'], isFlat: false })
  })

  it('has a mean in common only where the runs of a section differ in their seed alone, and says why else', () => {
    const [three] = grouped(['parameters.units']).sections
    expect(three.name).toBe('Parallel networks = 3')
    expect(three.unlike).toEqual([])
    expect(three.groups[0].stats.gapMean).toBeCloseTo(0.02, 12)
    const [trial] = grouped(['experiment']).sections
    expect(trial.unlike).toEqual(['algorithms'])
    const [dmro] = grouped(['algorithm']).sections
    expect(dmro.unlike).toEqual(['worlds'])
    const settings = treeBuilder(cards, { keys: ['algorithm'], isFlat: false })([
      rows[0],
      runRow(5, { algorithm: 'dmro', parameters: { units: 4 } })
    ])
    expect(settings.sections[0].unlike).toEqual(['settings'])
  })

  it('keeps runs apart that start from other weights, and says so in their names', () => {
    const starts = [undefined, 'ψ', 'M2'].map((initialWeights, i) =>
      runRow(10 + i, { initialWeights, evaluation: evaluation(0.01 * (i + 1)) })
    )
    const [section] = treeBuilder(cards)(starts).sections
    expect(section.groups.map(({ stats }) => stats.gapMean)).toEqual([0.01, 0.02, 0.03])
    expect(section.groups.map(({ key }) => section.names.get(key)?.first)).toEqual(['from random weights', 'from ψ', 'from M2'])
  })

  it('names sections by what runs have as their algorithm read it, and those that have nothing', () => {
    const name = (row: (typeof rows)[number], key: GroupKey) => sectionOf(row, key, cards).name
    expect(rows.map((row) => name(row, 'parameters.units'))).toEqual([
      'Parallel networks = 3',
      'Parallel networks = 3',
      'Parallel networks = 10',
      'no parallel networks'
    ])
    expect(name(runRow(9, { algorithm: 'dmro', parameters: {} }), 'parameters.units')).toBe('Parallel networks = 5')
    expect(name(rows[2], 'experiment')).toBe('other')
    expect(name(rows[0], 'delta')).toBe('δ 0.2')
  })

  it('offers first the parameters that differ', () => {
    expect(variedParameters([...rows, runRow(5, { parameters: { hidden: 64 } })])).toEqual(['units', 'hidden'])
  })
})

describe('a group of which no seed has finished', () => {
  const running = [0.2, 0.4].map((gap, i) => runRow(20 + i, { seed: i, status: 'running', latest: { gap, cost: 1 + gap } }))
  const cellsOf = (...some: typeof rows) => groupCells(groupsIn(treeBuilder(cards)(some))[0], 0)

  it('shows the mean so far, without an interval', () => {
    const cells = cellsOf(...running)
    expect([cells.gap, cells.gapHalf, cells.cost, cells.soFar]).toEqual(['30.00', '', expect.stringContaining('1.3'), 2])
    expect(cells.forest).toMatchObject({ mean: expect.closeTo(0.3, 12), seeds: [0.2, 0.4] })
  })

  it('leaves it for the mean of the finished as soon as there is one', () => {
    const cells = cellsOf(...running, runRow(30, { seed: 9, evaluation: evaluation(0.1) }))
    expect([cells.gap, cells.soFar]).toEqual(['10.00', undefined])
  })
})
