import { readTopology, readWorkload } from '@shared/formats'
import { describe, expect, it } from 'vitest'
import { broken, generated, topology, workload } from './documents'
import { type Case, faultsOf } from './faults'

describe('a topology', () => {
  const cases: Case[] = [
    ['another format', ['format'], 'dmro-topology/3', '$.format', 'must be "dmro-topology/1" or "dmro-topology/2", not "dmro-topology/3"'],
    ['no format', ['format'], undefined, '$.format', 'is missing; it must be "dmro-topology/1" or "dmro-topology/2"'],
    ['no name', ['name'], undefined, '$.name', 'is missing; it must be a text'],
    ['an unknown key', ['colour'], 'red', '$.colour', '"colour" is not a key of this format; remove it or correct its spelling'],
    [
      'an unknown key deep inside',
      ['nodes', 1, 'computeGHz'],
      4,
      '$.nodes[1].computeGHz',
      '"computeGHz" is not a key of this format; remove it or correct its spelling'
    ],
    [
      'a key that is not a name',
      ['nodes', 1, 'compute MHz'],
      4,
      '$.nodes[1]["compute MHz"]',
      '"compute MHz" is not a key of this format; remove it or correct its spelling'
    ],
    ['an unknown tier', ['nodes', 0, 'tier'], 'fog', '$.nodes[0].tier', 'must be "device" or "edge" or "cloud", not "fog"'],
    ['no speed', ['nodes', 2, 'computeMHz'], 0, '$.nodes[2].computeMHz', 'computeMHz must be greater than 0'],
    [
      'a speed too small to be meant',
      ['nodes', 2, 'computeMHz'],
      1e-300,
      '$.nodes[2].computeMHz',
      'computeMHz must be at least 1e-9; check its unit'
    ],
    [
      'a speed too large to be meant',
      ['nodes', 2, 'computeMHz'],
      1e300,
      '$.nodes[2].computeMHz',
      'computeMHz must not exceed 1000000000000000; check its unit'
    ],
    ['an endless speed', ['nodes', 2, 'computeMHz'], Infinity, '$.nodes[2].computeMHz', 'must be a finite number, not Infinity'],
    ['a speed in words', ['nodes', 2, 'computeMHz'], '4 GHz', '$.nodes[2].computeMHz', 'must be a number, not "4 GHz"'],
    ['negative energy', ['nodes', 0, 'energyPerMegacycle'], -1, '$.nodes[0].energyPerMegacycle', 'energyPerMegacycle must not be negative'],
    ['a dead link', ['links', 0, 'bandwidthMBps'], 0, '$.links[0].bandwidthMBps', 'bandwidthMBps must be greater than 0'],
    ['a link into the past', ['links', 0, 'latencyMs'], -2, '$.links[0].latencyMs', 'latencyMs must not be negative'],
    ['two nodes of one id', ['nodes', 3, 'id'], 'router', '$.nodes[3].id', '"router" is already the id of node 1; ids must differ'],
    [
      'a reserved id',
      ['nodes', 0, 'id'],
      '@input',
      '$.nodes[0].id',
      'ids that start with @ are reserved for @input and @output; choose another'
    ],
    [
      'an id that pollutes',
      ['nodes', 0, 'id'],
      'constructor',
      '$.nodes[0].id',
      'this id could not be a key of a placement; choose another'
    ],
    ['a link to nowhere', ['links', 1, 'to'], 'cave', '$.links[1].to', 'there is no node "cave"'],
    ['a link to itself', ['links', 1, 'to'], 'rack', '$.links[1]', 'joins "rack" to itself; remove it'],
    ['a link drawn twice', ['links', 2, 'to'], 'router', '$.links[2]', 'joins the same nodes as link 0; links lead both ways, keep one'],
    [
      'a link drawn again the other way',
      ['links', 3],
      { from: 'router', to: 'phone', bandwidthMBps: 1 },
      '$.links[3]',
      'joins the same nodes as link 0; links lead both ways, keep one'
    ],
    ['no device', ['nodes', 0, 'tier'], 'edge', '$.nodes', 'a device is missing; workflows start on one, so add one'],
    ['a relaying device', ['nodes', 0, 'relays'], true, '$.nodes[0].relays', 'a device never relays; remove this key'],
    ['no nodes', ['nodes'], [], '$.nodes', 'a topology needs at least one device'],
    ['nodes that are not a list', ['nodes'], {}, '$.nodes', 'must be a list, not an object'],
    ['a node that is none', ['nodes', 1], null, '$.nodes[1]', 'must be an object, not null'],
    ['half a position', ['nodes', 0, 'position'], { x: 1 }, '$.nodes[0].position.y', 'is missing; it must be a number']
  ]
  it.each(cases)('with %s is refused at its path', (_, keys, value, path, message) => {
    expect(faultsOf(readTopology(broken(topology(), keys, value)))).toContainEqual({ path, message })
  })

  it('with more places than a placement can number is refused', () => {
    const server = (i: number) => ({ id: `e${i}`, tier: 'edge', computeMHz: 1, energyPerMegacycle: 1 })
    const large = (count: number) => ({
      ...topology(),
      nodes: [topology().nodes[0], ...Array.from({ length: count }, (_, i) => server(i))],
      links: []
    })
    expect(faultsOf(readTopology(large(255)))).toEqual([])
    expect(faultsOf(readTopology(large(256)))).toEqual([{ path: '$.nodes', message: 'there are 256 edges and clouds; 255 at most' }])
    expect(faultsOf(readTopology(large(1000)))).toContainEqual({ path: '$.nodes', message: 'a topology has 1000 nodes at most' })
  })

  it.each([null, 7, 'house', [], undefined, true])('is never %j', (value) => {
    expect(faultsOf(readTopology(value))).toHaveLength(1)
  })

  it('that lacks the ends of a link is told so once, not as a link to itself', () => {
    const links = [{ bandwidthMBps: 1 }, { bandwidthMBps: 1 }]
    expect(faultsOf(readTopology({ ...topology(), links })).map((fault) => fault.path)).toEqual([
      '$.links[0].from',
      '$.links[0].to',
      '$.links[1].from',
      '$.links[1].to'
    ])
  })

  it('has every fault told at once, fields and graph alike', () => {
    const document = broken(
      broken(broken(broken(topology(), ['nodes', 0, 'computeMHz'], -1), ['nodes', 3, 'id'], 'rack'), ['links', 0, 'to'], 'cave'),
      ['extra'],
      1
    )
    expect(
      faultsOf(readTopology(document))
        .map((fault) => fault.path)
        .sort()
    ).toEqual(['$.extra', '$.links[0].to', '$.nodes[0].computeMHz', '$.nodes[3].id'])
  })

  it('has a thousand faults told and the rest counted', () => {
    const links = Array.from({ length: 3000 }, () => ({ from: 'x', to: 'y', bandwidthMBps: 0, latencyMs: 0 }))
    const faults = faultsOf(readTopology({ ...topology(), links }))
    expect(faults).toHaveLength(1001)
    expect(faults[1000].message).toMatch(/^and [\d,]+ more$/)
  })
})

describe('a workload', () => {
  const cases: Case[] = [
    [
      'a negative size',
      ['workflows', 0, 'tasks', 1, 'megacycles'],
      -1,
      '$.workflows[0].tasks[1].megacycles',
      'megacycles must not be negative'
    ],
    [
      'a flow of no number',
      ['workflows', 0, 'flows', 1, 'megabytes'],
      Number.NaN,
      '$.workflows[0].flows[1].megabytes',
      'must be a finite number, not NaN'
    ],
    ['two workflows of one id', ['workflows', 1, 'id'], 'w1', '$.workflows[1].id', '"w1" is already the id of workflow 0; ids must differ'],
    [
      'two tasks of one id',
      ['workflows', 0, 'tasks', 1, 'id'],
      't1',
      '$.workflows[0].tasks[1].id',
      '"t1" is already the id of task 0; ids must differ'
    ],
    [
      'a task called as a pseudo-task',
      ['workflows', 0, 'tasks', 1, 'id'],
      '@output',
      '$.workflows[0].tasks[1].id',
      'ids that start with @ are reserved for @input and @output; choose another'
    ],
    [
      'a flow from nowhere',
      ['workflows', 0, 'flows', 1, 'from'],
      't9',
      '$.workflows[0].flows[1].from',
      'there is no task "t9"; data comes from a task or from @input'
    ],
    [
      'a flow from the output',
      ['workflows', 0, 'flows', 1, 'from'],
      '@output',
      '$.workflows[0].flows[1].from',
      'there is no task "@output"; data comes from a task or from @input'
    ],
    [
      'a flow into the input',
      ['workflows', 0, 'flows', 1, 'to'],
      '@input',
      '$.workflows[0].flows[1].to',
      'there is no task "@input"; data goes to a task or to @output'
    ],
    [
      'a flow past all tasks',
      ['workflows', 0, 'flows', 0, 'to'],
      '@output',
      '$.workflows[0].flows[0]',
      'leads from @input straight to @output; data passes through a task'
    ],
    ['a flow to its own task', ['workflows', 0, 'flows', 1, 'to'], 't1', '$.workflows[0].flows[1]', 'leads from "t1" to itself; remove it'],
    [
      'a flow told twice',
      ['workflows', 0, 'flows', 3],
      { from: 't1', to: 't2', megabytes: 1 },
      '$.workflows[0].flows[3]',
      'joins the same tasks as flow 1; make them one'
    ],
    [
      'a circle',
      ['workflows', 0, 'flows', 3],
      { from: 't2', to: 't1', megabytes: 1 },
      '$.workflows[0].flows',
      'these tasks wait for each other in a circle: "t1", "t2"'
    ],
    ['no tasks', ['workflows', 1, 'tasks'], [], '$.workflows[1].tasks', 'a workflow needs at least one task'],
    ['no workflows', ['workflows'], [], '$.workflows', 'a workload needs at least one workflow'],
    ['neither workflows nor generator', ['workflows'], undefined, '$.workflows', 'is missing; it must be a list']
  ]
  it.each(cases)('with %s is refused at its path', (_, keys, value, path, message) => {
    expect(faultsOf(readWorkload(broken(workload(), keys, value)))).toContainEqual({ path, message })
  })

  const drawn: Case[] = [
    [
      'a range upside down',
      ['generator', 'megacycles'],
      [5, 4],
      '$.generator.megacycles',
      'megacycles goes from low to high; these are reversed'
    ],
    ['a range of one number', ['generator', 'megacycles'], 5, '$.generator.megacycles', 'must be a list, not 5'],
    ['a negative range', ['generator', 'laterMegabytes', 0], -5, '$.generator.laterMegabytes[0]', 'laterMegabytes must not be negative'],
    ['half a user', ['generator', 'users'], 1.5, '$.generator.users', 'must be a whole number, not 1.5'],
    ['no tasks', ['generator', 'tasks'], 0, '$.generator.tasks', 'tasks must be at least 1'],
    [
      'an unknown parameter',
      ['generator', 'user'],
      1,
      '$.generator.user',
      '"user" is not a key of this format; remove it or correct its spelling'
    ],
    ['no seed', ['seed'], undefined, '$.seed', 'is missing; it must be a number'],
    ['a seed that is not exact', ['seed'], 2 ** 53, '$.seed', 'a seed must not exceed 9007199254740991'],
    [
      'both workflows and a generator',
      ['workflows'],
      [],
      '$.workflows',
      '"workflows" is not a key of this format; remove it or correct its spelling'
    ]
  ]
  it.each(drawn)('that is generated, with %s, is refused at its path', (_, keys, value, path, message) => {
    expect(faultsOf(readWorkload(broken(generated(), keys, value)))).toContainEqual({ path, message })
  })

  it('cannot ask for more generated tasks than memory holds', () => {
    const many = { ...generated(), generator: { users: 1000, workflowsPerUser: 1000, tasks: 1000 } }
    expect(faultsOf(readWorkload(many))).toEqual([
      { path: '$.generator', message: 'users × workflowsPerUser × tasks must not exceed 1000000' }
    ])
  })
})
