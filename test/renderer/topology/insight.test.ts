import { routesFrom, transferSeconds } from '@shared/model/routes'
import { pathsFrom } from '@shared/model/path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { topologyOf } from '../../../src/renderer/topology/drawing'
import { journeyOf, legAt } from '../../../src/renderer/topology/journey'
import { mapOf, transferBetween } from '../../../src/renderer/topology/reach'
import { samplesOn } from '../../../src/renderer/topology/sample'
import { svgOf } from '../../../src/renderer/topology/picture'
import { worthOf } from '../../../src/renderer/topology/worth'
import { drawings, preset } from './samples'

describe('the ways that are shown', () => {
  it('take as long as the routes that costs are computed on, hop by hop', () => {
    fc.assert(
      fc.property(drawings, fc.double({ min: 0.001, max: 1000, noNaN: true }), (drawing, megabytes) => {
        const topology = topologyOf(drawing)
        const [{ id }] = topology.nodes
        const routes = routesFrom(topology, id)
        const paths = pathsFrom(topology, id, megabytes)
        for (const node of topology.nodes) {
          const seconds = node.id === id ? 0 : transferSeconds(routes.get(node.id) ?? [], megabytes)
          const path = paths.get(node.id)
          expect(path?.seconds ?? Number.POSITIVE_INFINITY).toBeCloseTo(seconds, 6)
          if (path) expect(path.hops.reduce((sum, hop) => sum + hop.seconds, 0)).toBeCloseTo(path.seconds, 9)
        }
      })
    )
  })

  it('light up their links and tell what the direct one would take', () => {
    const map = mapOf({ ...preset(), nodes: preset().nodes.map(({ relays: _, ...node }) => node) })
    const transfer = transferBetween(map, 'device', 'cloud1', 20)
    expect(transfer?.path.hops.map((hop) => hop.to)).toEqual(['edge2', 'cloud2', 'cloud1'])
    expect(transfer?.path.seconds).toBeCloseTo(20 / 1.2 + 20 / 8 + 20 / 12, 9)
    expect(transfer?.directSeconds).toBeCloseTo(50, 9)
    expect([...(transfer?.lit.keys() ?? [])]).toEqual(['l2', 'l9', 'l10'])
  })
})

describe('the sample’s optimum', () => {
  const topology = topologyOf(preset())
  const samples = samplesOn(topology)

  it('flows over the map for exactly its delay T, one leg after another', () => {
    expect(samples?.workflows).toHaveLength(20)
    for (const sample of samples?.workflows ?? []) {
      const journey = journeyOf(mapOf(preset()), sample)
      expect(journey.end).toBeCloseTo(sample.delaySeconds, 6)
      journey.legs.forEach((leg, i) => {
        expect(leg.start).toBeCloseTo(i === 0 ? 0 : journey.legs[i - 1].end, 9)
      })
      expect(legAt(journey, journey.end)).toBe(journey.legs.at(-1))
    }
  })

  it('never gets better by taking a place away', () => {
    if (!samples) throw new Error('the preset has an optimum')
    const worths = topology.nodes.map((node) => worthOf(topology, samples, node.id))
    expect(worths.reduce((sum, { tasks }) => sum + tasks, 0)).toBe(200)
    expect(worths[0].loss).toBeUndefined()
    for (const { loss = 0 } of worths) expect(loss).toBeGreaterThanOrEqual(-1e-12)
  })

  it('is nothing where there is no device', () => {
    expect(samplesOn({ ...topology, nodes: topology.nodes.slice(1), links: [] })).toBeUndefined()
  })
})

describe('a picture', () => {
  it('holds every name as text, whatever it is', () => {
    const [first, ...rest] = preset().nodes
    const svg = svgOf({ ...preset(), nodes: [{ ...first, name: '<script>"&' }, ...rest] })
    expect(svg).toContain('&lt;script&gt;&quot;&amp;')
    expect(svg).not.toContain('<script>')
    expect(svg).toContain('0.8 MB/s')
  })
})
