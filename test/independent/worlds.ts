import type { World } from './reference'

/** Random numbers of the tests' own (mulberry32), so that a world's number names it for ever. */
export function dice(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let word = Math.imul(state ^ (state >>> 15), 1 | state)
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word
    return ((word ^ (word >>> 14)) >>> 0) / 4294967296
  }
}

/**
 * World number `seed`: one to three devices, up to three edges and two clouds, some that do not relay, joined at random, so
 * that routes have several hops or do not exist; one to three chains of one to five tasks, told in random order; some
 * chains take nothing from their device or give nothing back.
 */
export function randomWorld(seed: number): World {
  const next = dice(seed)
  const below = (count: number) => Math.floor(next() * count)
  const between = (low: number, high: number) => low + (high - low) * next()
  const shuffled = <T>(items: T[]): T[] =>
    items
      .map((item) => [next(), item] as const)
      .sort(([a], [b]) => a - b)
      .map(([, item]) => item)

  const devices = Array.from({ length: 1 + below(3) }, (_, i) => `device ${i}`)
  const nodes: World['topology']['nodes'] = [
    ...devices.map((id) => ({ id, tier: 'device' as const, computeMHz: between(1000, 6000), energyPerMegacycle: between(0.0005, 0.002) })),
    ...(['edge', 'cloud'] as const).flatMap((tier) =>
      Array.from({ length: below(tier === 'edge' ? 4 : 3) }, (_, i) => ({
        id: `${tier} ${i}`,
        tier,
        computeMHz: between(5000, 60_000),
        energyPerMegacycle: next() < 0.1 ? 0 : between(0.0001, 0.001),
        ...(next() < 0.5 ? {} : { relays: next() < 0.5 })
      }))
    )
  ]
  const density = between(0.3, 1)
  const isSlow = next() < 0.5
  const links = nodes.flatMap((a, i) =>
    nodes.slice(0, i).flatMap((b) => {
      if (next() > density) return []
      const [from, to] = shuffled([a.id, b.id])
      return [{ from, to, bandwidthMBps: Math.exp(between(-2, 3)), latencyMs: isSlow ? between(0, 20_000) : 0 }]
    })
  )
  const workflows = Array.from({ length: 1 + below(3) }, (_, x) => {
    const tasks = Array.from({ length: 1 + below(5) }, (__, i) => ({ id: `t${i}`, megacycles: between(1000, 100_000) }))
    const ends = ['@input', ...tasks.map((task) => task.id), '@output']
    const flows = ends.slice(1).map((to, i) => ({ from: ends[i], to, megabytes: next() < 0.05 ? 0 : between(1, 100) }))
    const kept = flows.filter((flow) => (flow.from !== '@input' && flow.to !== '@output') || next() < 0.85)
    return { id: `w${x}`, device: devices[below(devices.length)], tasks: shuffled(tasks), flows: shuffled(kept) }
  })
  return {
    topology: { nodes: shuffled(nodes), links: shuffled(links) },
    workflows,
    objective: {
      energyWeight: next() < 0.2 ? 0 : between(0, 2),
      edgeEnergyWeight: between(0, 2),
      cloudEnergyWeight: between(0, 2),
      scaling: next() < 0.5 ? 'local-only' : 'none',
      countReturn: next() < 0.5
    }
  }
}
