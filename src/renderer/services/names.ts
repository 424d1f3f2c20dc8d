import type { RunRow } from '@shared/contract/records'
import { text } from '../ui/text'

/** A run in one line, for messages, titles and screen readers. What another tracker recorded has its name there. */
export function runName(row: Pick<RunRow, 'algorithm' | 'seed' | 'foreign'>): string {
  return row.foreign ? row.algorithm : `${row.algorithm} · ${text.algorithm.seed(row.seed)}`
}
