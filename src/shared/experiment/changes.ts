import { type Environment, relativeChange } from '../model/environment'
import { type Link, type Topology, atRate } from '../model/topology'

/** What a topology's links and nodes come to; those not named keep what they have. */
export interface Coefficients {
  links: readonly { from: string; to: string; bandwidthMBps: number }[]
  nodes: readonly { id: string; computeMHz: number }[]
}

/** A change of the world while a run lives. Factors multiply what holds at that moment. */
export interface ScheduledChange {
  /** The first workflow, counted from 0, that meets the changed world. */
  at: number
  links: readonly { from: string; to: string; bandwidthFactor: number }[]
  nodes: readonly { id: string; speedFactor: number }[]
}

/** A run's changing world as data. */
export interface Schedule {
  name: string
  note?: string
  /** Workflows the run places in all. */
  workflows: number
  /** In order of `at`. */
  changes: readonly ScheduledChange[]
}

/** Links lead both ways, so either order names one. */
export function joins(link: Pick<Link, 'from' | 'to'>, a: string, b: string): boolean {
  return (link.from === a && link.to === b) || (link.from === b && link.to === a)
}

/** A topology with other coefficients. Throws RangeError for a link or node it does not have. */
export function withCoefficients(topology: Topology, { links, nodes }: Coefficients): Topology {
  for (const { from, to } of links) {
    if (!topology.links.some((link) => joins(link, from, to))) throw new RangeError(`no link joins "${from}" and "${to}"`)
  }
  for (const { id } of nodes) {
    if (!topology.nodes.some((node) => node.id === id)) throw new RangeError(`there is no node "${id}"`)
  }
  return {
    ...topology,
    links: topology.links.map((link) => {
      const change = links.find(({ from, to }) => joins(link, from, to))
      return change ? atRate(link, change.bandwidthMBps) : link
    }),
    nodes: topology.nodes.map((node) => {
      const change = nodes.find(({ id }) => id === node.id)
      return change ? { ...node, computeMHz: change.computeMHz } : node
    })
  }
}

/** A topology after one more change of its schedule. Throws RangeError for a link or node it does not have. */
export function afterChange(topology: Topology, { links, nodes }: ScheduledChange): Topology {
  return withCoefficients(topology, {
    links: links.map(({ from, to, bandwidthFactor }) => ({
      from,
      to,
      bandwidthMBps: (topology.links.find((link) => joins(link, from, to))?.bandwidthMBps ?? 0) * bandwidthFactor
    })),
    nodes: nodes.map(({ id, speedFactor }) => ({
      id,
      computeMHz: (topology.nodes.find((node) => node.id === id)?.computeMHz ?? 0) * speedFactor
    }))
  })
}

/** A stretch of a schedule in which the world stands still. */
export interface Stretch {
  /** The first workflow of it. */
  from: number
  topology: Topology
}

/** The worlds of a schedule in order, the unchanged one first. Changes at one workflow are one. */
export function stretchesOf(topology: Topology, schedule: Schedule): Stretch[] {
  const stretches: Stretch[] = [{ from: 0, topology }]
  for (const change of schedule.changes) {
    const last = stretches[stretches.length - 1]
    const next = { from: change.at, topology: afterChange(last.topology, change) }
    if (change.at === last.from) stretches[stretches.length - 1] = next
    else stretches.push(next)
  }
  return stretches
}

/** Below this relative change of every coefficient the outer model lets the inner one continue. */
export const DETECTION_THRESHOLD = 0.001

/** The largest relative change of any device's coefficients; Infinity where a device came. */
export function greatestChange(known: ReadonlyMap<string, Environment>, environments: ReadonlyMap<string, Environment>): number {
  if (known === environments) return 0
  let most = 0
  for (const [device, environment] of environments) {
    const before = known.get(device)
    most = Math.max(most, before ? relativeChange(before, environment) : Infinity)
  }
  return most
}

/**
 * The outer model's eye as an oracle: told the exact coefficients of the world at every workflow, it says when they have left those
 * of the last restart by more than the threshold. Slow drift adds up until it is seen. No outer model in the field knows so much;
 * `learn/observing.ts` has one that sees delays alone.
 *
 * @paper section IV: How the outer model notices a change is left open; this one is told the exact coefficients.
 */
export class EnvironmentWatch {
  #known: ReadonlyMap<string, Environment> | undefined

  constructor(readonly threshold: number = DETECTION_THRESHOLD) {}

  /** The largest relative change since the last restart where that calls for another; undefined where none does. */
  look(environments: ReadonlyMap<string, Environment>): number | undefined {
    const known = this.#known
    this.#known ??= environments
    if (!known) return undefined
    const most = greatestChange(known, environments)
    if (most <= this.threshold) return undefined
    this.#known = environments
    return most
  }
}
