import { z } from 'zod'
import type { Fault } from '../experiment/experiment'
import type { Link, Topology, TopologyNode } from '../model/topology'
import { leftOut, noteOf, settledTopology } from './conversion'
import { atLeastZero } from './fields'
import { type Format, restated, claimedText } from './format'
import { lengthFault, parseJson, withoutBareNumbers } from './json'
import { contracted } from './contraction'
import { partsOf, type Read, readBy, refused } from './read'
import { writeTopology } from './topology'

/**
 * EdgeSimPy's datasets (P. Souza et al. 2023), in: servers, users and the switches between them. JSON but for the bare Infinity that
 * Python writes. Switches pass data on and compute nothing, so that they become links: each pair of server and user, or of servers, is
 * joined by the path of least delay between them.
 */

/** EdgeSimPy counts processors without a speed. */
const CORE_MHZ = 2400
const USER_MHZ = 1000
const USER_JOULES = 0.001
/** EdgeSimPy's step of the network is a second, and its bandwidth megabytes per step in its own examples. */
const DEFAULT_WIRELESS_MBPS = 12.5

const reference = z.looseObject({ class: z.string(), id: z.number() })
const relation = reference.nullable().optional()
const Server = z.looseObject({
  attributes: z.looseObject({
    id: z.number(),
    model_name: z.string().nullable().optional(),
    cpu: atLeastZero('cpu'),
    power_model_parameters: z
      .looseObject({ max_power_consumption: atLeastZero('max_power_consumption').optional() })
      .nullable()
      .optional()
  }),
  relationships: z.looseObject({ base_station: relation, network_switch: relation })
})
const User = z.looseObject({ attributes: z.looseObject({ id: z.number() }), relationships: z.looseObject({ base_station: relation }) })
const Station = z.looseObject({
  attributes: z.looseObject({ id: z.number(), wireless_delay: atLeastZero('wireless_delay').default(0) }),
  relationships: z.looseObject({ network_switch: relation })
})
const Wire = z.looseObject({
  attributes: z.looseObject({
    id: z.number(),
    delay: atLeastZero('delay'),
    bandwidth: z.number().gt(0, 'bandwidth must be greater than 0')
  }),
  relationships: z.looseObject({ nodes: z.array(reference).length(2, 'a link joins two nodes') })
})
const Document = z.looseObject({
  EdgeServer: z.array(Server).min(1, 'a topology needs at least one EdgeServer'),
  User: z.array(User).default([]),
  BaseStation: z.array(Station).default([]),
  NetworkLink: z.array(Wire).default([])
})
type Dataset = z.infer<typeof Document>

const READ_CLASSES: ReadonlySet<string> = new Set(['EdgeServer', 'User', 'BaseStation', 'NetworkLink', 'NetworkSwitch', 'Topology'])

const isEdgeSimPy = (text: string): boolean => /^[\s\ufeff]*\{/.test(text) && /"EdgeServer"\s{0,20}:\s{0,20}\[/.test(text)

/** The topology of a dataset. Its note says what is assumed and what is left out. */
function readEdgeSimPy(value: unknown): Read<Topology> {
  const parsed = typeof value === 'string' ? parsedText(value) : ({ ok: true, value } satisfies Read<unknown>)
  if (!parsed.ok) return parsed
  const read = readBy(Document, clean(parsed.value))
  if (!read.ok) return read
  const data = read.value
  const faults: Fault[] = []
  const nodes = [...data.EdgeServer.map(serverOf), ...usersOf(data)]
  const links = linksOf(data, faults)
  if (faults.length > 0) return refused(faults)
  const others = Object.keys(partsOf(parsed.value)).filter((name) => !READ_CLASSES.has(name))
  const topology: Topology = {
    name: 'EdgeSimPy dataset',
    note: noteOf(
      'From EdgeSimPy, which declares no units.',
      `A server’s cpu is its cores, each of ${CORE_MHZ.toLocaleString('en')} MHz; its energy is its greatest power over all of them.`,
      data.User.length > 0
        ? `Users are devices of ${USER_MHZ.toLocaleString('en')} MHz and ${USER_JOULES} J per megacycle, both assumed.`
        : `There are no users: one device of ${USER_MHZ.toLocaleString('en')} MHz was added at the first server.`,
      `Delays are taken for ms and bandwidths for MB/s; wireless ways have their base station’s delay and ${DEFAULT_WIRELESS_MBPS} MB/s, which is assumed.`,
      'Switches compute nothing: every server is joined to each server and user by the path of least delay, at its narrowest link, and nodes do not relay.',
      leftOut([...others, 'memory', 'disk', 'mobility of users'])
    ),
    nodes,
    links
  }
  const placeOf = (kind: 'nodes' | 'links', i: number) =>
    kind === 'links' ? '$.NetworkLink' : i < data.EdgeServer.length ? `$.EdgeServer[${i}]` : `$.User[${i - data.EdgeServer.length}]`
  return settledTopology(topology, placeOf, '$')
}

function parsedText(text: string): Read<unknown> {
  const tooLong = lengthFault(text)
  return tooLong === undefined ? parseJson(withoutBareNumbers(text)) : refused([{ path: '$', message: tooLong }])
}

/** The classes that are read: what users ask for and when may nest as it likes. */
function clean(value: unknown): unknown {
  const parts = partsOf(value)
  return Object.fromEntries(Object.entries(parts).filter(([name]) => READ_CLASSES.has(name)))
}

function serverOf({ attributes: { id, cpu, model_name, power_model_parameters } }: Dataset['EdgeServer'][number]): TopologyNode {
  const cores = Math.max(1, Math.round(cpu))
  const watts = power_model_parameters?.max_power_consumption
  return {
    id: `server ${id}${model_name ? ` (${model_name.slice(0, 60)})` : ''}`,
    tier: 'edge',
    computeMHz: CORE_MHZ,
    energyPerMegacycle: watts === undefined ? 0.0005 : watts / (CORE_MHZ * cores),
    relays: false,
    ...(cores > 1 && { cores })
  }
}

function usersOf({ User: users }: Dataset): TopologyNode[] {
  const device = (id: string): TopologyNode => ({ id, tier: 'device', computeMHz: USER_MHZ, energyPerMegacycle: USER_JOULES })
  return users.length === 0 ? [device('user')] : users.map(({ attributes: { id } }) => device(`user ${id}`))
}

/** Switches contracted: a link for each pair of places that a path joins. */
function linksOf(data: Dataset, faults: Fault[]): Link[] {
  const wires = data.NetworkLink.map(({ attributes, relationships: { nodes } }) => ({
    from: `${nodes[0].class} ${nodes[0].id}`,
    to: `${nodes[1].class} ${nodes[1].id}`,
    latencyMs: attributes.delay,
    bandwidthMBps: Math.min(attributes.bandwidth, 1e9)
  }))
  const stations = new Map(data.BaseStation.map((station) => [station.attributes.id, station]))
  const switchOf = (station: number | undefined) =>
    station === undefined ? undefined : stations.get(station)?.relationships.network_switch?.id
  const own: { id: string; isDevice: boolean }[] = []
  data.EdgeServer.forEach((server, i) => {
    const { id } = serverOf(server)
    own.push({ id, isDevice: false })
    const at = server.relationships.network_switch?.id ?? switchOf(server.relationships.base_station?.id)
    if (at === undefined)
      faults.push({
        path: `$.EdgeServer[${i}].relationships`,
        message: 'stands at no switch, neither its own nor that of its base station'
      })
    else wires.push({ from: id, to: `NetworkSwitch ${at}`, latencyMs: 0, bandwidthMBps: 1e9 })
  })
  usersOf(data).forEach(({ id }, i) => {
    own.push({ id, isDevice: true })
    const station = data.User[i]?.relationships.base_station?.id
    if (data.User.length === 0) return wires.push({ from: id, to: own[0].id, latencyMs: 0, bandwidthMBps: DEFAULT_WIRELESS_MBPS })
    const at = switchOf(station)
    if (station === undefined || at === undefined)
      return faults.push({ path: `$.User[${i}].relationships.base_station`, message: 'is not a base station that has a switch' })
    const delay = stations.get(station)?.attributes.wireless_delay ?? 0
    return wires.push({ from: id, to: `NetworkSwitch ${at}`, latencyMs: delay, bandwidthMBps: DEFAULT_WIRELESS_MBPS })
  })
  return faults.length > 0 ? [] : contracted(own, wires)
}

export const edgeSimPyFormat: Format = {
  id: 'edgesimpy',
  title: 'EdgeSimPy dataset',
  claims: isEdgeSimPy,
  recognises: claimedText(isEdgeSimPy),
  restate: (value) => restated(readEdgeSimPy(value), writeTopology),
  readTopology: readEdgeSimPy
}
