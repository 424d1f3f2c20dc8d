import type { AlgorithmCard } from '@shared/algorithms/card'
import type { RunSpec } from '@shared/run/spec'
import { alikeText, distinctRuns, fullParameters, runKey, worldText } from '@shared/run/identity'
import { readScenario } from '@shared/formats'
import type { Scenario } from '@shared/model/scenario'
import { presetOf } from '@shared/presets'
import { describe, expect, it } from 'vitest'

function world(): Scenario {
  const read = readScenario(presetOf('one-edge-one-cloud', 'scenario'), presetOf)
  if (!read.ok) throw new Error('the preset does not read')
  return structuredClone(read.value)
}

const spec = (changes: Partial<RunSpec> = {}): string => {
  const { scenario, ...rest } = {
    scenario: world(),
    algorithm: 'dqn',
    parameters: { hidden: 64, learnSteps: 10 },
    seed: 1,
    heldOut: 20,
    split: 0,
    ...changes
  }
  return runKey(alikeText(rest, worldText(scenario), []), rest.seed)
}

describe('a run has the same identity as another', () => {
  it('whatever its world is called, wherever its nodes stand on the canvas and in whatever groups, in whatever order its parameters come', () => {
    const renamed = world()
    renamed.name = 'another'
    renamed.topology = {
      ...renamed.topology,
      name: 'moved',
      note: 'n',
      nodes: renamed.topology.nodes.map((n) => ({ ...n, position: { x: 7, y: 7 }, group: 'site A' }))
    }
    renamed.workload = { ...renamed.workload, name: 'w', note: 'm' }
    expect(spec({ scenario: renamed, parameters: { learnSteps: 10, hidden: 64 } })).toBe(spec())
  })

  it('where it says that its execution is independent, as all were before there was a choice', () => {
    expect(spec({ scenario: { ...world(), execution: 'independent' } })).toBe(spec())
  })

  it.each<[string, Partial<RunSpec>]>([
    ['the execution', { scenario: { ...world(), execution: 'shared' } }],
    [
      'the cores of a node',
      { scenario: { ...world(), topology: { ...world().topology, nodes: world().topology.nodes.map((n) => ({ ...n, cores: 2 })) } } }
    ],
    ['the seed', { seed: 2 }],
    ['the algorithm', { algorithm: 'double-dqn' }],
    ['a parameter', { parameters: { hidden: 65, learnSteps: 10 } }],
    ['the held-out workflows', { heldOut: 21 }],
    ['the split', { split: 0.1 }],
    ['the weights it starts from', { initialWeights: { name: 'ψ', policy: 'b' } }],
    ['δ', { scenario: { ...world(), objective: { ...world().objective, energyWeight: 0.3 } } }],
    [
      'a bandwidth',
      {
        scenario: { ...world(), topology: { ...world().topology, links: world().topology.links.map((l) => ({ ...l, bandwidthMBps: 9 })) } }
      }
    ]
  ])('but not where %s differs', (_, changes) => expect(spec(changes)).not.toBe(spec()))
})

describe('the weights a run starts from', () => {
  const from = (name: string, policy?: string) => spec({ initialWeights: { name, ...(policy !== undefined && { policy }) } })

  it('count by their content, whatever they are called', () => {
    expect(from('ψ', 'a')).toBe(from('renamed', 'a'))
    expect(from('ψ', 'a')).not.toBe(from('ψ', 'b'))
    expect(from('ψ', 'a')).not.toBe(spec())
  })
})

describe('an environment set', () => {
  const over = (name: string, bandwidthMBps: number) => {
    const topology = { ...world().topology, name, links: world().topology.links.map((link) => ({ ...link, bandwidthMBps })) }
    return spec({ environments: { name, topologies: [topology] } })
  }

  it('counts by what is in it', () => {
    expect(over('a', 2)).toBe(over('b', 2))
    expect(over('a', 2)).not.toBe(over('a', 3))
  })
})

describe('runs that tell something new', () => {
  it('are one a seed, and one at all of what draws nothing at random', () => {
    const runs = [1, 2, 1, 3].map((seed, at) => ({ seed, at }))
    expect(distinctRuns(runs).map(({ at }) => at)).toEqual([0, 1, 3])
    expect(distinctRuns(runs.map((run) => ({ ...run, isDeterministic: true }))).map(({ at }) => at)).toEqual([0])
  })
})

describe('full parameters', () => {
  const cards: AlgorithmCard[] = [
    {
      id: 'dqn',
      title: 'DQN',
      kind: 'learned',
      summary: '',
      reading: '',
      parameters: [{ key: 'horizon', label: 'Horizon', type: 'integer', default: 1, min: 1, max: 9, sentence: '' }]
    }
  ]

  it('make a run from before a parameter existed the same as one that has its default, and as no other', () => {
    const full = (parameters: RunSpec['parameters']) => spec({ parameters: fullParameters(cards, { algorithm: 'dqn', parameters }) })
    expect(full({ hidden: 64 })).toBe(full({ hidden: 64, horizon: 1 }))
    expect(full({ hidden: 64 })).not.toBe(full({ hidden: 64, horizon: 2 }))
  })

  it('are those it has where the algorithm is not known', () => {
    expect(fullParameters(cards, { algorithm: 'other', parameters: { hidden: 64 } })).toEqual({ hidden: 64 })
  })
})
