import { linkSeconds, type Path, pathsFrom } from '@shared/model/path'
import type { Link, Topology } from '@shared/model/topology'
import { type Drawing, topologyOf } from './drawing'

/** What a drawing lights up: seconds on each link of a route, by the link's key. */
export type Lit = ReadonlyMap<string, number>

/** The way of some data over the map. */
export interface LitTransfer {
  path: Path
  lit: Lit
  /** Seconds over the link that joins the two straight; undefined where none does. */
  directSeconds?: number
}

/** A drawing with what its routes are computed on. */
export interface WorldMap {
  topology: Topology
  keyOf: ReadonlyMap<Link, string>
}

export function mapOf(drawing: Drawing): WorldMap {
  const topology = topologyOf(drawing)
  return { topology, keyOf: new Map(topology.links.map((link, i) => [link, drawing.links[i].key])) }
}

export function litBy({ keyOf }: WorldMap, paths: readonly Path[]): Lit {
  const lit = new Map<string, number>()
  for (const { hops } of paths) {
    for (const hop of hops) {
      const key = keyOf.get(hop.link)
      if (key !== undefined) lit.set(key, (lit.get(key) ?? 0) + hop.seconds)
    }
  }
  return lit
}

/** The fastest way between two nodes (names) for a size; undefined where there is none. */
export function transferBetween(map: WorldMap, from: string, to: string, megabytes: number): LitTransfer | undefined {
  const path = pathsFrom(map.topology, from, megabytes).get(to)
  if (!path) return undefined
  const direct = map.topology.links.find((link) => (link.from === from && link.to === to) || (link.from === to && link.to === from))
  const seconds = direct && linkSeconds(direct, megabytes)
  return { path, lit: litBy(map, [path]), ...(seconds !== undefined && Number.isFinite(seconds) && { directSeconds: seconds }) }
}

/** Rows and columns of the table of transfers; larger maps show what is selected. */
export const MOST_ROWS = 24

/** Seconds from each row's node to each column's, by names; NaN where there is no route. */
export function transferTable(map: WorldMap, rows: readonly string[], columns: readonly string[], megabytes: number): number[][] {
  return rows.map((row) => {
    const paths = pathsFrom(map.topology, row, megabytes)
    return columns.map((column) => paths.get(column)?.seconds ?? Number.NaN)
  })
}
