import { inArray, isNotNull, notInArray } from 'drizzle-orm'
import type { Connection } from './connection'
import { DamagedRecordError } from './errors'
import type { RunLog } from './run-log'
import type { Runs } from './runs'
import { document, draft, experiment, run, scenario } from './schema'

/** What was set right at opening. */
export interface Recovery {
  /** Runs that a program left running or queued when it ended without notice. */
  interrupted: string[]
  /** Runs deleted for good; until now they could be restored. */
  purged: string[]
}

/** Sets right what the last program left behind. All in one transaction. */
export function recover(db: Connection, runs: Runs, log: RunLog, now: number): Recovery {
  return db.write(() => {
    const purged = db.orm.delete(run).where(isNotNull(run.deletedAt)).returning({ id: run.id }).all()
    if (purged.length > 0) {
      db.orm
        .delete(experiment)
        .where(notInArray(experiment.id, db.orm.select({ id: run.experimentId }).from(run)))
        .run()
      db.orm
        .delete(scenario)
        .where(notInArray(scenario.id, db.orm.select({ id: run.scenarioId }).from(run)))
        .run()
    }
    const dropped = db.orm.delete(document).where(isNotNull(document.deletedAt)).returning({ id: document.id }).all()
    db.orm
      .delete(draft)
      .where(
        inArray(
          draft.id,
          dropped.map(({ id }) => id)
        )
      )
      .run()
    const left = db.orm
      .select({ id: run.id, status: run.status })
      .from(run)
      .where(inArray(run.status, ['running', 'queued']))
      .all()
    const interrupted = left.flatMap(({ id, status }) => {
      const text =
        status === 'running'
          ? 'The program ended while the run was training; it goes on from its last checkpoint when resumed.'
          : 'The program ended while the run was queued.'
      try {
        runs.update(id, { status: 'interrupted', message: text, endedAt: now })
      } catch (error) {
        // It is shown as damaged instead; one bad record keeps no one out.
        if (error instanceof DamagedRecordError) return []
        throw error
      }
      log.add(id, { at: now, level: 'warning', text })
      return [id]
    })
    return { interrupted, purged: purged.map(({ id }) => id) }
  })
}
