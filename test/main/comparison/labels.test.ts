import { describe, expect, it } from 'vitest'
import { rowsInOrder } from '../../../src/main/comparison/gather'
import { writeTopology } from '../../../src/shared/formats'
import { openedStore, sampleScenario, sampleSpec } from '../store/samples'

describe('rows that are compared', () => {
  const topologyOf = (computeMHz: number) => {
    const { topology } = sampleScenario('office')
    return { ...topology, nodes: topology.nodes.map((node) => (node.tier === 'edge' ? { ...node, computeMHz } : node)) }
  }

  it('stand under the versions in which their worlds differ where these share a label, and under what differs where there is none', () => {
    const store = openedStore()
    const { id } = store.library.insert(
      { kind: 'topology', name: 'office', content: writeTopology(topologyOf(8000)), facts: {}, faults: 0 },
      1
    )
    store.library.add(id, { content: writeTopology(topologyOf(16_000)), facts: {}, faults: 0 }, 2)
    const run = (computeMHz: number) => {
      const spec = { ...sampleSpec(), scenario: { ...sampleScenario('office'), topology: topologyOf(computeMHz) } }
      return store.addExperiment({ name: 'trial' }, [{ spec, totalLearnSteps: 1 }], 3).runs[0]
    }
    const ids = [run(16_000), run(8000)]
    const labels = (some: readonly string[]) => rowsInOrder(store, some).map(({ scenario }) => scenario)
    expect(labels(ids)).toEqual(['office v2', 'office v1'])
    expect(labels(ids.slice(0, 1))).toEqual(['office'])
    const [other, another] = [run(1000), run(2000)]
    expect(labels([other, another, ids[0]])).toEqual(['office · edge › computeMHz 1000', 'office · edge › computeMHz 2000', 'office v2'])
  })
})
