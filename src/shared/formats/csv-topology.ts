import type { Topology } from '../model/topology'
import { type Format, restated, claimedText } from './format'
import { type ForeignLink, type ForeignNode, topologyOfGraph } from './graph'
import { type Read, refused } from './read'
import { headsOf, readTables, type Table, type TableRow } from './tables'
import { writeTopology } from './topology'

/**
 * Nodes and links as tables, in: CSV, TSV or cells pasted from a spreadsheet. A table of links has a column from (source) and one to
 * (target); one of nodes a column id (node, name); an empty line sets them apart. Links alone are enough: their ends are the nodes.
 */

const FROM = /^(?:from|source|src|node_?1|u)$/i
const TO = /^(?:to|target|dst|dest|destination|node_?2|v)$/i
const ID = /^(?:id|node|name|node_?id)$/i

const has = (heads: readonly string[], name: RegExp) => heads.some((head) => name.test(head))
const isLinks = (heads: readonly string[]) => has(heads, FROM) && has(heads, TO)

/** What tables of tasks have and those of topologies have not. */
export const isOfTasks = (heads: readonly string[]): boolean =>
  has(heads, /^(?:mega_?cycles|cycles|mega_?bytes|task|tasks?_?id|workflow|cyclesperbit)$/i)

export function isTopologyTable(text: string): boolean {
  const heads = headsOf(text)
  if (heads.length < 2 || isOfTasks(heads)) return false
  return isLinks(heads) || (has(heads, ID) && has(heads, /^(?:tier|type|compute.*|cpu.*|mips|energy.*|latitude|lat|x)$/i))
}

/** The topology of tables of nodes and links. Its note says what is assumed and what is left out. */
function readCsvTopology(value: unknown): Read<Topology> {
  if (typeof value !== 'string') return refused([{ path: '$', message: 'is not a table but JSON' }])
  const read = readTables(value)
  if (!read.ok) return read
  const tables = read.value.filter(({ rows }) => rows.length > 0)
  const strange = tables.filter(({ heads }) => !isLinks(heads) && !has(heads, ID))
  if (strange.length > 0 || tables.length === 0)
    return refused(
      (strange.length > 0 ? strange : [{ place: 'line 1' }]).map(({ place }) => ({
        path: place,
        message: 'is the head of neither nodes (id) nor links (from, to)'
      }))
    )
  const links = tables.filter(({ heads }) => isLinks(heads)).flatMap(linksIn)
  const named = tables.filter(({ heads }) => !isLinks(heads)).flatMap(nodesIn)
  const known = new Set(named.map(({ id }) => id))
  // Where there is a table of nodes, an end that is not in it is a slip of the pen.
  const ends =
    named.length > 0
      ? []
      : links.flatMap(({ from, to, place }) => [from, to].map((id) => ({ id, place, attributes: new Map<string, string>() })))
  const nodes = [...named, ...ends.filter(({ id }) => !known.has(id) && known.add(id))]
  return topologyOfGraph({ name: 'table', nodes, links, isDirected: false }, 'From a table', 'line 1')
}

function linksIn({ heads, rows }: Table): ForeignLink[] {
  const [from, to] = [FROM, TO].map((name) => heads.find((head) => name.test(head)) ?? '')
  return rows.map(({ place, cells }) => ({
    from: cells.get(from) ?? '',
    to: cells.get(to) ?? '',
    place,
    attributes: without(cells, from, to)
  }))
}

function nodesIn({ heads, rows }: Table): ForeignNode[] {
  const id = heads.find((head) => ID.test(head)) ?? ''
  return rows.map(({ place, cells }) => ({ id: cells.get(id) ?? '', place, attributes: without(cells, id) }))
}

function without(cells: TableRow['cells'], ...names: string[]): Map<string, string> {
  return new Map([...cells].filter(([name]) => !names.includes(name)))
}

export const csvTopologyFormat: Format = {
  id: 'csv-topology',
  title: 'a table of nodes and links (CSV, TSV)',
  claims: isTopologyTable,
  recognises: claimedText(isTopologyTable),
  restate: (value) => restated(readCsvTopology(value), writeTopology),
  readTopology: readCsvTopology
}
