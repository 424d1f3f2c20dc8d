import type { RunRow } from '@shared/contract/records'
import { text } from '../ui/text'

/** A run in one line, for messages, titles and screen readers. */
export function runName(row: Pick<RunRow, 'algorithm' | 'seed'>): string {
  return `${row.algorithm} · ${text.algorithm.seed(row.seed)}`
}
