import { readExperiment, readScenario } from '@shared/formats'
import { describe, expect, it } from 'vitest'
import { algorithmCards } from '../../../src/main/algorithms'
import { broken, experiment, generated, scenario, topology } from './documents'
import { type Case, faultsOf } from './faults'

describe('a scenario', () => {
  const cases: Case[] = [
    [
      'a workflow of an unknown device',
      ['workload', 'workflows', 0, 'device'],
      'watch',
      '$.workload.workflows[0].device',
      'there is no node "watch"; the devices are phone'
    ],
    [
      'a workflow of an edge',
      ['workload', 'workflows', 1, 'device'],
      'router',
      '$.workload.workflows[1].device',
      '"router" is not a device; the devices are phone'
    ],
    ['a negative weight', ['objective', 'energyWeight'], -0.1, '$.objective.energyWeight', 'energyWeight must not be negative'],
    ['an unknown scaling', ['objective', 'scaling'], 'mean', '$.objective.scaling', 'must be "local-only" or "none", not "mean"'],
    [
      'an unknown goal',
      ['objective', 'delta'],
      1,
      '$.objective.delta',
      '"delta" is not a key of this format; remove it or correct its spelling'
    ],
    ['no topology', ['topology'], undefined, '$.topology', 'is missing; it must be an object'],
    ['a number for a workload', ['workload'], 3, '$.workload', 'must be an object, not 3'],
    ['an unknown name', ['topology'], 'moon', '$.topology', 'unknown topology "moon"; correct the name, or put the document itself here'],
    [
      'a fault in its topology',
      ['topology', 'nodes', 1, 'tier'],
      'fog',
      '$.topology.nodes[1].tier',
      'must be "device" or "edge" or "cloud", not "fog"'
    ],
    [
      'a fault in its workload',
      ['workload', 'workflows', 0, 'tasks', 0, 'megacycles'],
      null,
      '$.workload.workflows[0].tasks[0].megacycles',
      'must be a number, not null'
    ]
  ]
  it.each(cases)('with %s is refused at its path', (_, keys, value, path, message) => {
    const faults = faultsOf(readScenario(broken(scenario(), keys, value)))
    expect(faults.filter((fault) => fault.path === path)).toEqual([{ path, message }])
  })

  it('has the faults of all its parts told at once', () => {
    const document = broken(
      broken(broken(scenario(), ['topology', 'nodes', 0, 'computeMHz'], 0), ['workload', 'workflows', 0, 'tasks', 0, 'id'], ''),
      ['objective', 'scaling'],
      1
    )
    expect(faultsOf(readScenario(document)).map((fault) => fault.path)).toEqual(
      expect.arrayContaining(['$.topology.nodes[0].computeMHz', '$.workload.workflows[0].tasks[0].id', '$.objective.scaling'])
    )
  })

  it('names a wrong owner beside other faults of its workload', () => {
    const document = broken(broken(scenario(), ['workload', 'workflows', 0, 'device'], 'watch'), ['workload', 'workflows', 1, 'id'], '')
    expect(faultsOf(readScenario(document)).map((fault) => fault.path)).toEqual([
      '$.workload.workflows[1].id',
      '$.workload.workflows[0].device'
    ])
  })

  it('cannot ask for a cost table larger than memory', () => {
    const servers = Array.from({ length: 250 }, (_, i) => ({ id: `e${i}`, tier: 'edge', computeMHz: 1, energyPerMegacycle: 1 }))
    const large = {
      ...scenario(),
      topology: { ...topology(), nodes: [topology().nodes[0], ...servers], links: [] },
      workload: { ...generated(), generator: { tasks: 1000 } }
    }
    expect(faultsOf(readScenario(large))).toEqual([
      { path: '$.workload', message: expect.stringContaining('step costs, 20000000 at most') }
    ])
  })
})

describe('an experiment', () => {
  const cases: Case[] = [
    ['no scenario', ['scenarios'], [], '$.scenarios', 'an experiment needs at least one scenario'],
    [
      'an unknown scenario',
      ['scenarios', 1],
      'moon',
      '$.scenarios[1]',
      'unknown scenario "moon"; correct the name, or put the document itself here'
    ],
    [
      'a fault in a scenario',
      ['scenarios', 1, 'topology', 'nodes', 1, 'tier'],
      'fog',
      '$.scenarios[1].topology.nodes[1].tier',
      'must be "device" or "edge" or "cloud", not "fog"'
    ],
    ['no algorithm', ['algorithms'], [], '$.algorithms', 'an experiment needs at least one algorithm'],
    [
      'an unknown algorithm',
      ['algorithms', 1, 'id'],
      'magic',
      '$.algorithms[1].id',
      expect.stringMatching(/^unknown algorithm "magic"; the algorithms are .*dmro-plus/) as unknown as string
    ],
    [
      'an unknown parameter',
      ['algorithms', 0, 'parameters', 'unit'],
      1,
      '$.algorithms[0].parameters.unit',
      expect.stringMatching(/^dmro has no parameter "unit"; it has .*units/) as unknown as string
    ],
    [
      'a parameter out of range',
      ['algorithms', 0, 'parameters', 'units', 1],
      0,
      '$.algorithms[0].parameters.units[1]',
      'units must be between 1 and 64, not 0'
    ],
    [
      'a parameter of another kind',
      ['algorithms', 0, 'parameters', 'reward'],
      'joy',
      '$.algorithms[0].parameters.reward',
      expect.stringMatching(/^reward must be one of .*"cost".*, not "joy"/) as unknown as string
    ],
    [
      'nothing to sweep',
      ['algorithms', 0, 'parameters', 'units'],
      [],
      '$.algorithms[0].parameters.units',
      'a list to sweep needs at least one value'
    ],
    [
      'an object for a parameter',
      ['algorithms', 0, 'parameters', 'units'],
      {},
      '$.algorithms[0].parameters.units',
      'must be a number, a text, true or false, or a list of such'
    ],
    ['no seed', ['seeds'], [], '$.seeds', 'an experiment needs at least one seed'],
    ['a seed twice', ['seeds', 2], 1, '$.seeds', 'each seed once: the same seed gives the same run'],
    ['a broken seed', ['seeds', 2], 1.5, '$.seeds[2]', 'must be a whole number, not 1.5'],
    ['nothing held out', ['heldOut'], 0, '$.heldOut', 'heldOut must be at least 1'],
    ['everything held out', ['split'], 1, '$.split', 'split must be from 0 to 0.9']
  ]
  it.each(cases)('with %s is refused at its path', (_, keys, value, path, message) => {
    const faults = faultsOf(readExperiment(broken(experiment(), keys, value), { catalogue: algorithmCards }))
    expect(faults.filter((fault) => fault.path === path)).toEqual([{ path, message }])
  })

  it('cannot ask for more runs than anyone can wait for', () => {
    const list = Array.from({ length: 1000 }, (_, i) => i + 1)
    const document = broken(experiment(), ['algorithms', 0, 'parameters'], { units: list, batch: list, round: list, hidden: list })
    expect(faultsOf(readExperiment(document))).toEqual([
      { path: '$', message: 'asks for 6,000,000,000,006 runs, 10,000 at most; sweep less or split it' }
    ])
  })

  it('has faults of scenarios, algorithms and seeds told at once, each once', () => {
    const document = broken(
      broken(broken(experiment(), ['scenarios', 0, 'topology', 'x'], 1), ['algorithms', 1, 'id'], 'magic'),
      ['seeds', 0],
      -1
    )
    const paths = faultsOf(readExperiment(document, { catalogue: algorithmCards })).map((fault) => fault.path)
    expect(paths.sort()).toEqual(['$.algorithms[1].id', '$.scenarios[0].topology.x', '$.seeds[0]'])
  })

  it('names a forbidden key once, however many readers see it', () => {
    const document = broken(experiment(), ['scenarios', 0, 'topology', 'nodes', 0, 'prototype'], 1)
    expect(faultsOf(readExperiment(document))).toEqual([
      { path: '$.scenarios[0].topology.nodes[0].prototype', message: '"prototype" cannot be a key; rename it' }
    ])
  })
})
