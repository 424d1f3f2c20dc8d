import { deviceHash, sameCoefficients } from '@shared/model/environment'
import { DEFAULT_OBJECTIVE } from '@shared/model/objective'
import { compileScenario } from '@shared/model/scenario'
import type { Topology } from '@shared/model/topology'
import { PAPER_GENERATOR } from '@shared/model/workload'
import { describe, expect, it } from 'vitest'
import { deviceKinds } from '../../../src/main/learn/episode'
import { largeTopology } from '../large-world'
import { topologies } from '../../shared/model/worlds'
import { fc } from '../../shared/properties'

const workload = { name: 'paper', generator: PAPER_GENERATOR, seed: 1 }
const compiled = (topology: Topology) => compileScenario({ name: 'x', topology, workload, objective: DEFAULT_OBJECTIVE })

describe('kinds of device', () => {
  it('are as many as there are devices no two of which cost the same, compared in pairs', () => {
    fc.assert(
      fc.property(topologies, fc.boolean(), (topology, twins) => {
        const [first, ...others] = topology.nodes
        const copies = topology.nodes.filter(({ tier }) => tier === 'device').map((node) => ({ ...first, id: node.id }))
        const world = compiled(twins ? { ...topology, nodes: [...copies, ...others.filter(({ tier }) => tier !== 'device')] } : topology)
        const all = [...world.environments.values()]
        const distinct = all.filter((each, i) => !all.slice(0, i).some((before) => sameCoefficients(before, each)))
        const { count, of } = deviceKinds(world)
        expect(count).toBe(distinct.length)
        for (const a of all) {
          for (const b of all) {
            expect(of.get(a.device) === of.get(b.device)).toBe(sameCoefficients(a, b))
            if (sameCoefficients(a, b)) expect(deviceHash(a)).toBe(deviceHash(b))
          }
        }
      })
    )
  })

  it('are numbered as the topology lists devices', () => {
    const { of } = deviceKinds(compiled(largeTopology({ devices: 8, servers: 3, links: 20 }) as Topology))
    expect([...of.values()]).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  })

  it('are found among hundreds of devices within seconds of computing', () => {
    const before = process.cpuUsage()
    expect(deviceKinds(compiled(largeTopology({ devices: 300, servers: 50, links: 1000 }) as Topology)).count).toBe(300)
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(10)
  })
})
