import { readWorkload } from '@shared/formats'
import { isGenerated } from '@shared/model/workload'
import { workflowsOf } from '@shared/model/batch/draw'
import { describe, expect, it } from 'vitest'
import { FIRST_SHAPE, sampleOf, withGenerator } from '../../../src/renderer/workload/generator'
import { histogramOf } from '../../../src/renderer/workload/histogram'
import { communicationRatios, shapesOf } from '../../../src/renderer/workload/measures'
import { workOf } from '../../../src/renderer/workload/work'
import { generated, topology } from '../../shared/formats/documents'
import { layered } from './workflows'

describe('shapes of workflows', () => {
  it('are the width and depth of their layers and the parents of their tasks', () => {
    const { widths, depths, parents } = shapesOf([layered(12, 3), layered(5, 1)])
    expect([widths, depths]).toEqual([
      [3, 1],
      [4, 5]
    ])
    expect(parents).toHaveLength(17)
    expect(Math.min(...parents)).toBe(0)
  })

  it('have a ratio of sending to computing at the mean of what there is', () => {
    const workflow = { id: 'w', device: 'd', tasks: [{ id: 't', megacycles: 600 }], flows: [{ from: '@input', to: 't', megabytes: 12 }] }
    const node = { tier: 'device' as const, energyPerMegacycle: 1 }
    const world = {
      name: 'two',
      nodes: [
        { ...node, id: 'd', computeMHz: 100 },
        { ...node, id: 'e', tier: 'edge' as const, computeMHz: 300 }
      ],
      links: [{ from: 'd', to: 'e', bandwidthMBps: 2, backBandwidthMBps: 6, latencyMs: 0 }]
    }
    // 12 MB × (1/2 + 1/6)/2 s/MB = 4 s; 600 Mc × (1/100 + 1/300)/2 s/Mc = 4 s.
    expect(communicationRatios([workflow], world)[0]).toBeCloseTo(1, 12)
    expect(communicationRatios([workflow], { ...world, links: [] })).toEqual([])
  })
})

describe('a generator in the form', () => {
  const work = workOf(generated(), 'untitled')
  const { generator } = work
  if (!generator) throw new Error('no generator')

  it('is of the format’s second version while it has what came with that, and of the first again without', () => {
    const graphs = withGenerator(work, { ...generator, graph: FIRST_SHAPE, together: 2, gapSeconds: 3 })
    expect(readWorkload(graphs).ok).toBe(true)
    expect(graphs.format).toBe('dmro-workload/2')
    const chains = withGenerator(graphs, { ...generator, graph: undefined, together: 1, gapSeconds: undefined })
    expect(chains).toEqual(work)
  })

  it('draws further graphs beside its own, and no further chains', () => {
    const world = topology()
    const drawn = (work: object) => {
      const read = readWorkload(work)
      if (!read.ok || !isGenerated(read.value)) throw new Error('not read')
      const own = workflowsOf(read.value, world as never)
      return { own, sample: sampleOf(read.value, world as never, own) }
    }
    const graphs = drawn(withGenerator(work, { ...generator, tasks: 50, graph: FIRST_SHAPE }))
    expect(graphs.sample.slice(0, graphs.own.length)).toEqual(graphs.own)
    expect(graphs.sample).toHaveLength(200)
    const chains = drawn(work)
    expect(chains.sample).toEqual(chains.own)
  })
})

describe('a histogram', () => {
  it('gives each of few whole numbers a bin about it', () => {
    expect(histogramOf([2, 3, 3, 5])).toEqual({ low: 2, high: 5, from: 1.5, to: 5.5, counts: [1, 2, 0, 1], mean: 3.25 })
  })
})
