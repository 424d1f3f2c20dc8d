import type { Fault } from '../experiment/experiment'
import { type Flow, INPUT, OUTPUT } from '../model/workflow'
import type { ExplicitWorkload } from '../model/workload'
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
