import { count, NONE } from '@shared/format'
import type { RunRow } from '@shared/contract/records'
import { weakestKind } from '@shared/model/assessment'
import { REFERENCE_KINDS, REFERENCE_NAMES, type ReferenceKind } from '@shared/model/world'
import { referenceKindOf } from '@shared/run/evaluation'

const kindsOf = (runs: readonly RunRow[]) => runs.flatMap(({ evaluation }) => (evaluation ? referenceKindOf(evaluation) : []))

/** Whether gaps of some runs are to something weaker than the optimum: then tables say of each what it is to. */
export function hasWeakReference(runs: readonly RunRow[]): boolean {
  return weakestKind(kindsOf(runs)) !== 'optimum'
}

/** What the gaps of some runs are to, the weakest of it; none before one is evaluated. */
export function referenceName(runs: readonly RunRow[]): string {
  const kinds = kindsOf(runs)
  return kinds.length > 0 ? REFERENCE_NAMES[weakestKind(kinds)] : NONE
}

/** How many references of an evaluation are of each kind: "the optimum of 3 workflows or batches, best known of 7". */
export function kindsText(references: Partial<Record<ReferenceKind, number>>): string {
  const there = REFERENCE_KINDS.flatMap((kind) =>
    (references[kind] ?? 0) > 0 ? [`the ${REFERENCE_NAMES[kind]} of ${references[kind]}`] : []
  )
  const all = REFERENCE_KINDS.reduce((sum, kind) => sum + (references[kind] ?? 0), 0)
  return `${there.join(', ')} (of ${count(all, 'workflow or batch', 'workflows or batches')})`
}
