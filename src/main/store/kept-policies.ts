import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Connection } from './connection'
import { DamagedRecordError } from './errors'
import { keptPolicy, policyName } from './schema'
import { intact } from './seals'

/** Names a policy's content: SHA-256 of its bytes, in hexadecimal. */
export function policyIdOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** A policy under a name of its own. */
export interface NamedPolicy {
  name: string
  /** SHA-256 of its bytes, in hexadecimal. */
  policy: string
  note?: string
  /** The run it came from. */
  run?: string
  /** Milliseconds since 1970. */
  namedAt: number
}

/** Policies kept by their content, whatever happens to the runs they came from, and the names people gave them. */
export class KeptPolicies {
  readonly #db: Connection

  constructor(db: Connection) {
    this.#db = db
  }

  /** Keeps a policy's bytes; returns their SHA-256, by which they are found again. */
  keep(bytes: Uint8Array, now: number): string {
    const id = policyIdOf(bytes)
    const weights = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#db.write(() =>
      this.#db.orm
        .insert(keptPolicy)
        .values({ id, crc: crc32(weights), weights, keptAt: now })
        .onConflictDoNothing()
        .run()
    )
    return id
  }

  /** Undefined where none of that SHA-256 is kept. Throws DamagedRecordError. */
  get(id: string): Uint8Array | undefined {
    const row = this.#db.orm.select().from(keptPolicy).where(eq(keptPolicy.id, id)).get()
    if (row && row.crc !== crc32(row.weights)) throw new DamagedRecordError(id.slice(0, 8), 'policy')
    return row?.weights
  }

  /** Keeps bytes under a name. Another policy that had the name goes to the bin. */
  name({ name, note, run }: { name: string; note?: string; run?: string }, bytes: Uint8Array, now: number): void {
    this.#db.write(() => {
      const columns = { policy: this.keep(bytes, now), note: note ?? null, run: run ?? null, namedAt: now }
      const known = this.find(name)
      if (known?.policy === columns.policy) {
        this.#db.orm
          .update(policyName)
          .set(columns)
          .where(and(eq(policyName.name, name), isNull(policyName.deletedAt)))
          .run()
        return
      }
      this.remove(name, now)
      this.#db.orm
        .insert(policyName)
        .values({ name, ...columns })
        .run()
    })
  }

  /** Every name that is not deleted, in alphabetical order. */
  list(): NamedPolicy[] {
    return this.#db.orm
      .select()
      .from(policyName)
      .where(and(isNull(policyName.deletedAt), intact(policyName)))
      .orderBy(asc(policyName.name))
      .all()
      .map(({ name, policy, note, run, namedAt }) => ({ name, policy, note: note ?? undefined, run: run ?? undefined, namedAt }))
  }

  find(name: string): NamedPolicy | undefined {
    return this.list().find((named) => named.name === name)
  }

  /** Moves a name to the bin; its number there, undefined where there is no such name. */
  remove(name: string, now: number): number | undefined {
    return this.#db.write(() =>
      this.#db.orm
        .update(policyName)
        .set({ deletedAt: now })
        .where(and(eq(policyName.name, name), isNull(policyName.deletedAt)))
        .returning({ id: policyName.id })
        .get()
    )?.id
  }
}
