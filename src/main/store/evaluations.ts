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

/** The same as they are kept. */
interface WorkflowFloats {
  gaps: Float64Array
  costs: Float64Array
}

/** The values of single workflows behind each run's evaluation, kept apart so that lists of runs stay quick. */
export class Evaluations {
  readonly #db: Connection
  readonly #statements: ReturnType<typeof prepare>

  constructor(db: Connection) {
    this.#db = db
    this.#statements = prepare(db)
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
    const values = this.floats(id)
    return values && { gaps: [...values.gaps], costs: [...values.costs] }
  }

  /** As `get`, for those who read many. Throws DamagedRecordError. */
  floats(id: string): WorkflowFloats | undefined {
    const row = this.#statements.values.get(this.#db.numberOf(id))
    if (!row) return undefined
    if (row.crc !== crc32(row.costs, crc32(row.gaps))) throw new DamagedRecordError(id, 'evaluation')
    return { gaps: floatsOf(row.gaps), costs: floatsOf(row.costs) }
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

function prepare({ sqlite }: Connection) {
  return {
    values: sqlite.prepare<[number], { crc: number; gaps: Uint8Array; costs: Uint8Array }>(
      'select crc, gaps, costs from evaluation_values where run = ?'
    )
  }
}
