import { crc32 } from 'node:zlib'
import { eq, sql } from 'drizzle-orm'
import type { Connection } from './connection'
import { DamagedRecordError } from './errors'
import { checkpoint } from './schema'

/** A learner's state: with all points up to `learnSteps` it is the run's exact state. */
export interface Checkpoint {
  learnSteps: number
  /** Seconds trained up to it. */
  seconds: number
  state: Uint8Array
}

/** The latest checkpoint of each run. */
export class Checkpoints {
  readonly #db: Connection

  constructor(db: Connection) {
    this.#db = db
  }

  /** Replaces the run's checkpoint. */
  put(id: string, { learnSteps, seconds, state }: Checkpoint): void {
    const columns = {
      learnSteps,
      seconds,
      crc: checksum(learnSteps, seconds, state),
      state: Buffer.from(state.buffer, state.byteOffset, state.byteLength)
    }
    this.#db.write(() =>
      this.#db.orm
        .insert(checkpoint)
        .values({ run: this.#db.numberOf(id), ...columns })
        .onConflictDoUpdate({ target: checkpoint.run, set: columns })
        .run()
    )
  }

  /** Throws DamagedRecordError. */
  get(id: string): Checkpoint | undefined {
    const row = this.#db.orm
      .select()
      .from(checkpoint)
      .where(eq(checkpoint.run, this.#db.numberOf(id)))
      .get()
    if (!row) return undefined
    const { learnSteps, seconds, state } = row
    if (row.crc !== checksum(learnSteps, seconds, state)) throw new DamagedRecordError(id, 'checkpoint')
    return { learnSteps, seconds, state }
  }

  /** What there is to resume from, without reading it; undefined where there is nothing. */
  summary(id: string): { learnSteps: number; seconds: number; bytes: number } | undefined {
    const { learnSteps, seconds, state } = checkpoint
    return this.#db.orm
      .select({ learnSteps, seconds, bytes: sql<number>`length(${state})` })
      .from(checkpoint)
      .where(eq(checkpoint.run, this.#db.numberOf(id)))
      .get()
  }

  clear(id: string): void {
    this.#db.write(() =>
      this.#db.orm
        .delete(checkpoint)
        .where(eq(checkpoint.run, this.#db.numberOf(id)))
        .run()
    )
  }
}

function checksum(learnSteps: number, seconds: number, state: Uint8Array): number {
  return crc32(state, crc32(`${learnSteps}/${seconds}`))
}
