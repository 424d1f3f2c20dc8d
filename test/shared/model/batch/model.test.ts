import { contentionFreeBound } from '@shared/model/batch/bound'
import { BatchEpisode } from '@shared/model/batch/episode'
import { batchModel } from '@shared/model/batch/model'
import { ChainEpisode } from '@shared/model/chain-world'
import { compileWorld } from '@shared/model/compile'
import type { Scenario } from '@shared/model/scenario'
import { PAPER_GENERATOR } from '@shared/model/workload'
import { optimalityGap } from '@shared/model/world'
import { describe, expect, it } from 'vitest'
import { device, edge, link, PLAIN, placementOf, scenarioOf, workflow } from './worlds'

const nodes = [device('d', { computeMHz: 2, cores: 2, energyPerMegacycle: 3 }), edge('e', { computeMHz: 9 })]
const links = [link('d', 'e')]
const fork = workflow('fork', { a: 2, b: 4, c: 8 }, ['@input a 3', 'a b 5', 'a c 5', 'c @output 1'])
const chain = workflow('chain', { a: 2, b: 4 }, ['@input a 3', 'a b 5'])

describe('a scenario', () => {
  it('is executed as it says: chains where nothing waits by their table, anything else by its own rule', () => {
    const of = (scenario: Scenario) => compileWorld(scenario).episodes
    expect(of(scenarioOf(nodes, links, [chain], 'independent'))[0]).toBeInstanceOf(ChainEpisode)
    expect(of({ ...scenarioOf(nodes, links, [chain, chain]), execution: undefined })).toHaveLength(2)
    expect(of(scenarioOf(nodes, links, [fork, chain], 'independent'))).toHaveLength(2)
    expect(of(scenarioOf(nodes, links, [fork, chain], 'independent'))[1]).toBeInstanceOf(BatchEpisode)
    expect(of(scenarioOf(nodes, links, [chain, fork], 'shared'))).toHaveLength(1)
    const trip = { ...chain, tasks: chain.tasks.map((task) => ({ ...task, uploadMegabytes: 1, resultMegabytes: 1 })) }
    expect(of(scenarioOf(nodes, links, [trip, { ...trip, id: 'w2' }], 'round-trip'))).toHaveLength(2)
  })

  it('that is generated is executed batch by batch where machines are shared, else workflow by workflow', () => {
    const generator = { ...PAPER_GENERATOR, tasks: 4, together: 6, graph: { fat: [0.5, 0.5], density: [0.5, 0.5], flows: 'full' } } as const
    const workload = { name: 'generated', generator, seed: 2 }
    const scenario = (execution: 'shared' | 'independent'): Scenario => ({ ...scenarioOf(nodes, links, []), workload, execution })
    const shared = compileWorld(scenario('shared')).episodes
    expect(shared.map(({ workflows }) => workflows.length)).toEqual([6, 6, 6, 2])
    expect(shared.map(({ decisions }) => decisions)).toEqual([24, 24, 24, 8])
    expect(compileWorld(scenario('independent')).episodes.map(({ workflows }) => workflows.length)).toEqual(
      Array.from({ length: 20 }, () => 1)
    )
  })

  it('is scaled by its workflows each alone on its device, as their execution has it', () => {
    const scaled = { scaling: 'local-only' } as const
    // fork: a, then b beside c on two cores where machines are shared, and where nothing waits.
    const expected = { delaySeconds: (1 + 4 + 3) / 2, energyJoules: (3 * 14 + 3 * 6) / 2 }
    expect(compileWorld(scenarioOf(nodes, links, [fork, chain], 'shared', scaled)).references).toEqual(expected)
    expect(compileWorld(scenarioOf(nodes, links, [fork, chain], 'independent', scaled)).references).toEqual(expected)
    const single = [device('d', { computeMHz: 2, energyPerMegacycle: 3 }), nodes[1]]
    const alone = { ...expected, delaySeconds: (1 + 2 + 4 + 3) / 2 }
    const shared = scenarioOf(single, links, [fork, { ...chain, releaseSeconds: 70 }], 'shared', scaled)
    expect(compileWorld(shared).references).toEqual(alone)
    const other = { delaySeconds: 10, energyJoules: 100 }
    expect(compileWorld(shared, other).references).toEqual(other)
    expect(compileWorld(scenarioOf(single, links, [fork])).references).toEqual({ delaySeconds: 1, energyJoules: 1 })
    const idle = workflow('idle', { a: 0 }, [])
    expect(compileWorld(scenarioOf(single, links, [idle], 'shared', scaled)).references).toEqual({ delaySeconds: 1, energyJoules: 1 })
  })

  it('places other workflows in the same world and in the same units', () => {
    const world = compileWorld(scenarioOf(nodes, links, [fork], 'shared', { scaling: 'local-only' }))
    const other = world.episode([chain])
    expect(other.total([0, 0])).toBeCloseTo(3 / world.references.delaySeconds + 18 / world.references.energyJoules, 12)
    expect(() => world.episode([])).toThrow('a batch needs at least one workflow')
    const alone = compileWorld(scenarioOf(nodes, links, [fork], 'independent'))
    expect(() => alone.episode([chain, fork])).toThrow('an episode is one of them, not 2')
  })

  it('has the reference that its ruler finds, once', () => {
    const scenario = scenarioOf([device('d'), nodes[1]], links, [fork], 'shared')
    const world = batchModel('shared', contentionFreeBound).compile(scenario)
    const reference = world.episodes[0].reference()
    expect(world.episodes[0].reference()).toBe(reference)
    // c at the edge takes the input's 3 s, 2/9 + 8/9 s and 1 s back; on the device 10 s. No energy there.
    expect(reference.lower).toBeCloseTo(3 + 10 / 9 + 1, 12)
    expect(reference.kind).toBe('bound')
    expect(optimalityGap(2 * reference.lower, reference)).toBeCloseTo(1, 12)
    const known = batchModel('shared', () => ({ lower: 1, upper: 2, kind: 'best-known', how: 'told' })).compile(scenario)
    expect(known.episodes[0].reference().kind).toBe('best-known')
  })

  it('lets tasks go where their device has a route and their data has one', () => {
    const apart = [device('d'), edge('e'), edge('f'), edge('g', {}), device('d2')]
    const scenario = scenarioOf(apart, [link('d', 'e'), link('d', 'f'), link('d2', 'g')], [chain])
    const [episode] = batchModel('shared').compile(scenario).episodes
    const start = episode.start()
    expect(episode.moves(start)).toEqual(Uint8Array.of(1, 1, 1, 0))
    expect(episode.moves(episode.step(start, 1).next)).toEqual(Uint8Array.of(1, 1, 0, 0))
    expect(episode.step(start, 3).cost).toBe(Infinity)
    expect(episode.total(placementOf(episode as BatchEpisode, { a: 'e', b: 'f' }))).toBe(Infinity)
    expect(episode.total(placementOf(episode as BatchEpisode, { a: 'e', b: 'd' }))).toBeLessThan(Infinity)
    expect(episode.total([3, 3])).toBe(Infinity)
  })
})

describe('a scenario that cannot be executed', () => {
  const task = { a: 1, b: 1 }
  it.each([
    ['an unknown device', { ...chain, device: 'x' }, 'workflow "chain" belongs to "x", which is not a device of topology "test"'],
    ['an edge as its device', { ...chain, device: 'e' }, 'workflow "chain" belongs to "e", which is not a device'],
    [
      'a circle',
      workflow('w', { ...task, c: 1 }, ['a b 1', 'b c 1', 'c b 1']),
      'workflow "w" goes in a circle: task "b" waits for a task that waits for it'
    ],
    ['a task that waits for itself', workflow('w', task, ['a a 1']), 'workflow "w" goes in a circle: task "a"'],
    ['a flow to nowhere', workflow('w', task, ['a x 1']), 'workflow "w" has a flow to task "x", which it does not have'],
    ['a flow from nowhere', workflow('w', task, ['x a 1']), 'workflow "w" has a flow from task "x", which it does not have'],
    ['a by-pass', workflow('w', task, ['@input @output 1']), 'workflow "w" has a flow from @input straight to @output'],
    ['a negative size', workflow('w', task, ['a b -1']), 'workflow "w" has a flow from "a" to "b" of -1 MB; it must be 0 or more'],
    ['a negative release', { ...chain, releaseSeconds: -1 }, 'workflow "chain" is released at -1 s; releaseSeconds must be 0 or more'],
    [
      'two tasks of one name',
      { ...chain, tasks: [...chain.tasks, { id: 'a', megacycles: 1 }] },
      'workflow "chain" has two tasks "a"; rename one'
    ],
    ['no task', { ...chain, tasks: [], flows: [] }, 'workflow "chain" has no task; give it at least one']
  ])('for %s says so', (_, flow, message) => {
    for (const execution of ['shared', 'independent'] as const) {
      const compile = () => batchModel(execution).compile(scenarioOf(nodes, links, [fork, flow], execution, PLAIN)).episodes
      expect(compile).toThrow(RangeError)
      expect(compile).toThrow(message)
    }
  })
})
