import type { InspectedBatch } from '@shared/contract/placements'
import type { Tier } from '@shared/model/topology'
import { text } from '../ui/text'
import { type Hold, type BatchSchedule, waitOf } from './schedule'

/** A line of a schedule: a core, a link direction, or the link directions of one node together. */
export interface Lane {
  id: string
  /** Who serves it: node, or link direction. */
  machine: string
  /** Undefined: a link. */
  tier?: Tier
  /** Of several of one machine, which one, from 1. */
  core?: number
  /** Link directions in it; 1 of others. */
  directions: number
}

/** More lanes than this are folded: idle ones first, then links, per node that sends. */
export const MOST_LANES = 40

export interface Lanes {
  lanes: readonly Lane[]
  /** How many idle ones are folded away. */
  idle: number
  /** The lane that a hold stands in: an index. */
  of(hold: Hold): number
}

const idOf = (machine: string, row: number): string => `${machine}/${row}`

/**
 * The lanes of schedules of one batch, the same for all, so that they stand above each other: nodes in the order of places, devices first,
 * then link directions, both of a link together. `unfolded`: all of them, however many.
 */
export function lanesOf({ workflows }: Pick<InspectedBatch, 'workflows'>, schedules: readonly BatchSchedule[], unfolded = false): Lanes {
  const holds = schedules.flatMap((schedule) => schedule.holds)
  const rows = new Map<string, number>()
  for (const { machine, row } of holds) rows.set(machine, Math.max(rows.get(machine) ?? 0, row + 1))
  const nodes = new Map<string, Tier>()
  for (const tier of ['device', 'edge', 'cloud'] as const) {
    for (const { places } of workflows) for (const place of places) if (place.tier === tier) nodes.set(place.id, tier)
  }
  const computing = [...nodes].flatMap(([machine, tier]) => {
    const cores = Math.max(1, rows.get(machine) ?? 0)
    return Array.from({ length: cores }, (_, row): Lane => {
      const core = cores > 1 ? { core: row + 1 } : {}
      return { id: idOf(machine, row), machine, tier, ...core, directions: 1 }
    })
  })
  const place = new Map([...nodes.keys()].map((id, i) => [id, i]))
  const rank = (node: string) => place.get(node) ?? nodes.size
  const links = new Map<string, readonly [string, string]>()
  for (const { machine, ends } of holds) if (ends) links.set(machine, ends)
  const directions = [...links].sort(([, [a, b]], [, [c, d]]) => {
    const [low, high] = [Math.min(rank(a), rank(b)), Math.max(rank(a), rank(b))]
    return low - Math.min(rank(c), rank(d)) || high - Math.max(rank(c), rank(d)) || rank(a) - rank(c)
  })
  const sending = directions.flatMap(([machine]) => {
    const side = rows.get(machine) ?? 1
    return Array.from({ length: side }, (_, row): Lane => {
      return { id: idOf(machine, row), machine, ...(side > 1 && { core: row + 1 }), directions: 1 }
    })
  })
  const all = [...computing, ...sending]
  if (unfolded || all.length <= MOST_LANES) return indexed(all, 0, (hold) => idOf(hold.machine, hold.row))

  const used = new Set(holds.map(({ machine, row }) => idOf(machine, row)))
  const busy = all.filter(({ id }) => used.has(id))
  const idle = all.length - busy.length
  if (busy.length <= MOST_LANES) return indexed(busy, idle, (hold) => idOf(hold.machine, hold.row))

  const senders = new Map<string, number>()
  for (const [, [from]] of directions) senders.set(from, (senders.get(from) ?? 0) + 1)
  const bundles = [...senders].map(([from, count]): Lane => ({ id: `${from} →`, machine: `${from} →`, directions: count }))
  const folded = [...busy.filter(({ tier }) => tier !== undefined), ...bundles]
  return indexed(folded, idle, (hold) => (hold.ends ? `${hold.ends[0]} →` : idOf(hold.machine, hold.row)))
}

function indexed(lanes: readonly Lane[], idle: number, id: (hold: Hold) => string): Lanes {
  const index = new Map(lanes.map((lane, i) => [lane.id, i]))
  return { lanes, idle, of: (hold) => index.get(id(hold)) ?? 0 }
}

/** [lanes] the share of a schedule's time that each is busy, and how long things waited for it together, s. */
export function laneFigures({ holds, end }: BatchSchedule, { lanes, of }: Lanes): { busy: number; waited: number }[] {
  const figures = lanes.map(() => ({ busy: 0, waited: 0 }))
  for (const hold of holds) {
    const figure = figures[of(hold)]
    figure.busy += (hold.end - hold.start) / (end || 1) / lanes[of(hold)].directions
    figure.waited += waitOf(hold)
  }
  return figures
}

/** Time waited for each node and link direction, s, by schedule; first where the first schedule waits most, beyond the second if there is one. */
export function queuesOf(schedules: readonly BatchSchedule[]): { machine: string; waited: number[] }[] {
  const queues = new Map<string, number[]>()
  schedules.forEach(({ holds }, s) => {
    for (const hold of holds) {
      const waited = queues.get(hold.machine) ?? schedules.map(() => 0)
      queues.set(hold.machine, waited)
      waited[s] += waitOf(hold)
    }
  })
  const lost = ([own, other = 0]: readonly number[]) => own - other
  return [...queues].map(([machine, waited]) => ({ machine, waited })).sort((a, b) => lost(b.waited) - lost(a.waited))
}

/** A lane as people read it. */
export function laneName({ machine, core, tier }: Lane): string {
  if (core === undefined) return machine
  return tier === undefined ? text.schedule.row(machine, core) : text.schedule.core(machine, core)
}
