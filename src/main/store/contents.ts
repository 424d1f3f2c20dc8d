import { createHash } from 'node:crypto'
import { canonicalJson } from '@shared/canonicalJson'
import type { DocumentKind } from '@shared/contract/library'
import { readTopology, readWorkload, recognise } from '@shared/formats'
import type { Scenario } from '@shared/model/scenario'
import { PRESETS } from '@shared/presets'
import { topologyIdOf, workloadIdOf } from './identities'

/** SHA-256 of all a version holds but what it is called. */
export function contentHash(content: unknown): string {
  return createHash('sha256')
    .update(canonicalJson({ ...(content as object), name: undefined }))
    .digest('hex')
}

/** Kinds whose documents are found by their content. */
export type ContentKind = 'topology' | 'workload'
export const CONTENT_KINDS: readonly ContentKind[] = ['topology', 'workload']

/** What a document's content is named by; empty where it cannot be read, or its kind is not found by content. */
export function contentIdOf(kind: DocumentKind, content: unknown): string {
  if (kind === 'topology') {
    const read = readTopology(content)
    return read.ok ? topologyIdOf(read.value) : ''
  }
  // Workflows of other formats belong to a device of the topology they are used on: their content is not theirs alone.
  if (kind !== 'workload' || recognise(content)?.id !== 'workload') return ''
  const read = readWorkload(content)
  return read.ok ? workloadIdOf(read.value) : ''
}

// Scenarios are never changed in place, and those of one experiment or bundle are one object.
const computed = new WeakMap<Scenario, Record<ContentKind, string>>()

/** What the parts of a scenario are named by. */
export function contentIdsOf(scenario: Scenario): Record<ContentKind, string> {
  const known = computed.get(scenario)
  if (known) return known
  const ids = { topology: topologyIdOf(scenario.topology), workload: workloadIdOf(scenario.workload) }
  computed.set(scenario, ids)
  return ids
}

let presets: ReadonlySet<string> | undefined

/** Whether a preset has this content: what is equal to one came from it, not from a copy. */
export function isPresetContent(id: string): boolean {
  presets ??= new Set(
    PRESETS.flatMap(({ kind, document }) => (kind === 'topology' || kind === 'workload' ? [contentIdOf(kind, document)] : []))
  )
  return presets.has(id)
}
