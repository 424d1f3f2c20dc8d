import { MOST_CORES } from '@shared/formats/fields'
import { type Drawing, type DrawnNode, endName, nodesByKey } from './drawing'

/** What can be wrong with a drawing; its words stand in the catalogue. */
export type CheckKind =
  | 'noNode'
  | 'noDevice'
  | 'duplicateName'
  | 'emptyName'
  | 'reservedName'
  | 'zeroCompute'
  | 'negativeEnergy'
  | 'badCores'
  | 'negativeWatts'
  | 'zeroBandwidth'
  | 'zeroBack'
  | 'negativeLatency'
  | 'danglingLink'
  | 'selfLink'
  | 'doubleLink'
  | 'unreachable'
  | 'noServer'
  | 'outOfReach'

export interface Finding {
  kind: CheckKind
  /** Faults keep a topology from being run; a warning is only said. */
  severity: 'fault' | 'warning'
  /** Names for its sentence. */
  names: string[]
  /** What to show: keys of nodes and links. */
  keys: string[]
}

/** Whether a node can have so many cores. */
export const areCores = (cores: number): boolean => Number.isInteger(cores) && cores >= 1 && cores <= MOST_CORES

/** Everything wrong with a drawing, faults first. Linear in its size. */
export function check(drawing: Drawing): Finding[] {
  const faults = [...nodeFaults(drawing), ...linkFaults(drawing)]
  const all = [...faults, ...reachFindings(drawing)]
  return [...all.filter(({ severity }) => severity === 'fault'), ...all.filter(({ severity }) => severity === 'warning')]
}

const fault = (kind: CheckKind, keys: string[] = [], names: string[] = []): Finding => ({ kind, severity: 'fault', names, keys })
const warning = (kind: CheckKind, keys: string[] = [], names: string[] = []): Finding => ({ kind, severity: 'warning', names, keys })

function nodeFaults({ nodes }: Drawing): Finding[] {
  if (nodes.length === 0) return [fault('noNode')]
  const found: Finding[] = []
  const bearers = new Map<string, DrawnNode[]>()
  for (const node of nodes) {
    const name = node.name.trim()
    bearers.set(name, [...(bearers.get(name) ?? []), node])
    if (name === '') found.push(fault('emptyName', [node.key]))
    else if (name.startsWith('@')) found.push(fault('reservedName', [node.key], [name]))
    if (!(node.computeMHz > 0)) found.push(fault('zeroCompute', [node.key], [name]))
    if (!(node.energyPerMegacycle >= 0)) found.push(fault('negativeEnergy', [node.key], [name]))
    if (!areCores(node.cores ?? 1)) found.push(fault('badCores', [node.key], [name]))
    if (node.tier === 'device' && !((node.transmitWatts ?? 0) >= 0 && (node.receiveWatts ?? 0) >= 0))
      found.push(fault('negativeWatts', [node.key], [name]))
  }
  for (const [name, many] of bearers) {
    const keys = many.map((node) => node.key)
    if (many.length > 1 && name !== '') found.push(fault('duplicateName', keys, [name]))
  }
  if (!nodes.some((node) => node.tier === 'device')) found.push(fault('noDevice'))
  return found
}

function linkFaults(drawing: Drawing): Finding[] {
  const nodes = nodesByKey(drawing)
  const joined = new Map<string, string>()
  return drawing.links.flatMap((link) => {
    const names = [endName(nodes, link.from), endName(nodes, link.to)]
    const found: Finding[] = []
    const missing = [link.from, link.to].filter((end) => !nodes.has(end))
    if (missing.length > 0) return [fault('danglingLink', [link.key], [...names, endName(nodes, missing[0])])]
    if (link.from === link.to) return [fault('selfLink', [link.key], names)]
    const pair = [link.from, link.to].sort().join(' ')
    const before = joined.get(pair)
    if (before === undefined) joined.set(pair, link.key)
    else found.push(fault('doubleLink', [link.key, before], names))
    if (!(link.bandwidthMBps > 0)) found.push(fault('zeroBandwidth', [link.key], names))
    if (link.backBandwidthMBps !== undefined && !(link.backBandwidthMBps > 0)) found.push(fault('zeroBack', [link.key], names))
    if (!(link.latencyMs >= 0)) found.push(fault('negativeLatency', [link.key], names))
    return found
  })
}

/** Nodes a device's work can be sent to: over any useful link, on through relays. */
function reachOf(
  device: DrawnNode,
  nodes: ReadonlyMap<string, DrawnNode>,
  neighbours: ReadonlyMap<string, readonly string[]>
): Set<string> {
  const reached = new Set([device.key])
  const waiting = [device.key]
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const node = nodes.get(at)
    if (at !== device.key && (!node || node.tier === 'device' || node.relays === false)) continue
    for (const next of neighbours.get(at) ?? []) {
      if (reached.has(next)) continue
      reached.add(next)
      waiting.push(next)
    }
  }
  return reached
}

function reachFindings(drawing: Drawing): Finding[] {
  const nodes = nodesByKey(drawing)
  const neighbours = new Map<string, string[]>(drawing.nodes.map((node) => [node.key, []]))
  for (const { from, to, bandwidthMBps } of drawing.links) {
    if (!(bandwidthMBps > 0)) continue
    neighbours.get(from)?.push(to)
    neighbours.get(to)?.push(from)
  }
  const servers = drawing.nodes.filter((node) => node.tier !== 'device')
  const devices = drawing.nodes.filter((node) => node.tier === 'device')
  if (devices.length > 0 && servers.length === 0) return [warning('noServer')]
  const found: Finding[] = []
  const served = new Set<string>()
  for (const device of devices) {
    const reached = reachOf(device, nodes, neighbours)
    const reachable = servers.filter((server) => reached.has(server.key))
    for (const server of reachable) served.add(server.key)
    if (reachable.length === 0) found.push(warning('unreachable', [device.key], [device.name]))
  }
  const idle = devices.length > 0 ? servers.filter((server) => !served.has(server.key)) : []
  return [...found, ...idle.map((server) => warning('outOfReach', [server.key], [server.name]))]
}
