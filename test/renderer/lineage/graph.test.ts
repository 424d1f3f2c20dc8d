import type { Lineage, LineageDocument } from '@shared/contract/lineage'
import { describe, expect, it } from 'vitest'
import { lineageGraphOf, kinEdges, kinOf, neighbourOf, runsKey, versionKey } from '../../../src/renderer/lineage/graph'
import { type PageBox, freeHeight, pathBetween } from '../../../src/renderer/lineage/paths'

type Held = LineageDocument['versions'][number]['holds']
const document = (id: string, kind: LineageDocument['kind'], ...versions: Held[]): LineageDocument => ({
  id,
  kind,
  name: id,
  versions: versions.map((holds, i) => ({ version: i + 1, savedAt: i, holds }))
})
const held = (id: string, version: number) => ({ id, version })
const runs = (key: string, ...from: { id: string; version: number }[]): Lineage['runs'][number] => ({
  key,
  experimentId: 1,
  experiment: key,
  queuedAt: 0,
  runs: 3,
  algorithms: [],
  from
})

/** Two topologies of which one experiment holds both; runs of each; a set made of one of them; a comparison. */
const lineage: Lineage = {
  documents: [
    document('office', 'topology', [], [], []),
    document('barn', 'topology', []),
    document('set', 'environments', [held('office', 2)]),
    document('both', 'experiment', [held('office', 2), held('barn', 1)], [held('office', 3), held('barn', 1)])
  ],
  runs: [
    runs('of office', held('both', 1), held('office', 2)),
    runs('of barn', held('both', 1), held('barn', 1)),
    runs('over the set', held('set', 1))
  ],
  comparisons: [
    {
      id: 7,
      name: 'all',
      savedAt: 0,
      ids: ['0000000a'],
      of: [
        { key: 'of office', runs: 2 },
        { key: 'of barn', runs: 1 }
      ]
    }
  ]
}
const graph = lineageGraphOf(lineage, 'office')
const kin = (key: string) => [...kinOf(graph, key)].sort()
const office = (version: number) => versionKey('office', version)
const both = (version: number) => versionKey('both', version)

describe('a lineage', () => {
  it('has a card for each document, all runs queued together and each comparison, in the columns of their kinds', () => {
    expect(graph.cards.map(({ title, column, nodes }) => [title, column, nodes.length])).toEqual([
      ['office', 'topology', 3],
      ['barn', 'topology', 1],
      ['set', 'topology', 1],
      ['both', 'experiment', 2],
      ['of office', 'runs', 1],
      ['of barn', 'runs', 1],
      ['over the set', 'runs', 1],
      ['all', 'comparisons', 1]
    ])
  })

  it('leads to runs through their experiment, and straight where they have none', () => {
    const into = (key: string) => graph.edges.filter(({ to }) => to === runsKey(key)).map(({ from }) => from)
    expect([into('of office'), into('over the set')]).toEqual([[both(1)], [versionKey('set', 1)]])
  })

  it('knows of a version what holds it and the runs that came from it, not those of its experiment that came from another', () => {
    expect(kin(office(2))).toEqual(
      [both(1), 'comparison 7', office(2), runsKey('of office'), runsKey('over the set'), versionKey('set', 1)].sort()
    )
    expect(kin(office(3))).toEqual([both(2), office(3)].sort())
    expect(kin(office(1))).toEqual([office(1)])
  })

  it('knows of runs exactly what they came from, and of a comparison what all of its runs did', () => {
    expect(kin(runsKey('of barn'))).toEqual([both(1), 'comparison 7', runsKey('of barn'), versionKey('barn', 1)].sort())
    expect(kin('comparison 7')).toEqual(
      [both(1), 'comparison 7', office(2), runsKey('of barn'), runsKey('of office'), versionKey('barn', 1)].sort()
    )
    const lit = kinEdges(graph, kinOf(graph, runsKey('of barn')))
    expect([...lit].map(({ from, to }) => [from, to])).toEqual([
      [versionKey('barn', 1), both(1)],
      [both(1), runsKey('of barn')],
      [runsKey('of barn'), 'comparison 7']
    ])
  })

  it('leaves out older versions of which nothing shown came, and counts them', () => {
    const [card] = lineageGraphOf(lineage, 'both').cards
    expect([card.nodes.map(({ key }) => key), card.hidden]).toEqual([[office(2), office(3)], 1])
  })

  it('is gone through by arrows: along what is joined, and within a column', () => {
    expect([
      neighbourOf(graph, office(2), 'right'),
      neighbourOf(graph, both(1), 'right'),
      neighbourOf(graph, 'comparison 7', 'left')
    ]).toEqual([
      versionKey('set', 1) === neighbourOf(graph, office(2), 'right') ? versionKey('set', 1) : both(1),
      runsKey('of office'),
      runsKey('of office')
    ])
    expect([neighbourOf(graph, office(2), 'down'), neighbourOf(graph, office(3), 'down'), neighbourOf(graph, office(1), 'up')]).toEqual([
      office(3),
      versionKey('barn', 1),
      undefined
    ])
  })
})

describe('a line of the lineage', () => {
  const box = (left: number, right: number, top: number, bottom: number): PageBox => ({ left, right, top, bottom })

  it('passes no card of the columns between', () => {
    const cards = [box(100, 200, 0, 50), box(100, 200, 70, 200)]
    for (let y = 1; y < 300; y++) {
      const at = freeHeight(y, cards)
      expect(cards.every(({ top, bottom }) => at < top || at > bottom)).toBe(true)
    }
    expect(freeHeight(60, cards)).toBe(60)
    expect(freeHeight(400, cards)).toBe(400)
  })

  it('begins and ends at the middle of its boxes', () => {
    const path = pathBetween(box(0, 50, 0, 20), box(300, 350, 100, 120), [{ left: 100, right: 200, boxes: [box(100, 200, 0, 200)] }])
    expect(path).toMatch(/^M50 10C/)
    expect(path).toMatch(/ 300 110$/)
  })
})
