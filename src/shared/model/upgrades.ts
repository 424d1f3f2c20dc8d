import type { BatchLoad } from './queues'
import type { Topology } from './topology'

/** A change of a topology that somebody could pay for: twice a speed, one core more, twice a bandwidth one way. */
export type Upgrade =
  | { kind: 'speed'; nodes: string[]; from: number; to: number }
  | { kind: 'core'; nodes: string[]; from: number; to: number }
  | { kind: 'bandwidth'; ends: [from: string, to: string][]; from: number; to: number }

/** So many of all that could be changed are placed again. */
export const MOST_UPGRADES = 12

/** The topology after an upgrade. */
export function upgraded(topology: Topology, upgrade: Upgrade): Topology {
  if (upgrade.kind === 'bandwidth') {
    const isOne = (from: string, to: string) => upgrade.ends.some(([a, b]) => a === from && b === to)
    const links = topology.links.map((link) => {
      const back = link.backBandwidthMBps ?? link.bandwidthMBps
      const bandwidthMBps = isOne(link.from, link.to) ? upgrade.to : link.bandwidthMBps
      const backBandwidthMBps = isOne(link.to, link.from) ? upgrade.to : back
      return bandwidthMBps === link.bandwidthMBps && backBandwidthMBps === back ? link : { ...link, bandwidthMBps, backBandwidthMBps }
    })
    return { ...topology, links }
  }
  const change = upgrade.kind === 'speed' ? { computeMHz: upgrade.to } : { cores: upgrade.to }
  return { ...topology, nodes: topology.nodes.map((node) => (upgrade.nodes.includes(node.id) ? { ...node, ...change } : node)) }
}

/**
 * The plausible upgrades of a topology under a load: of every server, of all devices that are alike together, of every link direction, those
 * of like devices to one server together. What is idle and waited for by nobody is left out; of more than can be placed again, those at what
 * is waited for most, then at what is busiest.
 */
export function upgradesOf(topology: Topology, load: BatchLoad): Upgrade[] {
  const found: { upgrade: Upgrade; waited: number; share: number }[] = []
  for (const nodes of alike(topology)) {
    const [{ computeMHz, cores = 1 }] = nodes
    const ids = nodes.map(({ id }) => id)
    const at = load.nodes.filter(({ node }) => ids.includes(node))
    const weight = { waited: sum(at.map(({ waitedSeconds }) => waitedSeconds)), share: mostOf(at.map(({ share }) => share)) }
    found.push({ upgrade: { kind: 'speed', nodes: ids, from: computeMHz, to: 2 * computeMHz }, ...weight })
    found.push({ upgrade: { kind: 'core', nodes: ids, from: cores, to: cores + 1 }, ...weight })
  }
  for (const { ends, rate } of directions(topology)) {
    const at = load.directions.filter(({ from, to }) => ends.some(([a, b]) => a === from && b === to))
    const weight = { waited: sum(at.map(({ waitedSeconds }) => waitedSeconds)), share: mostOf(at.map(({ share }) => share)) }
    found.push({ upgrade: { kind: 'bandwidth', ends, from: rate, to: 2 * rate }, ...weight })
  }
  return found
    .filter(({ waited, share, upgrade }) => (upgrade.kind === 'core' ? waited > 0 : share > 0))
    .sort((a, b) => b.waited - a.waited || b.share - a.share)
    .slice(0, MOST_UPGRADES)
    .map(({ upgrade }) => upgrade)
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
const mostOf = (values: readonly number[]) => values.reduce((most, value) => Math.max(most, value), 0)

/** Things by what they have in common, in the order in which they come. */
function grouped<T>(all: readonly T[], keyOf: (each: T, i: number) => string): T[][] {
  const groups = new Map<string, T[]>()
  all.forEach((each, i) => {
    const key = keyOf(each, i)
    groups.set(key, [...(groups.get(key) ?? []), each])
  })
  return [...groups.values()]
}

const alike = ({ nodes }: Topology) =>
  grouped(nodes, ({ tier, computeMHz, cores = 1 }, i) => (tier === 'device' ? `${computeMHz}/${cores}` : `node ${i}`))

/** Link directions: those of devices to or from one server at one rate together, each other one for itself. */
function directions({ nodes, links }: Topology): { ends: [string, string][]; rate: number }[] {
  const servers = new Set(nodes.filter(({ tier }) => tier !== 'device').map(({ id }) => id))
  const all = links.flatMap(({ from, to, bandwidthMBps, backBandwidthMBps = bandwidthMBps }) => [
    { from, to, rate: bandwidthMBps },
    { from: to, to: from, rate: backBandwidthMBps }
  ])
  const groups = grouped(all, ({ from, to, rate }, i) => {
    if (servers.has(from) === servers.has(to)) return `direction ${i}`
    return servers.has(to) ? `to ${to} at ${rate}` : `from ${from} at ${rate}`
  })
  return groups.map((group) => ({ ends: group.map(({ from, to }): [string, string] => [from, to]), rate: group[0].rate }))
}
