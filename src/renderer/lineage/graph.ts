import type { Lineage, LineageDocument, LineageRuns } from '@shared/contract/lineage'

export const COLUMNS = ['topology', 'workload', 'experiment', 'runs', 'comparisons'] as const
export type LineageColumn = (typeof COLUMNS)[number]

/** Something that came of others or that others came of: a version, runs queued together, a comparison. */
export interface LineageNode {
  key: string
  column: LineageColumn
  of:
    | { kind: 'version'; document: LineageDocument; version: LineageDocument['versions'][number] }
    | { kind: 'runs'; runs: LineageRuns }
    | { kind: 'comparison'; comparison: Lineage['comparisons'][number] }
}

/** What belongs together in a column: the versions of a document, or one of the others. */
export interface LineageCard {
  key: string
  column: LineageColumn
  title: string
  nodes: LineageNode[]
  /** Versions that are left out since nothing shown came of them. */
  hidden: number
  document?: LineageDocument
}

/** One thing came of another. */
export interface LineageEdge {
  from: string
  to: string
  /** It names the other without its version. */
  byName: boolean
}

export interface LineageGraph {
  cards: LineageCard[]
  nodes: ReadonlyMap<string, LineageNode>
  edges: LineageEdge[]
}

/** Versions of a document that are shown though nothing shown came of them: the newest ones of the document in question. */
const MOST_RECENT = 6

export const versionKey = (id: string, version: number) => `version ${id} ${version}`
export const runsKey = (key: string) => `runs ${key}`
const comparisonKey = (id: number) => `comparison ${id}`

function columnOf({ kind }: LineageDocument): LineageColumn {
  // An environment set is made of topologies, and stands where these do.
  return kind === 'environments' ? 'topology' : kind
}

function edgesOf({ documents, runs, comparisons }: Lineage): LineageEdge[] {
  const edges: LineageEdge[] = []
  for (const { id, versions } of documents) {
    for (const { version, holds } of versions)
      for (const held of holds)
        edges.push({ from: versionKey(held.id, held.version), to: versionKey(id, version), byName: held.byName === true })
  }
  const experiments = new Set(documents.filter(({ kind }) => kind === 'experiment').map(({ id }) => id))
  for (const { key, from } of runs) {
    // What an experiment holds leads to its runs through it.
    const started = from.filter(({ id }) => experiments.has(id))
    for (const { id, version } of started.length > 0 ? started : from)
      edges.push({ from: versionKey(id, version), to: runsKey(key), byName: false })
  }
  for (const { id, of } of comparisons) for (const { key } of of) edges.push({ from: runsKey(key), to: comparisonKey(id), byName: false })
  return edges
}

/** What there is to draw. `own`: the document whose lineage it is, all of whose recent versions are shown. */
export function lineageGraphOf(lineage: Lineage, own?: string): LineageGraph {
  const edges = edgesOf(lineage)
  const touched = new Set(edges.flatMap(({ from, to }) => [from, to]))
  const ofRuns = new Set(lineage.runs.flatMap(({ from }) => from.map(({ id, version }) => versionKey(id, version))))
  const cards = lineage.documents.map((document): LineageCard => {
    const column = columnOf(document)
    const isShown = (version: number, i: number) => {
      const key = versionKey(document.id, version)
      const recent = document.versions.length - i
      return touched.has(key) || ofRuns.has(key) || recent === 1 || (document.id === own && recent <= MOST_RECENT)
    }
    const shown = document.versions.filter(({ version }, i) => isShown(version, i))
    const nodes = shown.map(
      (version): LineageNode => ({ key: versionKey(document.id, version.version), column, of: { kind: 'version', document, version } })
    )
    return {
      key: `document ${document.id}`,
      column,
      title: document.name,
      nodes,
      hidden: document.versions.length - shown.length,
      document
    }
  })
  const single = (column: LineageColumn, title: string, node: Omit<LineageNode, 'column'>): LineageCard => ({
    key: `card ${node.key}`,
    column,
    title,
    nodes: [{ ...node, column }],
    hidden: 0
  })
  for (const runs of lineage.runs) cards.push(single('runs', runs.experiment, { key: runsKey(runs.key), of: { kind: 'runs', runs } }))
  for (const comparison of lineage.comparisons)
    cards.push(single('comparisons', comparison.name, { key: comparisonKey(comparison.id), of: { kind: 'comparison', comparison } }))
  const nodes = new Map(cards.flatMap((card) => card.nodes.map((node) => [node.key, node])))
  return { cards, nodes, edges: edges.filter(({ from, to }) => nodes.has(from) && nodes.has(to)) }
}

/** Everything that can be reached from a node. */
function reached(key: string, next: (key: string) => readonly string[]): string[] {
  const found = new Set<string>()
  const open = [key]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const other of next(at)) {
      if (!found.has(other)) open.push(other)
      found.add(other)
    }
  }
  return [...found]
}

/**
 * What a node came from and what came of it, itself included. Runs came from exactly the versions they have, not from all that their
 * experiment holds.
 */
export function kinOf({ nodes, edges }: LineageGraph, key: string): Set<string> {
  const kindOf = (each: string) => nodes.get(each)?.of.kind
  const into = (to: string) => edges.filter((edge) => edge.to === to).map(({ from }) => from)
  const outOf = (from: string) => edges.filter((edge) => edge.from === from).map(({ to }) => to)
  const sourcesOf = (each: string): string[] => {
    const of = nodes.get(each)?.of
    return of?.kind === 'runs' ? of.runs.from.map(({ id, version }) => versionKey(id, version)) : []
  }
  const node = nodes.get(key)?.of
  const kin = new Set([key])
  const add = (keys: readonly string[]) => keys.forEach((each) => void (nodes.has(each) && kin.add(each)))
  if (node?.kind === 'runs') add([...sourcesOf(key), ...outOf(key)])
  if (node?.kind === 'comparison') add(into(key).flatMap((runs) => [runs, ...sourcesOf(runs)]))
  if (node?.kind === 'version') {
    const isVersion = (each: string) => kindOf(each) === 'version'
    const holders = reached(key, (each) => outOf(each).filter(isVersion))
    add([...reached(key, into), ...holders])
    // What learned over a set came from the topologies in it.
    const sets = holders.filter((each) => {
      const of = nodes.get(each)?.of
      return of?.kind === 'version' && of.document.kind === 'environments'
    })
    const runs = [...nodes.keys()].filter((each) => sourcesOf(each).some((source) => source === key || sets.includes(source)))
    add(runs.flatMap((each) => [each, ...outOf(each)]))
  }
  return kin
}

/** Edges both of whose ends are kin. */
export function kinEdges({ edges }: LineageGraph, kin: ReadonlySet<string>): Set<LineageEdge> {
  return new Set(edges.filter(({ from, to }) => kin.has(from) && kin.has(to)))
}

/** The node to go to from one: along the lineage to the nearest column that has one of its own, or to its neighbour in the column. */
export function neighbourOf({ cards, edges }: LineageGraph, key: string, way: 'left' | 'right' | 'up' | 'down'): string | undefined {
  const ordered = COLUMNS.map((column) =>
    cards.filter((card) => card.column === column).flatMap(({ nodes }) => nodes.map((node) => node.key))
  )
  const at = ordered.findIndex((keys) => keys.includes(key))
  if (way === 'up' || way === 'down') return ordered[at]?.[(ordered[at]?.indexOf(key) ?? 0) + (way === 'up' ? -1 : 1)]
  const joined = new Set(
    edges.flatMap(({ from, to }) => (way === 'left' && to === key ? [from] : way === 'right' && from === key ? [to] : []))
  )
  const columns = way === 'left' ? ordered.slice(0, at).reverse() : ordered.slice(at + 1)
  return columns.flat().find((each) => joined.has(each))
}
