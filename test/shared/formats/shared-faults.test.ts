import type { Fault } from '@shared/experiment/experiment'
import { type Read, readScenario, readTopology, readWorkload } from '@shared/formats'
import { describe, expect, it } from 'vitest'
import {
  broken,
  generated,
  roundTripScenario,
  sharedGenerated,
  sharedScenario,
  sharedTopology,
  sharedWorkload,
  topology
} from './documents'

/** Faults of what came with the second versions. */

function faultsOf(read: Read<unknown>): Fault[] {
  return read.ok ? [] : read.faults
}

type Case = [what: string, keys: (string | number)[], value: unknown, path: string, message: string]

describe('a topology', () => {
  const ofSecond: Case[] = [
    ['half a core', ['nodes', 1, 'cores'], 1.5, '$.nodes[1].cores', 'must be a whole number, not 1.5'],
    ['no core', ['nodes', 1, 'cores'], 0, '$.nodes[1].cores', 'cores must be at least 1'],
    ['more cores than anything has', ['nodes', 1, 'cores'], 1e9, '$.nodes[1].cores', 'cores must not exceed 1000'],
    ['negative watts', ['nodes', 0, 'transmitWatts'], -1, '$.nodes[0].transmitWatts', 'transmitWatts must not be negative'],
    [
      'watts of an edge',
      ['nodes', 1, 'transmitWatts'],
      1,
      '$.nodes[1].transmitWatts',
      'only devices spend watts on their links, not an edge; remove this key'
    ],
    [
      'no watts of a cloud',
      ['nodes', 2, 'receiveWatts'],
      0,
      '$.nodes[2].receiveWatts',
      'only devices spend watts on their links, not a cloud; remove this key'
    ],
    ['a dead way back', ['links', 0, 'backBandwidthMBps'], 0, '$.links[0].backBandwidthMBps', 'backBandwidthMBps must be greater than 0'],
    ['an unknown key', ['nodes', 1, 'core'], 2, '$.nodes[1].core', '"core" is not a key of this format; remove it or correct its spelling']
  ]
  it.each(ofSecond)('of the second version with %s is refused at its path', (_, keys, value, path, message) => {
    expect(faultsOf(readTopology(broken(sharedTopology(), keys, value)))).toEqual([{ path, message }])
  })

  it('of the first version says of a later key which version it came with', () => {
    expect(faultsOf(readTopology(broken(topology(), ['nodes', 1, 'cores'], 2)))).toEqual([
      { path: '$.nodes[1].cores', message: '"cores" came with dmro-topology/2; name that as the format, or remove it' }
    ])
  })
})

describe('a workload', () => {
  const ofSecond: Case[] = [
    [
      'a release before the batch',
      ['workflows', 1, 'releaseSeconds'],
      -1,
      '$.workflows[1].releaseSeconds',
      'releaseSeconds must not be negative'
    ],
    [
      'a release that never comes',
      ['workflows', 1, 'releaseSeconds'],
      Infinity,
      '$.workflows[1].releaseSeconds',
      'must be a finite number, not Infinity'
    ],
    [
      'releases out of order',
      ['workflows', 0, 'releaseSeconds'],
      5,
      '$.workflows[1].releaseSeconds',
      'is 4.5, before the 5 of workflow 0; list workflows in the order of their release'
    ],
    [
      'a release out of order where it is absent',
      ['workflows', 2],
      { id: 'w3', device: 'phone', tasks: [{ id: 'a', megacycles: 1 }], flows: [] },
      '$.workflows[2].releaseSeconds',
      'is 0 where it is absent, before the 4.5 of workflow 1; list workflows in the order of their release'
    ],
    [
      'a deadline at once',
      ['workflows', 0, 'deadlineSeconds'],
      0,
      '$.workflows[0].deadlineSeconds',
      'deadlineSeconds must be greater than 0'
    ],
    [
      'an upload of less than nothing',
      ['workflows', 0, 'tasks', 0, 'uploadMegabytes'],
      -1,
      '$.workflows[0].tasks[0].uploadMegabytes',
      'uploadMegabytes must not be negative'
    ]
  ]
  it.each(ofSecond)('of the second version with %s is refused at its path', (_, keys, value, path, message) => {
    expect(faultsOf(readWorkload(broken(sharedWorkload(), keys, value)))).toEqual([{ path, message }])
  })

  it('has a circle, a flow to a missing task, a negative release and a deadline of 0 told at once', () => {
    const changes: [keys: (string | number)[], value: unknown][] = [
      [['flows', 4], { from: 't2', to: 't1', megabytes: 1 }],
      [['flows', 5], { from: 't2', to: 't9', megabytes: 1 }],
      [['deadlineSeconds'], 0]
    ]
    const late = broken(sharedWorkload(), ['workflows', 1, 'releaseSeconds'], -1)
    const document = changes.reduce((before, [keys, value]) => broken(before, ['workflows', 0, ...keys], value), late)
    expect(faultsOf(readWorkload(document)).map(({ path }) => path)).toEqual([
      '$.workflows[0].deadlineSeconds',
      '$.workflows[1].releaseSeconds',
      '$.workflows[0].flows[5].to',
      '$.workflows[0].flows'
    ])
  })

  const graphs: Case[] = [
    ['levels of no width', ['generator', 'graph', 'fat', 0], 0, '$.generator.graph.fat[0]', 'fat must be greater than 0'],
    ['levels wider than the graph', ['generator', 'graph', 'fat', 1], 1.1, '$.generator.graph.fat[1]', 'fat must not exceed 1'],
    ['a density below 0', ['generator', 'graph', 'density', 0], -0.1, '$.generator.graph.density[0]', 'density must not be negative'],
    ['a density above 1', ['generator', 'graph', 'density', 1], 2, '$.generator.graph.density[1]', 'density must not exceed 1'],
    [
      'a range upside down',
      ['generator', 'graph', 'density'],
      [0.5, 0.4],
      '$.generator.graph.density',
      'density goes from low to high; these are reversed'
    ],
    ['other flows', ['generator', 'graph', 'flows'], 'some', '$.generator.graph.flows', 'must be "split" or "full", not "some"'],
    [
      'more released together than are drawn',
      ['generator', 'together'],
      7,
      '$.generator.together',
      '7 workflows cannot be released together where users × workflowsPerUser draws 6; draw more, or release fewer'
    ],
    ['half a workflow', ['generator', 'together'], 1.5, '$.generator.together', 'must be a whole number, not 1.5'],
    [
      'gaps between nothing',
      ['generator', 'together'],
      undefined,
      '$.generator.gapSeconds',
      'lies between workflows that are released together; say how many those are in together, or remove it'
    ],
    ['no gap', ['generator', 'gapSeconds'], 0, '$.generator.gapSeconds', 'gapSeconds must be greater than 0']
  ]
  it.each(graphs)('that draws graphs or batches, with %s, is refused at its path', (_, keys, value, path, message) => {
    expect(faultsOf(readWorkload(broken(sharedGenerated(), keys, value)))).toEqual([{ path, message }])
  })

  it('cannot ask for more flows than memory holds, in a workflow or in all', () => {
    const graph = { fat: [1, 1], density: [1, 1] }
    const drawing = (generator: object) => faultsOf(readWorkload({ ...sharedGenerated(), generator }))
    expect(drawing({ users: 1, workflowsPerUser: 1, tasks: 1000, graph })).toEqual([
      {
        path: '$.generator.graph',
        message: 'a workflow may have 252,000 flows, 100,000 at most; draw fewer tasks or thinner graphs'
      }
    ])
    expect(drawing({ users: 100, workflowsPerUser: 10, tasks: 100, graph })).toEqual([
      {
        path: '$.generator.graph',
        message: '1,000 workflows may have 2,700,000 flows, 1,000,000 at most; draw fewer tasks or thinner graphs'
      }
    ])
    expect(drawing({ users: 4, workflowsPerUser: 5, tasks: 100, graph })).toEqual([])
  })
})

describe('a scenario', () => {
  it('of an unknown execution is refused', () => {
    expect(faultsOf(readScenario({ ...sharedScenario(), execution: 'alone' }))).toEqual([
      { path: '$.execution', message: 'must be "independent" or "shared" or "round-trip", not "alone"' }
    ])
  })

  it('of round trips has one place beside the device, linked to every device that owns a workflow', () => {
    const refused = (...changes: [keys: (string | number)[], value: unknown][]) =>
      faultsOf(readScenario(changes.reduce((document, [keys, value]) => broken(document, keys, value), roundTripScenario())))
    expect(refused()).toEqual([])
    expect(refused([['topology', 'nodes', 2], topology().nodes[2]])).toEqual([
      { path: '$.topology.nodes', message: 'execution "round-trip" has one edge or cloud beside the device; here are 2: keep one' }
    ])
    expect(refused([['topology'], { ...topology(), nodes: topology().nodes.slice(0, 1), links: [] }])).toEqual([
      { path: '$.topology.nodes', message: 'execution "round-trip" has one edge or cloud beside the device; here are 0: add one' }
    ])
    const watch = { id: 'watch', tier: 'device', computeMHz: 1, energyPerMegacycle: 1 }
    expect(refused([['topology', 'nodes', 2], watch])).toEqual([])
    expect(
      refused(
        [['topology', 'nodes', 2], watch],
        [['workload', 'workflows', 1], { ...sharedWorkload().workflows[0], id: 'w2', device: 'watch' }]
      )
    ).toEqual([
      {
        path: '$.topology.links',
        message: 'no link joins "watch" and "router", so that no task of "watch" can be offloaded; add one'
      }
    ])
  })

  it('of round trips says of every task what it uploads and returns, which no generator draws', () => {
    const without = broken(roundTripScenario(), ['workload', 'workflows', 0, 'tasks', 1], { id: 't2', megacycles: -1 })
    expect(faultsOf(readScenario(without))).toEqual([
      { path: '$.workload.workflows[0].tasks[1].megacycles', message: 'megacycles must not be negative' },
      ...[
        ['uploadMegabytes', 'uploads'],
        ['resultMegabytes', 'returns']
      ].map(([key, what]) => ({
        path: `$.workload.workflows[0].tasks[1].${key}`,
        message: `is missing; execution "round-trip" needs the 10⁶ bytes that the task ${what} where it is offloaded`
      }))
    ])
    expect(faultsOf(readScenario({ ...roundTripScenario(), workload: generated() }))).toEqual([
      {
        path: '$.workload.generator',
        message: 'does not draw what tasks upload and return, which execution "round-trip" needs; list workflows instead'
      }
    ])
  })
})
