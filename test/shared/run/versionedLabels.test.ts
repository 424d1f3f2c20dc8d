import { readScenario } from '@shared/formats'
import { presetOf } from '@shared/presets'
import { apartTexts, type LabelledWorld, versionedLabels } from '@shared/run/versionedLabels'
import { describe, expect, it } from 'vitest'

const from = (topology: string, version?: number, workload = 'paper') => ({
  topology: { name: topology, ...(version !== undefined && { version }) },
  workload: { name: workload }
})
const world = (scenario: string, id: string, sources?: LabelledWorld['sources']): LabelledWorld => ({ scenario, world: id, sources })

describe('labels of worlds', () => {
  it('stay what they are where each means one world, whatever it came from', () => {
    expect(versionedLabels([world('office', 'a', from('office', 3)), world('home', 'b'), world('office', 'a', from('office', 5))])).toEqual(
      ['office', 'home', 'office']
    )
  })

  it('become versions where two worlds share one', () => {
    expect(versionedLabels([world('office', 'a', from('office', 3)), world('office', 'b', from('office', 4))])).toEqual([
      'office v3',
      'office v4'
    ])
    const swept = [world('office, δ 0.5', 'a', from('office', 3)), world('office, δ 0.5', 'b', from('office', 4)), world('office', 'c')]
    expect(versionedLabels(swept)).toEqual(['office v3, δ 0.5', 'office v4, δ 0.5', 'office'])
    const both = [world('office', 'a', from('office', 3, 'noon')), world('office', 'b', from('office', 4, 'dusk'))]
    expect(versionedLabels(both)).toEqual(['office v3 · noon', 'office v4 · dusk'])
    expect(versionedLabels([world('day', 'a', from('office', 3)), world('day', 'b', from('office', 4))])).toEqual([
      'day · office v3',
      'day · office v4'
    ])
  })

  it('name the part that differs: another topology, another workload, or both', () => {
    expect(versionedLabels([world('day', 'a', from('office')), world('day', 'b', from('barn', 1))])).toEqual([
      'day · office',
      'day · barn v1'
    ])
    expect(versionedLabels([world('day', 'a', from('office', 3, 'noon')), world('day', 'b', from('office', 3, 'dusk'))])).toEqual([
      'day · noon',
      'day · dusk'
    ])
  })

  it('say what else differs where versions do not tell worlds apart, and the world itself where nothing is known', () => {
    const worlds = [
      world('day', 'aaaaaaaa', from('office', 3)),
      world('day', 'bbbbbbbb', from('office', 3)),
      world('day', 'cccccccc', from('office', 4))
    ]
    const apart = new Map([['aaaaaaaa', 'energyWeight 0.2']])
    expect(versionedLabels(worlds, apart)).toEqual(['day · office v3 · energyWeight 0.2', 'day · office v3 · bbbbbb', 'day · office v4'])
    expect(versionedLabels([world('day', 'a1'), world('day', 'b2')])).toEqual(['day · a1', 'day · b2'])
  })

  it('are as many as there are worlds, and differ where worlds do', () => {
    const worlds = ['a', 'b', 'c', 'd'].map((id, i) => world('day', id, from('office', 1 + (i >> 1))))
    const labels = versionedLabels(worlds)
    expect(new Set(labels).size).toBe(4)
  })
})

describe('what tells scenarios of one name apart', () => {
  const read = readScenario(presetOf('one-edge-one-cloud', 'scenario'), presetOf)
  if (!read.ok) throw new Error('a preset cannot be read')
  const one = read.value
  const [device, edge, cloud] = one.topology.nodes

  it('are the values in which they differ, not their names, notes or drawing', () => {
    const faster = { ...edge, computeMHz: edge.computeMHz * 2, position: { x: 3, y: 4 }, group: 'hall' }
    const other = { ...one, name: 'renamed', topology: { ...one.topology, note: 'new', nodes: [device, faster, cloud] } }
    expect(apartTexts([one, other])).toEqual([`${edge.id} › computeMHz ${edge.computeMHz}`, `${edge.id} › computeMHz ${faster.computeMHz}`])
  })

  it('are as many as tell them apart, the rest counted', () => {
    const weighted = (energyWeight: number, edgeEnergyWeight: number) => ({
      ...one,
      objective: { ...one.objective, energyWeight, edgeEnergyWeight }
    })
    expect(apartTexts([weighted(0.9, 1), weighted(0.9, 2), weighted(0.1, 2)])).toEqual([
      'energyWeight 0.9, edgeEnergyWeight 1',
      'energyWeight 0.9, edgeEnergyWeight 2',
      'energyWeight 0.1, edgeEnergyWeight 2'
    ])
    const other = { ...one, objective: { ...one.objective, energyWeight: 0.9, edgeEnergyWeight: 2, scaling: 'none' as const } }
    expect(apartTexts([one, other])[1]).toBe('energyWeight 0.9, 2 more')
  })
})
