import { advance } from '../advance'
import { Ways } from '../path'
import type { Topology, TopologyNode } from '../topology'

/** Sizes that all take the same tree. */
interface Span {
  low: number
  high: number
  tree: number
}

/** The fastest ways from one node to all others for some sizes. */
interface Tree {
  source: number
  /** [nodes] the direction by which data comes into each node, as in `Ways.tree`. */
  into: Int32Array
}

const same = (a: Int32Array, b: Int32Array) => a.every((direction, node) => direction === b[node])

/** The trees of fastest ways from each node of a topology by spans of sizes, numbered as they are met. */
export class RouteTrees {
  readonly #topology: Topology
  readonly #ways: Ways
  readonly #spans: Span[][]
  readonly #trees: Tree[] = []

  constructor(topology: Topology) {
    this.#topology = topology
    this.#ways = new Ways(topology)
    this.#spans = topology.nodes.map(() => [])
  }

  /** The number of the tree from node `source` for `megabytes`. */
  treeFor(source: number, megabytes: number): number {
    const spans = this.#spans[source]
    let at = 0
    while (at < spans.length && spans[at].high < megabytes) at++
    if (at < spans.length && spans[at].low <= megabytes) return spans[at].tree
    const into = this.#ways.tree(source, megabytes)
    advance()
    const [below, above] = [spans[at - 1], spans[at]]
    if (below && same(this.#trees[below.tree].into, into)) {
      below.high = megabytes
      return below.tree
    }
    if (above && same(this.#trees[above.tree].into, into)) {
      above.low = megabytes
      return above.tree
    }
    const tree = this.#trees.push({ source, into }) - 1
    spans.splice(at, 0, { low: megabytes, high: megabytes, tree })
    return tree
  }

  /** The link directions from the source of a tree to `node`; undefined where there is no route. */
  along(tree: number, node: number): number[] | undefined {
    const { source, into } = this.#trees[tree]
    return this.#ways.along(into, source, node)
  }

  /** The node that a direction comes from or leads to. */
  nodeOf(direction: number, end: 'from' | 'to'): TopologyNode {
    return this.#topology.nodes[this.#ways.startOf(end === 'from' ? direction : direction ^ 1)]
  }
}
