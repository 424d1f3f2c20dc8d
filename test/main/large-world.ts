import { randomStream } from '@shared/model/random'

/** Sizes of a drawn world. */
export interface WorldSizes {
  devices: number
  servers: number
  links: number
}

/** As large as the format allows. */
export const LARGEST: WorldSizes = { devices: 745, servers: 255, links: 3000 }

/** A topology's document of these sizes, in which every node has a route to every other and no two devices are alike. */
export function largeTopology({ devices, servers, links }: WorldSizes): object {
  const random = randomStream(1, 'environment')
  const device = (i: number) => `d${i}`
  const server = (i: number) => `s${i}`
  const nodes = [
    ...Array.from({ length: devices }, (_, i) => ({ id: device(i), tier: 'device', computeMHz: random.between(1000, 4000) })),
    ...Array.from({ length: servers }, (_, i) => ({
      id: server(i),
      tier: i % 5 === 4 ? 'cloud' : 'edge',
      computeMHz: random.between(8000, 40_000)
    }))
  ].map((node) => ({ ...node, energyPerMegacycle: random.between(0.1, 1) }))
  const joined = new Map<string, object>()
  const join = (from: string, to: string): void => {
    const pair = [from, to].sort().join(' ')
    if (from !== to && !joined.has(pair))
      joined.set(pair, { from, to, bandwidthMBps: random.between(1, 100), latencyMs: random.between(0, 50) })
  }
  for (let i = 0; i < devices; i++) join(device(i), server(random.below(servers)))
  for (let i = 1; i < servers; i++) join(server(i), server(random.below(i)))
  while (joined.size < links) {
    if (random.uniform() < 0.5) join(device(random.below(devices)), server(random.below(servers)))
    else join(server(random.below(servers)), server(random.below(servers)))
  }
  return { format: 'dmro-topology/1', name: `${devices} devices, ${servers} servers`, nodes, links: [...joined.values()] }
}

/** A scenario's document on such a topology, or on one that is named. */
export function largeScenario(topology: WorldSizes | string, generator: Record<string, unknown> = {}): object {
  return {
    format: 'dmro-scenario/1',
    name: 'large world',
    topology: typeof topology === 'string' ? topology : largeTopology(topology),
    workload: { format: 'dmro-workload/1', name: 'drawn', generator, seed: 3 }
  }
}
