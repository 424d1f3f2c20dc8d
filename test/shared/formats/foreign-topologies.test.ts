import { FORMATS, parseDocument, type Read, readTopology, recognise, writeTopology } from '@shared/formats'
import type { Scenario } from '@shared/model/scenario'
import type { Topology } from '@shared/model/topology'
import { describe, expect, it } from 'vitest'
import { EDGESIMPY, FOREIGN, GML, GRAPHML, NODES_AND_LINKS, nodeLink, raycloudsim, sagaInstance } from './foreign'

/** A text as hosts read it: recognised, and restated as our own. */
function restated<T>(text: string): Read<T> {
  const parsed = parseDocument(text)
  if (!parsed.ok) return parsed
  return recognise(parsed.value)?.restate?.(parsed.value, {}) as Read<T>
}

function topologyIn(text: string): Topology {
  const read = restated<Topology>(text)
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  const own = readTopology(read.value)
  if (!own.ok) throw new Error(JSON.stringify(own.faults))
  return own.value
}

const faultsIn = (text: string, as?: string) => {
  const believed = FORMATS.find(({ id }) => id === as)
  const parsed = parseDocument(text, believed)
  const read = parsed.ok ? (believed ?? recognise(parsed.value))?.restate?.(parsed.value, {}) : parsed
  return !read || read.ok ? [] : read.faults.map(({ path, message }) => `${path}: ${message}`)
}

it.each(FOREIGN)('%s is recognised by what it holds', (id, text) => {
  const parsed = parseDocument(text)
  expect(parsed.ok && recognise(parsed.value)?.id).toBe(id)
})

describe('GraphML', () => {
  const topology = topologyIn(GRAPHML)

  it('keeps nodes by their labels, links by their raw speed and length', () => {
    expect(topology.name).toBe('Two cities')
    expect(topology.nodes.map(({ id, tier }) => `${id} ${tier}`)).toEqual(['Bern edge', 'Rome edge', 'Rome (2) edge', 'device device'])
    expect(topology.links).toHaveLength(3)
    expect(topology.links[0]).toMatchObject({ from: 'Bern', to: 'Rome', bandwidthMBps: 1250 })
    // Bern and Rome are 690 km apart.
    expect(topology.links[0].latencyMs).toBeCloseTo(690 * 0.005, 1)
    expect(topology.links[1]).toEqual({ from: 'Rome', to: 'Rome (2)', bandwidthMBps: 125, latencyMs: 0 })
  })

  it('says what it assumed and left out', () => {
    for (const said of [
      'What a node is, is not stated of 3: edges are assumed.',
      'Speed not stated: 12,000 MHz are assumed of 3 edges.',
      'Parallel to others: 1 link',
      'Left out: 1 link of a node to itself.',
      'Latency not stated: 0 ms are assumed of 1 link.',
      'No node is a device: "device" was added at "Bern"',
      'Not carried over: Country.'
    ])
      expect(topology.note).toContain(said)
  })

  it('names the line of what is wrong', () => {
    expect(faultsIn(GRAPHML.replace('target="2"', 'target="9"'))).toEqual(['line 16: there is no node "9"'])
    expect(faultsIn(GRAPHML.replace('10000000000.0', 'fast'))).toEqual(['line 14: LinkSpeedRaw must be a number of 0 or more, not "fast"'])
    expect(faultsIn(GRAPHML.replace('id="1"', 'id="0"'))).toContain('line 12: node "0" is there already')
    expect(faultsIn(GRAPHML.replace('</graph>', '</grph>'))[0]).toMatch(/^line 18: is not well-formed XML/)
    expect(faultsIn('<graphml/>')).toEqual(['line 1: it holds no <graph>'])
  })
})

describe('GML', () => {
  it('keeps stated units, guesses others and joins both ways into one link', () => {
    const { name, nodes, links, note } = topologyIn(GML)
    expect(name).toBe('shed & barn')
    expect(nodes).toMatchObject([
      { id: 'shed', tier: 'device', computeMHz: 1000, position: { x: 10, y: 20 } },
      { id: 'barn', tier: 'edge', computeMHz: 12_000 }
    ])
    expect(links).toEqual([{ from: 'shed', to: 'barn', bandwidthMBps: 10, backBandwidthMBps: 1, latencyMs: 4 }])
    for (const said of [
      'The unit of "bandwidth" is not stated: Mbit/s is guessed.',
      'Another latency on the way back: 1 link',
      'Not carried over: cpu, weight.'
    ])
      expect(note).toContain(said)
  })

  it('names the line of what is wrong', () => {
    expect(faultsIn(GML.replace('id 8', 'di 8'))).toEqual(['line 7: a node has no id'])
    expect(faultsIn(GML.replace(/\]\n$/, ''))).toEqual(['line 10: "graph [" of line 3 is never closed'])
    expect(faultsIn(GML.replace('target 8', 'target 9'))).toEqual(['line 8: there is no node "9"'])
    expect(faultsIn(`${GML}]`)).toEqual(['line 11: "]" closes nothing'])
  })
})

describe('EdgeSimPy', () => {
  const topology = topologyIn(EDGESIMPY)

  it('contracts switches to the paths of least delay, bare infinities and all', () => {
    expect(topology.nodes).toMatchObject([
      { id: 'server 1 (X)', tier: 'edge', cores: 8, relays: false, energyPerMegacycle: 192 / (8 * 2400) },
      { id: 'server 2', tier: 'edge' },
      { id: 'user 1', tier: 'device' }
    ])
    expect(topology.links).toEqual([
      { from: 'server 1 (X)', to: 'server 2', bandwidthMBps: 4, latencyMs: 12 },
      { from: 'server 1 (X)', to: 'user 1', bandwidthMBps: 12.5, latencyMs: 3 },
      { from: 'server 2', to: 'user 1', bandwidthMBps: 4, latencyMs: 15 }
    ])
    expect(topology.note).toContain('Not carried over: CircularDurationAndIntervalAccessPattern, disk, memory, mobility of users.')
  })

  it('names the path of what is wrong', () => {
    expect(faultsIn(EDGESIMPY.replace('"cpu": 1', '"cpu": -1'))).toEqual(['$.EdgeServer[1].attributes.cpu: cpu must not be negative'])
    expect(faultsIn(EDGESIMPY.replace('"base_station": {"class": "BaseStation", "id": 1}}}]', '"base_station": null}}]'))).toEqual([
      '$.User[0].relationships.base_station: is not a base station that has a switch'
    ])
    expect(faultsIn(EDGESIMPY.replace('Infinity,', 'Infinity'))[0]).toMatch(/line 14, column \d+/)
  })
})

describe('RayCloudSim', () => {
  it('keeps its rates each way, and a user beside each node', () => {
    const { nodes, links } = topologyIn(JSON.stringify(raycloudsim()))
    expect(nodes.map(({ id, tier, computeMHz }) => [id, tier, computeMHz])).toEqual([
      ['n0', 'edge', 1900],
      ['n1', 'edge', 1000],
      ['n0 user', 'device', 1],
      ['n1 user', 'device', 1]
    ])
    expect(links[0]).toEqual({ from: 'n0', to: 'n1', bandwidthMBps: 125, backBandwidthMBps: 10, latencyMs: 0 })
  })

  it('names the path of what is wrong', () => {
    const document = raycloudsim()
    document.Edges[1].DstNodeID = 5
    expect(faultsIn(JSON.stringify(document))).toEqual(['$.Edges[1].DstNodeID: there is no node 5'])
  })
})

describe('SAGA', () => {
  it('an instance is a scenario of shared machines and delay alone', () => {
    const read = restated<Scenario>(JSON.stringify(sagaInstance()))
    if (!read.ok) throw new Error(JSON.stringify(read.faults))
    const { topology, workload, execution, objective } = read.value
    expect({ execution, energyWeight: objective.energyWeight }).toEqual({ execution: 'shared', energyWeight: 0 })
    expect(topology.nodes.map(({ id, tier, computeMHz }) => [id, tier, computeMHz])).toEqual([
      ['quick', 'edge', 2],
      ['slow', 'device', 1]
    ])
    expect(topology.links).toEqual([{ from: 'quick', to: 'slow', bandwidthMBps: 0.5, latencyMs: 0 }])
    expect(workload).toMatchObject({
      workflows: [
        { device: 'slow', tasks: [{ megacycles: 2 }, { megacycles: 3 }, { megacycles: 1 }], flows: [{ megabytes: 4 }, { megabytes: 0.5 }] }
      ]
    })
  })

  it('node-link graphs of before are networks, or task graphs where they are directed', () => {
    expect(topologyIn(JSON.stringify(nodeLink(false))).links).toEqual([{ from: 'T0', to: 'T1', bandwidthMBps: 4, latencyMs: 0 }])
    expect(restated(JSON.stringify(nodeLink(true)))).toMatchObject({
      ok: true,
      value: { workflows: [{ tasks: [{ id: 'T0', megacycles: 2 }, {}], flows: [{ megabytes: 4 }] }] }
    })
  })

  it('names the path of what is wrong', () => {
    const instance = sagaInstance()
    instance.network.edges[0].target = 'nobody'
    instance.task_graph.tasks[1].cost = -1
    expect(faultsIn(JSON.stringify(instance))).toEqual([
      '$.network.edges[0]: there is no node "nobody"',
      '$.task_graph.tasks[1].cost: cost must not be negative'
    ])
  })
})

describe('tables of nodes and links', () => {
  it('are read with semicolons and decimal commas, tabs, or links alone', () => {
    const { nodes, links } = topologyIn(NODES_AND_LINKS)
    expect(nodes).toMatchObject([
      { id: 'phone', computeMHz: 1000 },
      { id: 'rack', tier: 'cloud', computeMHz: 20_000.5 }
    ])
    expect(links).toEqual([{ from: 'phone', to: 'rack', bandwidthMBps: 12.5, latencyMs: 2.5 }])
    expect(topologyIn('source\ttarget\tbandwidthMBps\na\tb\t5\n"b"\tc\t6\n').links).toMatchObject([
      { from: 'a', to: 'b', bandwidthMBps: 5 },
      { from: 'b', to: 'c', bandwidthMBps: 6 },
      { from: 'device', to: 'a' }
    ])
  })

  it('name the line of what is wrong', () => {
    expect(faultsIn(NODES_AND_LINKS.replace('phone;rack', 'phone;shelf'))).toEqual(['line 6: there is no node "shelf"'])
    expect(faultsIn('from,to\na,"b\n')).toEqual(['line 2: a cell in quotes is never closed'])
    expect(faultsIn('from,to,to\na,b,c\n')).toEqual(['line 1: there are two columns "to"'])
  })
})

it('a topology restated by its own document is the same', () => {
  for (const text of [GRAPHML, GML, EDGESIMPY]) {
    const topology = topologyIn(text)
    expect(topologyIn(JSON.stringify(writeTopology(topology)))).toEqual(topologyIn(text))
  }
})
