import { compileEnvironment, sameCoefficients } from '@shared/model/environment'
import { DEFAULT_OBJECTIVE } from '@shared/model/objective'
import { randomStream } from '@shared/model/random'
import { compileScenario } from '@shared/model/scenario'
import { locationsOf, type Topology } from '@shared/model/topology'
import { chainOf, NotAChainError, type Workflow, workflowOf } from '@shared/model/workflow'
import { workflowsOf } from '@shared/model/batch/draw'
import { chainsOf, drawChains, PAPER_GENERATOR } from '@shared/model/workload'
import { describe, expect, it } from 'vitest'
import { chains, topologies } from './worlds'
import { fc } from '../properties'

const server = (id: string, tier: 'device' | 'edge' | 'cloud') => ({ id, tier, computeMHz: 1000, energyPerMegacycle: 1 })
const office: Topology = {
  name: 'office',
  nodes: [server('c', 'cloud'), server('b', 'device'), server('e2', 'edge'), server('a', 'device'), server('e1', 'edge')],
  links: [{ from: 'b', to: 'e1', bandwidthMBps: 1, latencyMs: 0 }]
}
const paper = { name: 'paper', generator: PAPER_GENERATOR, seed: 1 }

describe('the locations of a workflow', () => {
  it('are its own device, the edges, the clouds, each in the order of the topology', () => {
    expect(locationsOf(office, 'a').map((node) => node.id)).toEqual(['a', 'e2', 'e1', 'c'])
    expect(compileEnvironment(office, 'b', DEFAULT_OBJECTIVE).reachable).toEqual([true, false, true, false])
  })

  it('are asked of devices only', () => {
    expect(() => locationsOf(office, 'e1')).toThrow(RangeError)
    expect(() => locationsOf(office, 'z')).toThrow('"z" is not a device of topology "office"')
  })
})

describe('two environments', () => {
  it('are the same where every cost is, whatever things are called', () => {
    const renamed = {
      ...office,
      nodes: office.nodes.map((node) => ({ ...node, id: `x${node.id}` })),
      links: office.links.map((each) => ({ ...each, from: 'xe1', to: 'xb' }))
    }
    const before = compileEnvironment(office, 'b', DEFAULT_OBJECTIVE)
    expect(sameCoefficients(before, compileEnvironment(renamed, 'xb', DEFAULT_OBJECTIVE))).toBe(true)
    expect(sameCoefficients(before, compileEnvironment(office, 'a', DEFAULT_OBJECTIVE))).toBe(false)
    expect(sameCoefficients(before, compileEnvironment(office, 'b', { ...DEFAULT_OBJECTIVE, edgeEnergyWeight: 2 }))).toBe(false)
  })
})

describe('an environment', () => {
  it('compiled among others is the one compiled alone', () => {
    fc.assert(
      fc.property(topologies, (topology) => {
        const { environments } = compileScenario({ name: 'x', topology, workload: paper, objective: DEFAULT_OBJECTIVE })
        expect(environments.size).toBe(topology.nodes.filter((node) => node.tier === 'device').length)
        for (const [device, environment] of environments) {
          expect(environment).toEqual(compileEnvironment(topology, device, DEFAULT_OBJECTIVE))
        }
      })
    )
  })
})

describe('the paper’s workload', () => {
  const own = chainsOf(paper, office)

  it('is 4 users × 5 workflows of 10 tasks, users owning the devices in turn', () => {
    expect(own).toHaveLength(20)
    expect(own.map((chain) => chain.device)).toEqual(Array.from({ length: 20 }, (_, i) => ((i % 4) % 2 === 0 ? 'b' : 'a')))
    expect(new Set(own.map((chain) => chain.id)).size).toBe(20)
    for (const chain of own) expect([chain.taskIds.length, chain.megacycles.length, chain.megabytes.length]).toEqual([10, 10, 11])
  })

  it('draws each size from its range', () => {
    for (const { megabytes, megacycles } of drawChains(PAPER_GENERATOR, office, 500, 'h', randomStream(9, 'evaluation'))) {
      expect(megabytes[0] >= 50 && megabytes[0] < 100).toBe(true)
      expect(megabytes.subarray(1).every((size) => size >= 10 && size < 50)).toBe(true)
      expect(megacycles.every((work) => work >= 1e3 && work < 1e5)).toBe(true)
    }
  })

  it('is the same for the same seed, and another for another', () => {
    expect(chainsOf(paper, office)).toEqual(own)
    expect(chainsOf({ ...paper, seed: 2 }, office)[0].megacycles).not.toEqual(own[0].megacycles)
  })

  it('is drawn in the order that its seed names: e₀,₁ v₁ e₁,₂ …', () => {
    const random = randomStream(1, 'workload')
    expect(own[0].megabytes[0]).toBe(random.between(50, 100))
    expect(own[0].megacycles[0]).toBe(random.between(1e3, 1e5))
    expect(own[0].megabytes[1]).toBe(random.between(10, 50))
    expect(own[0].megacycles[1]).toBe(random.between(1e3, 1e5))
  })

  it('costs the same written out as workflows', () => {
    const explicit = { name: 'written out', workflows: workflowsOf(paper, office) }
    const scenario = { name: 'x', topology: office, objective: DEFAULT_OBJECTIVE }
    expect(compileScenario({ ...scenario, workload: explicit }).references).toEqual(
      compileScenario({ ...scenario, workload: paper }).references
    )
  })

  it('knows an environment for every device, those without workflows too', () => {
    const one = { ...paper, generator: { ...PAPER_GENERATOR, users: 1 } }
    expect([...compileScenario({ name: 'x', topology: office, workload: one, objective: DEFAULT_OBJECTIVE }).environments.keys()]).toEqual([
      'b',
      'a'
    ])
  })
})

describe('a workflow', () => {
  const task = (id: string) => ({ id, megacycles: 1 })
  const flow = (from: string, to: string) => ({ from, to, megabytes: 1 })
  const graph = (ids: string[], flows: [string, string][]): Workflow => ({
    id: 'w',
    device: 'd',
    tasks: ids.map(task),
    flows: flows.map(([from, to]) => flow(from, to))
  })

  it('that is a chain comes back from its chain unchanged, absent flows absent', () => {
    fc.assert(
      fc.property(chains('w', 'd'), (chain) => {
        expect(chainOf(workflowOf(chain))).toEqual(chain)
        expect(workflowOf(chain).flows.every((each) => Number.isFinite(each.megabytes))).toBe(true)
      })
    )
  })

  it('is ordered by its flows, not by its list of tasks', () => {
    expect(
      chainOf(
        graph(
          ['c', 'a', 'b'],
          [
            ['b', 'c'],
            ['@input', 'a'],
            ['a', 'b']
          ]
        )
      ).taskIds
    ).toEqual(['a', 'b', 'c'])
  })

  it.each([
    [
      'a fork',
      graph(
        ['a', 'b', 'c'],
        [
          ['a', 'b'],
          ['a', 'c']
        ]
      ),
      'task "a" has two outgoing flows'
    ],
    [
      'a join',
      graph(
        ['a', 'b', 'c'],
        [
          ['a', 'c'],
          ['b', 'c']
        ]
      ),
      'task "c" has two incoming flows'
    ],
    ['two parts', graph(['a', 'b'], []), 'it starts with both "a" and "b"'],
    [
      'a ring',
      graph(
        ['a', 'b'],
        [
          ['a', 'b'],
          ['b', 'a']
        ]
      ),
      'it has no first task'
    ],
    [
      'a ring beside a chain',
      graph(
        ['a', 'b', 'c'],
        [
          ['b', 'c'],
          ['c', 'b']
        ]
      ),
      'task "b" is not on the path from "a"'
    ],
    [
      'a side input',
      graph(
        ['a', 'b'],
        [
          ['@input', 'a'],
          ['a', 'b'],
          ['@input', 'b']
        ]
      ),
      'task "b" has two incoming flows'
    ],
    ['a by-pass', graph(['a'], [['@input', '@output']]), 'a flow leads from @input straight to @output'],
    [
      'two flows between two tasks',
      graph(
        ['a', 'b'],
        [
          ['a', 'b'],
          ['a', 'b']
        ]
      ),
      'two flows lead from "a" to "b"'
    ],
    [
      'two inputs',
      graph(
        ['a'],
        [
          ['@input', 'a'],
          ['@input', 'a']
        ]
      ),
      'two flows lead from the input to "a"'
    ],
    [
      'two returns',
      graph(
        ['a'],
        [
          ['a', '@output'],
          ['a', '@output']
        ]
      ),
      'two flows lead from "a" to the output'
    ]
  ])('with %s is not a chain, and says where', (_, workflow, reason) => {
    expect(() => chainOf(workflow)).toThrow(NotAChainError)
    expect(() => chainOf(workflow)).toThrow(`workflow "w" is not a chain: ${reason}`)
  })
})
