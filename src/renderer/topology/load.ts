import { plain, share } from '@shared/format'
import type { QueuesRecord } from '@shared/contract/assessments'
import { DEFAULT_OBJECTIVE } from '@shared/model/objective'
import { PRESETS } from '@shared/presets'
import { text } from '../ui/text'
import { type Drawing, type DrawnNode, documentOf, nodesByKey } from './drawing'

type NodeLoad = QueuesRecord['load']['nodes'][number]
type DirectionLoad = QueuesRecord['load']['directions'][number]
type Upgrade = QueuesRecord['help'][number]['upgrade']

/** One queue: a node's, for a core, or that of a link direction. */
export interface Queue {
  key: string
  name: string
  tier?: DrawnNode['tier']
  share: number
  /** Tasks of a node, MB of a link direction; a batch. */
  carries: number
  waitedSeconds: number
}

/** What the canvas shows of a load, by key of node and link. */
export interface LoadOnMap {
  nodes: ReadonlyMap<string, NodeLoad>
  links: ReadonlyMap<string, { there: DirectionLoad; back: DirectionLoad }>
  /** The node or link at which most is waited. */
  worst?: string
}

/** The queue that most time is waited for, if any is. */
export const bottleneckOf = (queues: readonly Queue[]): Queue | undefined => (queues[0]?.waitedSeconds > 0 ? queues[0] : undefined)

/** All queues, most waited for first. */
export function loadQueues(drawing: Drawing, { nodes, directions }: QueuesRecord['load']): Queue[] {
  const tiers = new Map(drawing.nodes.map(({ name, tier }) => [name, tier]))
  return [
    ...nodes.map(
      ({ node, share, tasks, waitedSeconds }): Queue => ({
        key: node,
        name: node,
        tier: tiers.get(node),
        share,
        carries: tasks,
        waitedSeconds
      })
    ),
    ...directions.map(({ from, to, share, megabytes, waitedSeconds }): Queue => {
      const name = text.topology.loads.direction(from, to)
      return { key: `${from}\n${to}`, name, share, carries: megabytes, waitedSeconds }
    })
  ].sort((a, b) => b.waitedSeconds - a.waitedSeconds || b.share - a.share)
}

/** A load on the map it was computed for, as far as its nodes and links are still there. */
export function loadOnMap(drawing: Drawing, { nodes, directions }: QueuesRecord['load'], worst: Queue | undefined): LoadOnMap {
  const byName = new Map(nodes.map((each) => [each.node, each]))
  const byEnds = new Map(directions.map((each) => [`${each.from}\n${each.to}`, each]))
  const drawn = nodesByKey(drawing)
  const links = new Map(
    drawing.links.flatMap((link) => {
      const [from, to] = [drawn.get(link.from)?.name, drawn.get(link.to)?.name]
      const [there, back] = [byEnds.get(`${from}\n${to}`), byEnds.get(`${to}\n${from}`)]
      return there && back ? [[link.key, { there, back }] as const] : []
    })
  )
  const own = new Map(drawing.nodes.flatMap(({ key, name }) => (byName.has(name) ? [[key, byName.get(name) as NodeLoad] as const] : [])))
  const key =
    drawing.nodes.find(({ name }) => name === worst?.key)?.key ??
    [...links].find(([, { there, back }]) => [there, back].some(({ from, to }) => `${from}\n${to}` === worst?.key))?.[0]
  return { nodes: own, links, ...(key !== undefined && { worst: key }) }
}

/** What the label of a link says under a load: how busy each direction is, as its ends stand. */
export function loadWords(load: { there: DirectionLoad; back: DirectionLoad }, isRightwards: boolean): { first: string; second: string } {
  const [right, left] = isRightwards ? [load.there, load.back] : [load.back, load.there]
  return { first: `→ ${share(right.share)} %`, second: `← ${share(left.share)} %` }
}

/** An upgrade as a sentence. */
export function upgradeText(upgrade: Upgrade, drawing: Drawing): string {
  const words = text.topology.loads
  const to = plain(upgrade.to, 4)
  if (upgrade.kind === 'bandwidth') {
    const [one] = upgrade.ends
    const sources = new Set(upgrade.ends.map(([source]) => source))
    const [source, target] = upgrade.ends.length === 1 ? one : sources.size === 1 ? [one[0], words.devices] : [words.devices, one[1]]
    return words.bandwidth(words.direction(source, target), to)
  }
  const isAllOfTier = upgrade.nodes.length > 1
  const devices = drawing.nodes.filter(({ tier }) => tier === 'device').length
  const who = isAllOfTier
    ? upgrade.nodes.length === devices
      ? words.everyDevice
      : words.someDevices(upgrade.nodes.length)
    : upgrade.nodes[0]
  return upgrade.kind === 'speed' ? words.speed(who, to) : words.cores(who, upgrade.to)
}

/** A workload that can be laid on a map: of a scenario that comes with the lab, or by its name. */
export interface LoadChoice {
  value: string
  label: string
  workload: unknown
}

/** What comes with the lab: the workloads of scenarios whose workflows meet, then those that stand alone. */
export const PRESET_LOADS: readonly LoadChoice[] = PRESETS.flatMap(({ id, kind, document }) => {
  const workload = kind === 'workload' ? id : (document as { execution?: string; workload?: unknown }).workload
  const isOne = kind === 'workload' || (kind === 'scenario' && (document as { execution?: string }).execution === 'shared')
  return isOne ? [{ value: `${kind}/${id}`, label: id, workload }] : []
}).sort((a, b) => Number(b.value.startsWith('scenario/')) - Number(a.value.startsWith('scenario/')))

/** The scenario of a drawing under a workload: shared machines, whatever else the workload is used with. */
export const loadScenario = (drawing: Drawing, workload: unknown): object => ({
  format: 'dmro-scenario/2',
  name: drawing.name || text.topologies.untitled,
  topology: { ...documentOf(drawing), name: drawing.name || text.topologies.untitled },
  workload,
  objective: DEFAULT_OBJECTIVE,
  execution: 'shared'
})
