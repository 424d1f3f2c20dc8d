import type { Checkpoints } from './checkpoints'
import type { Connection } from './connection'
import type { Curves } from './curves'
import { DamagedRecordError, StoreError } from './errors'
import type { Evaluations } from './evaluations'
import { contentFault } from './health'
import type { KeptPolicies } from './kept-policies'
import type { Library } from './library'
import type { Policies } from './policies'
import type { Runs } from './runs'

/** What holds checksums. */
interface Holdings {
  runs: Runs
  evaluations: Evaluations
  checkpoints: Checkpoints
  policies: Policies
  keptPolicies: KeptPolicies
  curves: Curves
  library: Library
}

/**
 * Reads everything there is against SQLite's integrity check and every checksum. Returns what was found, a sentence each; none: all is intact.
 *
 * @param onProgress hears how many runs of how many have been read.
 */
export function verify(store: Holdings, db: Connection, onProgress?: (done: number, of: number) => void): string[] {
  const findings: string[] = []
  const look = (read: () => unknown): void => {
    try {
      read()
    } catch (error) {
      // SQLite itself stumbles over a page that its own check let pass.
      const malformed = contentFault(error)
      if (!(error instanceof StoreError) && malformed === undefined) throw error
      findings.push(error instanceof StoreError ? error.message : `Part of the database could not be read: ${malformed}.`)
    }
  }
  const lines = <Line>(statement: string): Line[] => {
    let read: Line[] = []
    look(() => (read = db.sqlite.prepare<[], Line>(statement).all()))
    return read
  }
  for (const { integrity_check: line } of lines<{ integrity_check: string }>('pragma integrity_check'))
    if (line !== 'ok') findings.push(line)
  for (const line of lines<{ table: string; rowid: number }>('pragma foreign_key_check')) {
    findings.push(`Row ${line.rowid} of ${line.table} has no owner.`)
  }
  for (const { id } of lines<{ id: string }>('select id from kept_policy')) look(() => store.keptPolicies.get(id))
  const runs = lines<{ id: string }>('select id from run')
  for (const [i, { id }] of runs.entries()) {
    onProgress?.(i, runs.length)
    look(() => {
      if (!store.runs.state(id)) throw new DamagedRecordError(id, 'record')
      store.runs.spec(id)
    })
    look(() => store.evaluations.get(id))
    look(() => store.checkpoints.get(id))
    look(() => store.policies.get(id))
    look(() => {
      for (const { metric } of store.curves.summaries(id)) look(() => store.curves.read(id, metric))
    })
  }
  onProgress?.(runs.length, runs.length)
  return [...findings, ...store.library.findings()]
}
