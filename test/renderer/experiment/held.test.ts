import type { DocumentCard } from '@shared/contract/library'
import { LIBRARY_VERSION } from '@shared/formats'
import { describe, expect, it } from 'vitest'
import { heldIn, holding, holdingNames, partText } from '../../../src/renderer/experiment/held'
import { planOf } from '../../../src/renderer/experiment/plan'

const card = (id: string, name: string, version: number, more: Partial<DocumentCard> = {}): DocumentCard => ({
  ...{ id, kind: 'topology', name, version, createdAt: 0, savedAt: 0, facts: {}, faults: 0 },
  ...more
})
const cards = {
  topology: [card('0000000a', 'office', 4, { contentId: 'c'.repeat(16) }), card('0000000b', 'barn', 1, { formerly: ['shed'] })],
  workload: [],
  environments: []
}
const held = (id: string, version: number, name = 'office') => ({ format: LIBRARY_VERSION, id, version, name }) as const
const plan = (...topologies: unknown[]) =>
  planOf(
    {
      name: 'plan',
      scenarios: topologies.map((topology, i) => ({ format: 'dmro-scenario/1', name: `s${i}`, topology, workload: 'paper' }))
    },
    ''
  )
const standings = (...topologies: unknown[]) =>
  heldIn(plan(...topologies), cards).map(({ name, version, standing, newest }) => [name, version, standing, newest?.version])

describe('what a plan has of the library', () => {
  it('are versions, each once, under the present names of their documents, and whether there is a newer one', () => {
    expect(standings(held('0000000a', 3, 'an old name'), held('0000000a', 4), held('0000000a', 3), 'one-edge-one-cloud')).toEqual([
      ['office', 3, 'older', 4],
      ['office', 4, 'newest', 4]
    ])
  })

  it('are names, which mean the newest version, also of a document that was called so before', () => {
    expect(standings('Office', 'shed', 'nothing')).toEqual([
      ['office', 4, 'byName', 4],
      ['barn', 1, 'byName', 1],
      ['nothing', undefined, 'missing', undefined]
    ])
  })

  it('that is not here may be one of that name', () => {
    expect(standings(held('0000000f', 2), held('0000000e', 2, 'gone'), held('0000000a', 9))).toEqual([
      ['office', undefined, 'missing', 4],
      ['gone', undefined, 'missing', undefined],
      ['office', undefined, 'missing', 4]
    ])
  })
})

describe('a plan that is updated', () => {
  it('holds the newest version wherever it held that one, and nowhere else', () => {
    const before = plan(held('0000000a', 3), held('0000000a', 2), held('0000000a', 3), 'one-edge-one-cloud')
    const [older] = heldIn(before, cards)
    if (!older.newest) throw new Error('there is a newer one')
    const next = holding(before, older, older.newest)
    const versions = next.scenarios.map((part) => (typeof part === 'string' ? part : (part.topology as { version?: number }).version))
    expect(versions).toEqual([4, 2, 4, undefined])
    expect(next.scenarios[1]).toBe(before.scenarios[1])
    expect(older.newest).toEqual({ ...held('0000000a', 4), content: 'c'.repeat(16) })
  })

  it('holds versions in place of names, and is the same plan where it names none', () => {
    expect(
      holdingNames(plan('shed', 'one-edge-one-cloud', 'nothing'), cards).scenarios.map((part) => typeof part !== 'string' && part.topology)
    ).toEqual([held('0000000b', 1, 'barn'), 'one-edge-one-cloud', 'nothing'])
    const settled = plan(held('0000000a', 2))
    expect(holdingNames(settled, cards)).toBe(settled)
  })

  it('is read with the present names of what it holds', () => {
    expect([partText(held('0000000a', 2, 'old'), cards.topology), partText('paper', []), partText({ nodes: [] }, [])]).toEqual([
      'office v2',
      'paper',
      undefined
    ])
  })
})
