import { crc32 } from 'node:zlib'
import { eq, sql } from 'drizzle-orm'
import type { Connection } from './connection'
import { DamagedRecordError } from './errors'
import { policy } from './schema'

/** The trained policies (card and weights), as opaque as the learner makes them. */
export class Policies {
  readonly #db: Connection

  constructor(db: Connection) {
    this.#db = db
  }

  put(id: string, bytes: Uint8Array): void {
    const weights = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const columns = { crc: crc32(weights), weights }
    this.#db.write(() =>
      this.#db.orm
        .insert(policy)
        .values({ run: this.#db.numberOf(id), ...columns })
        .onConflictDoUpdate({ target: policy.run, set: columns })
        .run()
    )
  }

  /** The policy of a run; undefined where it has none. Throws DamagedRecordError, UnknownRunError. */
  get(id: string): Uint8Array | undefined {
    const row = this.#db.orm
      .select()
      .from(policy)
      .where(eq(policy.run, this.#db.numberOf(id)))
      .get()
    if (row && row.crc !== crc32(row.weights)) throw new DamagedRecordError(id, 'policy')
    return row?.weights
  }

  /** Bytes of a run's policy; undefined where it has none. */
  size(id: string): number | undefined {
    return this.#db.orm
      .select({ bytes: sql<number>`length(${policy.weights})` })
      .from(policy)
      .where(eq(policy.run, this.#db.numberOf(id)))
      .get()?.bytes
  }

  clear(id: string): void {
    this.#db.write(() =>
      this.#db.orm
        .delete(policy)
        .where(eq(policy.run, this.#db.numberOf(id)))
        .run()
    )
  }
}
