import { Checkpoints } from './checkpoints'
import { type Connection, connect } from './connection'
import { Curves } from './curves'
import { DamagedRecordError, StoreError } from './errors'
import { Evaluations } from './evaluations'
import { contentFault } from './health'
import { KeptPolicies } from './kept-policies'
import { Library } from './library'
import { Policies } from './policies'
import { RunSources } from './run-sources'
import { Runs } from './runs'
import { Scenarios } from './scenarios'
import { sealFindings } from './seals'

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
  look(() => findings.push(...sealFindings(db.sqlite)))
  for (const { id } of lines<{ id: string }>('select id from kept_policy')) look(() => store.keptPolicies.get(id))
  const runs = lines<{ id: string }>('select id from run')
  for (const [i, { id }] of runs.entries()) {
    onProgress?.(i, runs.length)
    look(() => {
      if (!store.runs.state(id)) throw new DamagedRecordError(id, 'record')
      // A foreign run has no scenario to be read.
      if (!store.runs.isForeign(id)) store.runs.spec(id)
    })
    look(() => store.evaluations.get(id))
    look(() => store.checkpoints.get(id))
    look(() => store.policies.get(id))
    look(() => {
      for (const { metric } of store.curves.summaries(id)) look(() => store.curves.read(id, metric))
    })
  }
  onProgress?.(runs.length, runs.length)
  // Several runs may share what is damaged.
  return [...new Set([...findings, ...store.library.findings()])]
}

/** As `verify`, for a database file in the present schema that is not open as a store. */
export function verifyFile(sqlite: Connection['sqlite']): string[] {
  const db = connect('', sqlite)
  const library = new Library(db)
  const store: Holdings = {
    runs: new Runs(db, new Scenarios(db), new RunSources(db, library)),
    evaluations: new Evaluations(db),
    checkpoints: new Checkpoints(db),
    policies: new Policies(db),
    keptPolicies: new KeptPolicies(db),
    curves: new Curves(db),
    library
  }
  return verify(store, db)
}
