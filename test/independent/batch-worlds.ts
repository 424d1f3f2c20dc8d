import type { BatchWorld } from './batches'
import { dice } from './worlds'

/**
 * Batch number `seed`: one to three devices, up to three edges and two clouds of one to three cores, some that do not relay, links of a rate
 * each way; one to four graphs of one to six tasks, told in random order, with several flows between two tasks, tasks that take or return
 * nothing, and releases. Every other batch has small round numbers, in which much happens at the same time.
 */
export function randomBatch(seed: number): BatchWorld {
  const next = dice(seed + 4e6)
  const below = (count: number) => Math.floor(next() * count)
  const isRound = seed % 2 === 0
  const pick = <T>(...items: T[]): T => items[below(items.length)]
  const between = (low: number, high: number, ...round: number[]) => (isRound ? pick(...round) : low + (high - low) * next())
  const shuffled = <T>(items: T[]): T[] =>
    items
      .map((item) => [next(), item] as const)
      .sort(([a], [b]) => a - b)
      .map(([, item]) => item)

  const cores = () => (next() < 0.5 ? {} : { cores: 1 + below(3) })
  const watts = () => (next() < 0.5 ? {} : { transmitWatts: between(0, 3, 0, 1, 2), receiveWatts: between(0, 3, 0, 1, 2) })
  const devices = Array.from({ length: 1 + below(3) }, (_, i) => `device ${i}`)
  const servers = (tier: 'edge' | 'cloud', most: number) =>
    Array.from({ length: below(most + 1) }, (_, i) => ({
      id: `${tier} ${i}`,
      tier,
      computeMHz: between(2000, 20_000, 1024, 4096),
      energyPerMegacycle: between(0, 0.001, 0, 0.25),
      ...cores(),
      ...(next() < 0.6 ? {} : { relays: next() < 0.5 })
    }))
  const nodes: BatchWorld['topology']['nodes'] = [
    ...devices.map((id) => ({
      id,
      tier: 'device' as const,
      computeMHz: between(1000, 4000, 512, 1024),
      energyPerMegacycle: between(0.0005, 0.002, 0.5, 1),
      ...cores(),
      ...watts()
    })),
    ...servers('edge', 3),
    ...servers('cloud', 2)
  ]
  const density = 0.4 + 0.6 * next()
  const isSlow = next() < 0.5
  const links = nodes.flatMap((a, i) =>
    nodes.slice(0, i).flatMap((b) => {
      if (next() > density) return []
      const [from, to] = shuffled([a.id, b.id])
      const back = next() < 0.5 ? {} : { backBandwidthMBps: between(0.5, 10, 1, 2, 4) }
      return [{ from, to, bandwidthMBps: between(0.5, 10, 1, 2, 4), ...back, latencyMs: isSlow ? between(0, 8000, 0, 500, 2000) : 0 }]
    })
  )
  const workflows = Array.from({ length: 1 + below(4) }, (_, x) => {
    const tasks = Array.from({ length: 1 + below(6) }, (__, i) => ({ id: `t${i}`, megacycles: between(1000, 50_000, 0, 1024, 2048, 8192) }))
    const size = () => (next() < 0.05 ? 0 : between(1, 60, 0, 2, 4, 8))
    const flows = tasks.flatMap(({ id }, i) => [
      ...Array.from({ length: next() < 0.5 ? 0 : 1 + below(2) }, () => ({ from: '@input', to: id, megabytes: size() })),
      ...tasks
        .slice(0, i)
        .flatMap(({ id: from }) =>
          next() < 0.6 ? [] : Array.from({ length: next() < 0.9 ? 1 : 2 }, () => ({ from, to: id, megabytes: size() }))
        ),
      ...Array.from({ length: next() < 0.6 ? 0 : 1 + below(2) }, () => ({ from: id, to: '@output', megabytes: size() }))
    ])
    const release = next() < 0.5 ? {} : { releaseSeconds: between(0, 40, 0, 4, 16) }
    return { id: `w${x}`, device: pick(...devices), tasks: shuffled(tasks), flows: shuffled(flows), ...release }
  })
  return {
    topology: { nodes: shuffled(nodes), links: shuffled(links) },
    workflows,
    objective: {
      energyWeight: between(0, 2, 0, 0.5, 1),
      edgeEnergyWeight: between(0, 2, 0, 1),
      cloudEnergyWeight: between(0, 2, 0, 1),
      scaling: pick('local-only', 'none'),
      countReturn: next() < 0.7
    }
  }
}
