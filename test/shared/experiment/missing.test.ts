import type { AlgorithmCard } from '@shared/experiment/algorithm'
import type { RunSpec } from '@shared/experiment/experiment'
import type { RunStatus } from '@shared/experiment/lifecycle'
import { fullParameters, runKey, standings, worldKey } from '@shared/experiment/missing'
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
  return runKey(rest, worldKey(scenario))
}

describe('a run is the like of another', () => {
  it('whatever its world is called, wherever its nodes stand on the canvas, in whatever order its parameters come', () => {
    const renamed = world()
    renamed.name = 'another'
    renamed.topology = {
      ...renamed.topology,
      name: 'moved',
      note: 'n',
      nodes: renamed.topology.nodes.map((n) => ({ ...n, position: { x: 7, y: 7 } }))
    }
    renamed.workload = { ...renamed.workload, name: 'w', note: 'm' }
    expect(spec({ scenario: renamed, parameters: { learnSteps: 10, hidden: 64 } })).toBe(spec())
  })

  it.each<[string, Partial<RunSpec>]>([
    ['the seed', { seed: 2 }],
    ['the algorithm', { algorithm: 'double-dqn' }],
    ['a parameter', { parameters: { hidden: 65, learnSteps: 10 } }],
    ['the held-out workflows', { heldOut: 21 }],
    ['the split', { split: 0.1 }],
    ['δ', { scenario: { ...world(), objective: { ...world().objective, energyWeight: 0.3 } } }],
    [
      'a bandwidth',
      {
        scenario: { ...world(), topology: { ...world().topology, links: world().topology.links.map((l) => ({ ...l, bandwidthMBps: 9 })) } }
      }
    ]
  ])('but not where %s differs', (_, changes) => expect(spec(changes)).not.toBe(spec()))
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

  it('make a run from before a parameter existed the like of one that has its default, and of no other', () => {
    const full = (parameters: RunSpec['parameters']) => spec({ parameters: fullParameters(cards, { algorithm: 'dqn', parameters }) })
    expect(full({ hidden: 64 })).toBe(full({ hidden: 64, horizon: 1 }))
    expect(full({ hidden: 64 })).not.toBe(full({ hidden: 64, horizon: 2 }))
  })

  it('are those it has where the scheme is not known', () => {
    expect(fullParameters(cards, { algorithm: 'other', parameters: { hidden: 64 } })).toEqual({ hidden: 64 })
  })
})

describe('what is missing', () => {
  it.each<[RunStatus, string]>([
    ['completed', 'done'],
    ['diverged', 'done'],
    ['queued', 'active'],
    ['running', 'active'],
    ['paused', 'active'],
    ['failed', 'missing'],
    ['cancelled', 'missing'],
    ['interrupted', 'missing']
  ])('a run whose like is %s is %s', (status, standing) => {
    expect(standings(['a'], [{ key: 'a', status }])).toEqual([standing])
  })

  it('takes the best of several likes, and counts one asked twice once', () => {
    const kept = [
      { key: 'a', status: 'failed' },
      { key: 'a', status: 'completed' },
      { key: 'a', status: 'queued' }
    ] as const
    expect(standings(['a', 'b', 'b'], kept)).toEqual(['done', 'missing', 'active'])
  })

  it('is nothing once everything that was missing is kept', () => {
    const asked = ['a', 'b', 'c']
    const first = standings(asked, [{ key: 'b', status: 'completed' }])
    const queued = asked.filter((_, i) => first[i] === 'missing').map((key) => ({ key, status: 'queued' as const }))
    expect(standings(asked, [...queued, { key: 'b', status: 'completed' }])).not.toContain('missing')
  })
})
