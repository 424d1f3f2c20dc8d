import type { Checkpoints } from './checkpoints'
import type { Connection } from './connection'
import type { Curves } from './curves'
import { DamagedRecordError, StoreError } from './errors'
import type { Evaluations } from './evaluations'
import type { Library } from './library'
import type { Policies } from './policies'
import type { Runs } from './runs'

/** What holds checksums. */
interface Holdings {
  runs: Runs
  evaluations: Evaluations
  checkpoints: Checkpoints
  policies: Policies
  curves: Curves
  library: Library
}

/** Reads everything there is against SQLite's integrity check and every checksum. Returns what was found, a sentence each; none: all is sound. */
export function verify(store: Holdings, db: Connection): string[] {
  const findings: string[] = []
  const look = (read: () => unknown): void => {
    try {
      read()
    } catch (error) {
      if (!(error instanceof StoreError)) throw error
      findings.push(error.message)
    }
  }
  for (const line of db.sqlite.prepare<[], string>('pragma integrity_check').pluck().all()) if (line !== 'ok') findings.push(line)
  for (const line of db.sqlite.prepare<[], { table: string; rowid: number }>('pragma foreign_key_check').all()) {
    findings.push(`Row ${line.rowid} of ${line.table} belongs to nothing.`)
  }
  for (const id of db.sqlite.prepare<[], string>('select id from run').pluck().all()) {
    look(() => {
      if (!store.runs.state(id)) throw new DamagedRecordError(id, 'record')
      store.runs.spec(id)
    })
    look(() => store.evaluations.get(id))
    look(() => store.checkpoints.get(id))
    look(() => store.policies.get(id))
    for (const { metric } of store.curves.summaries(id)) look(() => store.curves.read(id, metric))
  }
  return [...findings, ...store.library.findings()]
}
