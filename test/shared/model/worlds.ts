import type { Objective } from '@shared/model/objective'
import type { Scenario } from '@shared/model/scenario'
import type { Topology } from '@shared/model/topology'
import { type Chain, workflowOf } from '@shared/model/workflow'
import { fc } from '../properties'

/** Small random worlds for properties: every topology has a device d0, and every workflow belongs to it or to d1. */

const quantity = (min: number, max: number) => fc.double({ min, max, noNaN: true })

export const objectives: fc.Arbitrary<Objective> = fc.record({
  energyWeight: quantity(0, 2),
  edgeEnergyWeight: quantity(0, 2),
  cloudEnergyWeight: quantity(0, 2),
  scaling: fc.constantFrom('local-only', 'none'),
  countReturn: fc.boolean()
})

export const topologies: fc.Arbitrary<Topology> = fc
  .tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 }))
  .chain(([devices, edges, clouds]) => {
    const ids = [
      ...Array.from({ length: devices }, (_, i) => `d${i}`),
      ...Array.from({ length: edges }, (_, i) => `e${i}`),
      ...Array.from({ length: clouds }, (_, i) => `c${i}`)
    ]
    const pairs = ids.flatMap((from, i) => ids.slice(0, i).map((to) => ({ from, to })))
    const tierOf = (id: string) => (id.startsWith('d') ? 'device' : id.startsWith('e') ? 'edge' : 'cloud')
    const node = (id: string) =>
      fc.record({
        id: fc.constant(id),
        tier: fc.constant(tierOf(id) as 'device' | 'edge' | 'cloud'),
        computeMHz: quantity(1000, 50_000),
        energyPerMegacycle: quantity(0.0001, 0.002),
        relays: tierOf(id) === 'device' ? fc.constant(undefined) : fc.constantFrom(undefined, true, false)
      })
    const link = (pair: { from: string; to: string }) =>
      fc.option(
        fc.record({
          ...{ from: fc.constant(pair.from), to: fc.constant(pair.to) },
          bandwidthMBps: quantity(0.1, 20),
          latencyMs: fc.oneof(fc.constant(0), quantity(0, 20_000))
        }),
        {
          nil: undefined,
          freq: 4
        }
      )
    return fc.record({
      name: fc.constant('random'),
      nodes: fc.tuple(...ids.map(node)),
      links: pairs.length === 0 ? fc.constant([]) : fc.tuple(...pairs.map(link)).map((all) => all.filter((each) => each !== undefined))
    })
  })

/** A chain of 1 to 5 tasks on `device`; the first and the last flow may be absent (NaN). */
export const chains = (id: string, device: string): fc.Arbitrary<Chain> =>
  fc
    .record({
      megacycles: fc.array(quantity(1, 100_000), { minLength: 1, maxLength: 5 }),
      megabytes: fc.array(quantity(0, 100), { minLength: 6, maxLength: 6 }),
      input: fc.boolean(),
      output: fc.boolean()
    })
    .map(({ megacycles, megabytes, input, output }) => {
      const sizes = Float64Array.from(megabytes.slice(0, megacycles.length + 1))
      if (!input) sizes[0] = Number.NaN
      if (!output) sizes[megacycles.length] = Number.NaN
      return { id, device, taskIds: megacycles.map((_, i) => `t${i + 1}`), megacycles: Float64Array.from(megacycles), megabytes: sizes }
    })

export const scenarios: fc.Arbitrary<Scenario> = topologies.chain((topology) => {
  const devices = topology.nodes.filter((node) => node.tier === 'device').map((node) => node.id)
  return fc.record({
    name: fc.constant('random'),
    topology: fc.constant(topology),
    workload: fc
      .tuple(chains('w1', devices[0]), chains('w2', devices[devices.length - 1]))
      .map((both) => ({ name: 'random', workflows: both.map(workflowOf) })),
    objective: objectives
  })
})
