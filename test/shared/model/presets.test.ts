import { readScenario } from '@shared/formats'
import { tableCost } from '@shared/model/cost'
import { compileWorld } from '@shared/model/compile'
import { planAhead, viterbi } from '@shared/model/optimum'
import { randomStream } from '@shared/model/random'
import { compileScenario, environmentOf, scenarioCostTable } from '@shared/model/scenario'
import { drawChains, isGenerated } from '@shared/model/workload'
import { PRESETS, presetOf } from '@shared/presets'
import { describe, expect, it } from 'vitest'

/** What a preset is like, over `count` workflows of its generator: mean costs and gaps of rules that need no learning. */
function measure(id: string, energyWeight: number, count = 4000) {
  const read = readScenario(presetOf(id, 'scenario'), presetOf)
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  const { topology, workload, objective } = read.value
  if (!isGenerated(workload)) throw new Error('the presets draw their workflows')
  const compiled = compileScenario({ ...read.value, objective: { ...objective, energyWeight } })
  const chains = drawChains(workload.generator, topology, count, 'h', randomStream(workload.seed, 'evaluation'))
  const places = environmentOf(compiled.environments, chains[0]).locations.length
  const tables = chains.map((chain) => scenarioCostTable(compiled, chain))
  const optima = tables.map((table) => viterbi(table, places))
  const total = optima.reduce((sum, optimum) => sum + optimum.cost, 0)
  const excess = (algorithm: (table: Float64Array) => ArrayLike<number>) =>
    tables.reduce((sum, table) => sum + tableCost(table, places, algorithm(table)), 0) / total - 1
  return {
    places,
    mean: total / count,
    share: Array.from(
      { length: places },
      (_, place) => optima.reduce((sum, { placement }) => sum + placement.filter((at) => at === place).length, 0) / (count * 10)
    ),
    fixed: Array.from({ length: places }, (_, place) => excess(() => new Uint8Array(10).fill(place))),
    lookingAhead: (horizon: number) => excess((table) => planAhead(table, places, horizon)),
    /** The optimum of those that never use `place`. */
    without: (place: number) =>
      excess(
        (table) =>
          viterbi(
            table.map((cost, at) => (at % places === place ? Infinity : cost)),
            places
          ).placement
      )
  }
}

const within = (value: number, low: number, high: number) => {
  expect(value).toBeGreaterThanOrEqual(low)
  expect(value).toBeLessThanOrEqual(high)
}

describe('one edge, one cloud', () => {
  it('uses every place at its optimum, whatever energy weighs', () => {
    const shares = (energyWeight: number) => measure('one-edge-one-cloud', energyWeight).share
    for (const [energyWeight, expected] of [
      [0, [0.22, 0.22, 0.56]],
      [1, [0.13, 0.22, 0.65]]
    ] as const) {
      shares(energyWeight).forEach((share, place) => within(share, expected[place] - 0.015, expected[place] + 0.015))
    }
  })

  it('costs 0.71 to 1.24 at its optimum', () => {
    within(measure('one-edge-one-cloud', 0).mean, 0.7, 0.74)
    within(measure('one-edge-one-cloud', 1).mean, 1.2, 1.26)
  })

  it('costs half as much again in the best fixed place, and far more in the worst', () => {
    for (const energyWeight of [0, 0.2, 1]) {
      const { fixed } = measure('one-edge-one-cloud', energyWeight)
      within(Math.min(...fixed), 0.35, 0.48)
      within(Math.max(...fixed), 0.75, 1.5)
    }
  })

  it('punishes short sight: greedy by a third, three tasks ahead by 4 %, four by 1 %', () => {
    const { lookingAhead } = measure('one-edge-one-cloud', 0.2)
    within(lookingAhead(1), 0.33, 0.4)
    within(lookingAhead(3), 0.034, 0.045)
    within(lookingAhead(4), 0.008, 0.013)
    expect(lookingAhead(10)).toBeLessThan(1e-12)
  })

  it('loses more than a tenth where any place is forbidden', () => {
    for (const energyWeight of [0, 0.2, 1]) {
      const { without, places } = measure('one-edge-one-cloud', energyWeight)
      for (let place = 0; place < places; place++) expect(without(place)).toBeGreaterThan(0.11)
    }
  })
})

describe('two edges, two clouds', () => {
  it('has five places, each of use', () => {
    const { places, share, without } = measure('two-edges-two-clouds', 0.2)
    expect(places).toBe(5)
    expect(share.every((each) => each > 0.1)).toBe(true)
    for (let place = 1; place < places; place++) within(without(place), 0.02, 0.045)
  })
})

describe('presets of shared machines', () => {
  const episodesOf = (id: string) => {
    const read = readScenario(presetOf(id, 'scenario'), presetOf)
    if (!read.ok) throw new Error(JSON.stringify(read.faults))
    return compileWorld(read.value).episodes
  }

  it.each([
    ['shared-1x20', 20, 1, 20],
    ['shared-4x10', 5, 4, 10],
    ['shared-hard', 20, 1, 20],
    ['shared-stream', 1, 20, 10]
  ])('%s has %i batches of %i workflows of %i tasks', (id, batches, together, tasks) => {
    const episodes = episodesOf(id)
    expect(episodes).toHaveLength(batches)
    for (const { workflows, places } of episodes) {
      expect(places).toBe(3)
      expect(workflows.map((workflow) => workflow.tasks.length)).toEqual(Array(together).fill(tasks))
    }
  })

  it('release four workflows together, one of each device, or a stream of them in order', () => {
    const [batch] = episodesOf('shared-4x10')
    expect(new Set(batch.workflows.map(({ device }) => device)).size).toBe(4)
    const releases = episodesOf('shared-stream')[0].workflows.map(({ releaseSeconds = 0 }) => releaseSeconds)
    expect(releases).toEqual([...releases].sort((a, b) => a - b))
    within(releases[19] / 19, 6, 20)
  })

  it('say that their numbers are assumed, or whose they are', () => {
    for (const { kind, document } of PRESETS)
      if (kind === 'topology') expect((document as { note: string }).note).toMatch(/^Assumed numbers|^MRLCO’s /)
  })
})

describe.each(['one-edge-one-cloud', 'two-edges-two-clouds'])('the preset %s', (id) => {
  const topology = presetOf(id, 'topology') as { note: string; nodes: { tier: string; relays?: boolean; position?: { x: number } }[] }

  it('says that its numbers are assumed', () => {
    expect(topology.note).toMatch(/^Assumed numbers/)
  })

  it('sends data over direct links only, as the paper does', () => {
    for (const node of topology.nodes) if (node.tier !== 'device') expect(node.relays).toBe(false)
  })

  it('stands on the canvas with its tiers from left to right', () => {
    const columns = ['device', 'edge', 'cloud'].map((tier) =>
      topology.nodes.filter((node) => node.tier === tier).map((node) => node.position?.x ?? Number.NaN)
    )
    expect(Math.max(...columns[0])).toBeLessThan(Math.min(...columns[1]))
    expect(Math.max(...columns[1])).toBeLessThan(Math.min(...columns[2]))
  })
})
