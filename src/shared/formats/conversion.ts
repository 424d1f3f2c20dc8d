import type { Fault } from '../experiment/experiment'
import { type Flow, INPUT, OUTPUT } from '../model/workflow'
import type { Topology } from '../model/topology'
import type { ExplicitWorkload } from '../model/workload'
import { type Read, settled } from './read'
import { readTopology, writeTopology } from './topology'
import { readWorkload, writeWorkload } from './workload'

/** What readers of other people's formats have in common. */

/**
 * What our own format refuses in a workload of one workflow that came from another: it must never be written. Each fault is told at
 * the place its task or flow came from, or else at `root`.
 */
export function conversionFaults(
  workload: ExplicitWorkload,
  placeOf: (kind: 'tasks' | 'flows', i: number) => string,
  root: string
): Fault[] {
  const read = readWorkload(writeWorkload(workload))
  if (read.ok) return []
  return read.faults.map(({ path, message }) => {
    const found = /^\$\.workflows\[0\]\.(tasks|flows)\[(\d+)\]/.exec(path)
    return { path: found ? placeOf(found[1] === 'tasks' ? 'tasks' : 'flows', Number(found[2])) : root, message }
  })
}

/** The same of a workload of several workflows, each of which came from a place of its own. */
export function settledWorkload(workload: ExplicitWorkload, placeOf: (workflow: number) => string, root: string): Read<ExplicitWorkload> {
  const read = readWorkload(writeWorkload(workload))
  if (read.ok) return { ok: true, value: workload }
  return settled(
    workload,
    read.faults.map(({ path, message }) => {
      const found = /^\$\.workflows\[(\d+)\](.*)$/.exec(path)
      return { path: found ? placeOf(Number(found[1])) : root, message: found?.[2] ? `${found[2].slice(1)} ${message}` : message }
    })
  )
}

/** A topology that came from another format, unless our own refuses it: each fault is told at the place its node or link came from. */
export function settledTopology(topology: Topology, placeOf: (kind: 'nodes' | 'links', i: number) => string, root: string): Read<Topology> {
  const read = readTopology(writeTopology(topology))
  if (read.ok) return read
  return settled(
    topology,
    read.faults.map(({ path, message }) => {
      const found = /^\$\.(nodes|links)\[(\d+)\](.*)$/.exec(path)
      if (!found) return { path: root, message }
      return {
        path: placeOf(found[1] as 'nodes' | 'links', Number(found[2])),
        message: found[3] ? `${found[3].slice(1)} ${message}` : message
      }
    })
  )
}

/** Sentences as one note, those that say nothing left out, cut where a note ends. */
export function noteOf(...sentences: readonly string[]): string {
  let note = ''
  for (const sentence of sentences) {
    const longer = note === '' ? sentence : `${note} ${sentence}`
    if (sentence !== '' && longer.length <= 2000) note = longer
  }
  return note
}

/** What of a file has nowhere to go, in a sentence; nothing where everything has. */
export function leftOut(names: Iterable<string>): string {
  const all = [...new Set(names)].sort().map((name) => name.slice(0, 40))
  if (all.length === 0) return ''
  const shown = all.slice(0, 20).join(', ')
  return `Not carried over: ${shown}${all.length > 20 ? ` and ${all.length - 20} more` : ''}.`
}

/** A task by the files it reads and writes, and by those that are said to come before it. */
export interface FileTask {
  id: string
  reads: readonly string[]
  writes: readonly string[]
  parents: ReadonlySet<string>
}

interface FileFlows {
  flows: Flow[]
  /** Files that several tasks write. */
  shared: number
}

/**
 * Flows between every writer of a file and its readers. What no task writes comes from @input, what no task reads goes to @output, and
 * an order without data is a flow of 0. Of several writers those are sources that are parents of the reader; where none is, `ambiguous`
 * is told of it. `bytesOf` is asked once for every file that travels, and is bytes.
 */
export function flowsOfFiles(
  tasks: readonly FileTask[],
  bytesOf: (task: number, file: string, way: 'reads' | 'writes') => number,
  ambiguous: (task: number, file: string, writers: readonly string[]) => void
): FileFlows {
  const writers = new Map<string, Set<string>>()
  const wanted = new Set<string>()
  for (const { id, reads, writes } of tasks) {
    for (const file of reads) wanted.add(file)
    for (const file of writes) {
      const known = writers.get(file)
      if (known) known.add(id)
      else writers.set(file, new Set([id]))
    }
  }
  const bytes = new Map<string, Map<string, number>>()
  const carry = (from: string, to: string, size: number) => {
    const row = bytes.get(from) ?? new Map<string, number>()
    bytes.set(from, row)
    row.set(to, (row.get(to) ?? 0) + size)
  }
  tasks.forEach(({ id, reads, writes, parents }, i) => {
    for (const file of new Set(reads)) {
      const sources = sourcesOf(id, writers.get(file), parents)
      if (sources === undefined) ambiguous(i, file, [...(writers.get(file) ?? [])])
      else if (sources.length > 0) {
        const size = bytesOf(i, file, 'reads')
        for (const from of sources) carry(from, id, size)
      }
    }
    for (const file of new Set(writes)) if (!wanted.has(file)) carry(id, OUTPUT, bytesOf(i, file, 'writes'))
  })
  for (const { id, parents } of tasks) for (const from of parents) if (!bytes.get(from)?.has(id)) carry(from, id, 0)
  return {
    flows: [...bytes].flatMap(([from, row]) => [...row].map(([to, size]) => ({ from, to, megabytes: size / 1e6 }))),
    shared: [...writers.values()].filter(({ size }) => size > 1).length
  }
}

/** Who a reader has a file from; undefined where several wrote it and none is its parent. A task that wrote it itself may have it from nobody. */
function sourcesOf(id: string, writers: ReadonlySet<string> | undefined, parents: ReadonlySet<string>): string[] | undefined {
  if (writers === undefined) return [INPUT]
  const isOwn = writers.has(id)
  if (writers.size === 1) return isOwn ? [] : [...writers]
  // Over the fewer of the two, so that many readers of many writers take no longer than the orders between them.
  const [few, many] = writers.size < parents.size ? [writers, parents] : [parents, writers]
  const sources = [...few].filter((other) => other !== id && many.has(other))
  return sources.length > 0 || isOwn ? sources : undefined
}

/** Said in the note of a workload some of whose files have several writers. */
export const sharedNote = (shared: number): string =>
  shared > 0
    ? ` ${shared} ${shared === 1 ? 'file is' : 'files are'} written by several tasks: readers take each from the writers that are their parents.`
    : ''

/** Said where it cannot be told whose file a task reads. */
export const ambiguousFile = (id: string, file: string, writers: readonly string[]): string =>
  `"${file.slice(0, 100)}" is written by ${writers
    .slice(0, 3)
    .map((writer) => `"${writer}"`)
    .join(', ')}${writers.length > 3 ? ` and ${writers.length - 3} more` : ''}, and none of them is a parent of "${id}"`
