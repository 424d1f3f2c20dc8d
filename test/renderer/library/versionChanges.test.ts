import { describe, expect, it } from 'vitest'
import { versionChanges } from '../../../src/renderer/library/versionChanges'
import { CAMPUS } from '../../e2e/documents'

describe('in what two versions differ', () => {
  it('is told value by value, and what is new or gone as a whole in one', () => {
    const changes = [
      { what: 'library-edge, processor, MHz', from: '12,000', to: '16,000' },
      { what: 'public-cloud', to: 'new' },
      { what: 'workshop-edge – public-cloud', to: 'new' }
    ]
    expect(versionChanges(CAMPUS[0], CAMPUS[1])).toEqual(changes)
    expect(versionChanges(CAMPUS[1], CAMPUS[0])).toEqual([
      { what: 'library-edge, processor, MHz', from: '16,000', to: '12,000' },
      { what: 'public-cloud', to: 'gone' },
      { what: 'workshop-edge – public-cloud', to: 'gone' }
    ])
  })

  it('is nothing where only names, notes and drawing do', () => {
    const moved = {
      ...CAMPUS[1],
      name: 'Elsewhere',
      note: 'new',
      nodes: CAMPUS[1].nodes.map((node) => ({ ...node, position: { x: 1, y: 2 }, group: 'all' }))
    }
    expect(versionChanges(CAMPUS[1], moved)).toEqual([])
  })

  it('is told of workloads too', () => {
    const generator = { users: 6, tasks: 8, megacycles: [2000, 60_000] }
    const older = { format: 'dmro-workload/1', name: 'rounds', generator, seed: 11 }
    expect(versionChanges(older, { ...older, seed: 12, generator: { ...generator, megacycles: [2000, 80_000] } })).toEqual([
      { what: 'megacycles', from: '2000 – 60000', to: '2000 – 80000' },
      { what: 'seed', from: '11', to: '12' }
    ])
  })
})
