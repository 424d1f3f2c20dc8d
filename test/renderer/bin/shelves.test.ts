import type { BinEntry } from '@shared/contract/bin'
import { lossText, usersText, usesText, whatText } from '@shared/bin'
import { describe, expect, it } from 'vitest'
import { countsOf, deletedText, found, leavingText, untilText } from '../../../src/renderer/bin/shelves'

const DAY = 24 * 3600 * 1000
const NOON = new Date(2026, 10, 30, 12).getTime()

const entry = (more: Partial<BinEntry>): BinEntry => ({
  id: 'view-1',
  kind: 'view',
  name: 'mine',
  deletedAt: NOON,
  keptUntil: NOON + 30 * DAY,
  bytes: 10,
  usedBy: [],
  ...more
})
const ENTRIES = [
  entry({
    id: 'topology-1a2b3c4d',
    kind: 'topology',
    name: 'Office',
    versions: 2,
    usedBy: [{ by: 'experiment', count: 1, names: ['Desk'] }]
  }),
  entry({ id: 'run-x', kind: 'run', name: 'dqn · seeds 6–7', runs: ['00000006', '00000007'] }),
  entry({ keptUntil: NOON + 2.5 * DAY })
]

describe('the list of the bin', () => {
  it('is found through by name, kind, id, run and who uses it', () => {
    const names = (...given: Parameters<typeof found> extends [unknown, ...infer Rest] ? Rest : never) =>
      found(ENTRIES, ...given).map(({ name }) => name)
    expect(names('all', '')).toHaveLength(3)
    expect(names('documents', '')).toEqual(['Office'])
    expect(names('all', 'topology office')).toEqual(['Office'])
    expect(names('all', 'desk')).toEqual(['Office'])
    expect(names('all', '00000007')).toEqual(['dqn · seeds 6–7'])
    expect(names('runs', 'office')).toEqual([])
    expect(countsOf(ENTRIES)).toEqual({ all: 3, documents: 1, runs: 1, others: 1 })
  })

  it('says when something was deleted and when it leaves', () => {
    expect(deletedText(NOON - 60_000, NOON)).toBe('today, 11:59')
    expect(deletedText(NOON - DAY, NOON)).toBe('yesterday, 12:00')
    expect(deletedText(NOON - 3 * DAY, NOON)).toBe('27 Nov')
    expect(untilText(ENTRIES[0], NOON)).toBe('30 Dec')
    expect(untilText(ENTRIES[2], NOON)).toBe('3 Dec, in 2 days')
    expect(untilText(entry({ keptUntil: NOON + 3600 }), NOON)).toBe('30 Nov, within a day')
    expect(leavingText(ENTRIES, NOON)).toBe('Nothing is deleted before its day. 1 thing is deleted by 3 Dec.')
    expect(leavingText(ENTRIES.slice(0, 2), NOON)).toBeUndefined()
  })

  it('names what things are, what is lost and who uses them', () => {
    expect(ENTRIES.map(whatText)).toEqual(['topology, 2 versions', '2 runs', 'view'])
    expect(whatText({ kind: 'environments', versions: 0 })).toBe('environment set, never saved')
    expect(lossText([...ENTRIES, entry({ kind: 'topology' })])).toBe('2 topologies, 2 runs, 1 view')
    const uses: BinEntry['usedBy'] = [
      { by: 'experiment', count: 3, names: ['a', 'b', 'c'] },
      { by: 'run', count: 1200, names: ['d', 'e'] },
      { by: 'study', count: 1, names: ['Fig. 6: Weights'] }
    ]
    expect(usesText(uses)).toBe('3 experiments, 1,200 runs, 1 study')
    expect(uses.map(usersText)).toEqual(['experiments a, b and c', 'runs d, e and 1,198 more', 'study Fig. 6: Weights'])
  })
})
