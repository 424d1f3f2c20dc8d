import { crc32 } from 'node:zlib'
import { eq } from 'drizzle-orm'
import type { Connection } from './connection'
import { DamagedRecordError } from './errors'
import { blobOf, floatsOf } from './float-blobs'
import { evaluationValues } from './schema'

/** [workflows] gap and cost of each held-out workflow. */
export interface WorkflowValues {
  gaps: number[]
  costs: number[]
}

/** The values of single workflows behind each run's evaluation, kept apart so that lists of runs stay quick. */
export class Evaluations {
  readonly #db: Connection

  constructor(db: Connection) {
    this.#db = db
  }

  put(id: string, values: WorkflowValues): void {
    const gaps = blobOf(Float64Array.from(values.gaps))
    const costs = blobOf(Float64Array.from(values.costs))
    const columns = { crc: crc32(costs, crc32(gaps)), gaps, costs }
    this.#db.write(() =>
      this.#db.orm
        .insert(evaluationValues)
        .values({ run: this.#db.numberOf(id), ...columns })
        .onConflictDoUpdate({ target: evaluationValues.run, set: columns })
        .run()
    )
  }

  /** Throws DamagedRecordError. */
  get(id: string): WorkflowValues | undefined {
    const row = this.#db.orm
      .select()
      .from(evaluationValues)
      .where(eq(evaluationValues.run, this.#db.numberOf(id)))
      .get()
    if (!row) return undefined
    if (row.crc !== crc32(row.costs, crc32(row.gaps))) throw new DamagedRecordError(id, 'evaluation')
    return { gaps: [...floatsOf(row.gaps)], costs: [...floatsOf(row.costs)] }
  }

  clear(id: string): void {
    this.#db.write(() =>
      this.#db.orm
        .delete(evaluationValues)
        .where(eq(evaluationValues.run, this.#db.numberOf(id)))
        .run()
    )
  }
}
