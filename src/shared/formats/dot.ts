import type { Fault } from '../experiment/experiment'
import { DotTokens, type DotToken } from './dot-tokens'
import { MOST_FLOWS, MOST_TASKS } from './fields'
import { MOST_FAULTS, type Read, refused, settled } from './read'

/** What a statement says of a node or an edge, as far as its reader asked for it. */
export interface DotNode {
  id: string
  /** Where it is first named. */
  line: number
  attributes: ReadonlyMap<string, string>
}
export interface DotEdge {
  from: string
  to: string
  line: number
  attributes: ReadonlyMap<string, string>
}
export interface DotGraph {
  nodes: ReadonlyMap<string, DotNode>
  edges: readonly DotEdge[]
}

/** Groups in braces within groups; nobody draws more. */
const MOST_DEPTH = 64

/** What nodes and edges have that say nothing else, within one pair of braces. */
interface Scope {
  node: Map<string, string>
  edge: Map<string, string>
}

interface Known extends DotNode {
  attributes: Map<string, string>
  /** The line that set each attribute of its own; what defaults gave is not there. */
  setOn: Map<string, number>
}

class DotFault extends Error {
  constructor(
    readonly line: number,
    message: string
  ) {
    super(message)
  }
}

/** Why a text is not a directed graph, in a clause; undefined where it begins as one. */
export function whyNoDigraph(text: string): string | undefined {
  const tokens = new DotTokens(text)
  let token = tokens.next()
  if (isWord(token, 'strict')) token = tokens.next()
  if (isWord(token, 'digraph')) return undefined
  if (isWord(token, 'graph')) return 'its edges have no direction; it must be a "digraph"'
  return token.kind === 'end' ? 'it holds no "digraph"' : `it begins with ${JSON.stringify(token.text.slice(0, 20))}, not with "digraph"`
}

/**
 * A directed graph of Graphviz's DOT. Of attributes it keeps those in `keys`; defaults (`node [size=1]`) hold within their braces
 * from there on. Faults name their line. Reads without recursion, once through.
 */
export function readDot(text: string, keys: ReadonlySet<string>): Read<DotGraph> {
  const why = whyNoDigraph(text)
  if (why !== undefined) return refused([{ path: 'line 1', message: `is not a Graphviz digraph: ${why}` }])
  const reader = new DotReader(new DotTokens(text), keys)
  try {
    reader.read()
  } catch (error) {
    if (!(error instanceof DotFault)) throw error
    return refused([...reader.faults, { path: `line ${error.line}`, message: error.message }])
  }
  return settled({ nodes: reader.nodes, edges: reader.edges }, reader.faults)
}

const isWord = (token: DotToken, word: string) => token.kind === 'id' && !token.isQuoted && token.text.toLowerCase() === word
const isSign = (token: DotToken, sign: string) => token.kind === 'sign' && token.text === sign

class DotReader {
  readonly nodes = new Map<string, Known>()
  readonly edges: DotEdge[] = []
  readonly faults: Fault[] = []
  #token: DotToken
  readonly #scopes: Scope[] = []

  constructor(
    readonly tokens: DotTokens,
    readonly keys: ReadonlySet<string>
  ) {
    this.#token = tokens.next()
  }

  read(): void {
    while (!isSign(this.#token, '{')) {
      if (this.#token.kind !== 'id') throw this.#unexpected('a "{" after "digraph"')
      this.#next()
    }
    this.#open()
    while (this.#scopes.length > 0) this.#statement()
    if (this.#token.kind !== 'end') throw this.#unexpected('the end: one file holds one graph')
  }

  #next(): DotToken {
    const token = this.#token
    this.#token = this.tokens.next()
    return token
  }

  #unexpected(wanted: string): DotFault {
    const { kind, text, line } = this.#token
    if (kind === 'broken') return new DotFault(line, text)
    return new DotFault(
      line,
      kind === 'end' ? `the text ends before ${wanted}` : `${JSON.stringify(text.slice(0, 40))} is not expected; expected is ${wanted}`
    )
  }

  #open(): void {
    if (this.#scopes.length > MOST_DEPTH) throw new DotFault(this.#token.line, `braces are nested more than ${MOST_DEPTH} deep`)
    const { node, edge } = this.#scopes.at(-1) ?? { node: [], edge: [] }
    this.#scopes.push({ node: new Map(node), edge: new Map(edge) })
    this.#next()
  }

  #statement(): void {
    const token = this.#token
    if (isSign(token, ';') || isSign(token, ',')) this.#next()
    else if (isSign(token, '}')) this.#close()
    else if (isSign(token, '{')) this.#open()
    else if (isWord(token, 'subgraph')) {
      this.#next()
      if (this.#token.kind === 'id') this.#next()
      if (!isSign(this.#token, '{')) throw this.#unexpected('a "{" after "subgraph"')
      this.#open()
    } else if (token.kind === 'id') this.#begunBy(this.#next())
    else throw this.#unexpected('a task, an edge or a "}"')
  }

  #close(): void {
    this.#next()
    this.#scopes.pop()
    if (isSign(this.#token, '->'))
      throw new DotFault(this.#token.line, 'edges from a group in braces are not read; write one edge per pair of tasks')
  }

  #begunBy(first: DotToken): void {
    if (isSign(this.#token, '=')) {
      this.#next()
      this.#value()
    } else if (isSign(this.#token, '[') && isWord(first, 'graph')) this.#attributes()
    else if (isSign(this.#token, '[') && isWord(first, 'node')) setAll(this.#scope().node, this.#attributes())
    else if (isSign(this.#token, '[') && isWord(first, 'edge')) setAll(this.#scope().edge, this.#attributes())
    else this.#nodeOrEdges(first)
  }

  #nodeOrEdges(first: DotToken): void {
    const chain = [this.#node(first)]
    while (isSign(this.#token, '->') || isSign(this.#token, '--')) {
      if (this.#next().text === '--') throw new DotFault(this.#token.line, 'an edge "--" has no direction; write "->"')
      if (isSign(this.#token, '{') || isWord(this.#token, 'subgraph'))
        throw new DotFault(this.#token.line, 'edges to a group in braces are not read; write one edge per pair of tasks')
      if (this.#token.kind !== 'id') throw this.#unexpected('a task after "->"')
      chain.push(this.#node(this.#next()))
      if (this.edges.length + chain.length > MOST_FLOWS + 1)
        throw new DotFault(this.#token.line, `a workflow has ${MOST_FLOWS.toLocaleString('en')} edges at most`)
    }
    const own = isSign(this.#token, '[') ? this.#attributes() : new Map<string, string>()
    if (chain.length === 1) return this.#state(chain[0], own, first.line)
    const attributes = setAll(new Map(this.#scope().edge), own)
    for (let i = 1; i < chain.length; i++) this.edges.push({ from: chain[i - 1].id, to: chain[i].id, line: first.line, attributes })
  }

  /** A node named here; its port, if it has one, says nothing of tasks. */
  #node({ text: id, line }: DotToken): Known {
    while (isSign(this.#token, ':')) {
      this.#next()
      this.#value()
    }
    const known = this.nodes.get(id) ?? { id, line, attributes: new Map(this.#scope().node), setOn: new Map() }
    this.nodes.set(id, known)
    if (this.nodes.size > MOST_TASKS) throw new DotFault(line, `a workflow has ${MOST_TASKS} tasks at most`)
    return known
  }

  #state({ id, attributes, setOn }: Known, own: ReadonlyMap<string, string>, line: number): void {
    for (const [key, value] of own) {
      const before = setOn.get(key)
      if (before !== undefined && attributes.get(key) !== value && this.faults.length < MOST_FAULTS)
        this.faults.push({ path: `line ${line}`, message: `task "${id}" already has another ${key} on line ${before}` })
      attributes.set(key, value)
      setOn.set(key, line)
    }
  }

  /** `[a=1, b="2"][c=3]`: what is wanted of it. */
  #attributes(): Map<string, string> {
    const found = new Map<string, string>()
    while (isSign(this.#token, '[')) {
      this.#next()
      while (!isSign(this.#token, ']')) {
        const key = this.#value()
        if (isSign(this.#token, '=')) {
          this.#next()
          const value = this.#value()
          if (this.keys.has(key)) found.set(key, value)
        }
        while (isSign(this.#token, ',') || isSign(this.#token, ';')) this.#next()
      }
      this.#next()
    }
    return found
  }

  #value(): string {
    if (this.#token.kind !== 'id') throw this.#unexpected('a name or a value')
    return this.#next().text
  }

  #scope(): Scope {
    return this.#scopes[this.#scopes.length - 1]
  }
}

function setAll(target: Map<string, string>, own: ReadonlyMap<string, string>): Map<string, string> {
  for (const [key, value] of own) target.set(key, value)
  return target
}
