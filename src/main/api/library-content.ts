import type { DocumentKind } from '@shared/contract/library'
import { type Read, readExperiment, readTopology, recognise, type Resolve } from '@shared/formats'
import { guardFaults } from '@shared/formats/guard'
import { BadDocumentError } from '../computing/documents'
import { algorithmCards } from '../algorithms'
import { topologyIdOf, workloadIdOf } from '../store'

/** What is kept beside a version's content. */
export interface CheckedContent {
  /** JSON and nothing else. */
  content: Record<string, unknown>
  facts: Record<string, number>
  /** How much its format finds wrong with it. */
  faults: number
  /** What it is found by; empty where it cannot be read, or its kind is not found by content. */
  contentId: string
}

/** The formats a kind may be written in, by the ids of their register; of other kinds any object will do. */
const FORMATS_OF: Partial<Record<DocumentKind, readonly string[]>> = {
  topology: ['topology'],
  workload: ['workload', 'wfcommons'],
  experiment: ['experiment']
}

/** JSON that can be kept: no cycles, no dangerous keys, not too deep. Throws BadDocumentError. */
export function keepable(content: unknown): unknown {
  const dangers = guardFaults(content)
  if (dangers.length > 0) throw new BadDocumentError(dangers)
  try {
    return JSON.parse(JSON.stringify(content ?? null))
  } catch {
    throw new BadDocumentError([{ path: '$', message: 'is not JSON' }])
  }
}

/**
 * A document that is to be kept: its faults are counted and do not prevent it, since unfinished work is kept too. Throws
 * BadDocumentError where it is not a document of its kind at all.
 */
export function checkedContent(kind: DocumentKind, given: unknown, resolve: Resolve): CheckedContent {
  const content = keepable(given)
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new BadDocumentError([{ path: '$', message: `must be an object: a document of the kind ${kind}` }])
  }
  const wanted = FORMATS_OF[kind]
  const format = recognise(content)
  if (wanted && !(format && wanted.includes(format.id))) {
    throw new BadDocumentError([{ path: '$.format', message: `is not a format of a ${kind}; it can be ${wanted.join(' or ')}` }])
  }
  const record = content as Record<string, unknown>
  return { content: record, facts: countsOf(kind, record), ...judged(kind, record, resolve) }
}

/** Reads a document once for all that is kept of it. */
function judged(kind: DocumentKind, content: Record<string, unknown>, resolve: Resolve): Pick<CheckedContent, 'faults' | 'contentId'> {
  if (kind === 'topology') return told(readTopology(content), topologyIdOf)
  if (kind === 'experiment') return told(readExperiment(content, { resolve, catalogue: algorithmCards }), () => '')
  const format = kind === 'workload' ? recognise(content) : undefined
  const read = format?.readWorkload?.(content, { device: 'device' })
  return read ? told(read, (workload) => (format?.id === 'workload' ? workloadIdOf(workload) : '')) : { faults: 0, contentId: '' }
}

function told<T>(read: Read<T>, contentId: (value: T) => string): Pick<CheckedContent, 'faults' | 'contentId'> {
  return read.ok ? { faults: 0, contentId: contentId(read.value) } : { faults: read.faults.length, contentId: '' }
}

/** Counts of whatever is there, whole or not. */
function countsOf(kind: DocumentKind, content: Record<string, unknown>): Record<string, number> {
  const listed = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
  const lengths = (...keys: string[]) => Object.fromEntries(keys.map((key) => [key, listed(content[key]).length]))
  if (kind === 'topology') {
    const tiers = listed(content.nodes).map((node) => (typeof node === 'object' && node !== null && 'tier' in node ? node.tier : undefined))
    const count = (tier: string) => tiers.filter((each) => each === tier).length
    return { devices: count('device'), edges: count('edge'), clouds: count('cloud'), ...lengths('links') }
  }
  if (kind === 'experiment') return lengths('scenarios', 'algorithms', 'seeds')
  if (kind !== 'workload') return {}
  const generator = content.generator
  if (typeof generator !== 'object' || generator === null) {
    return lengths('workflows')
  }
  return Object.fromEntries(Object.entries(generator).filter((entry): entry is [string, number] => typeof entry[1] === 'number'))
}
