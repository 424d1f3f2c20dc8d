import type { BinKind, Restored } from '@shared/contract/bin'
import { dropUnusedPolicy } from './bin-runs'
import { keptUntil, renamed, restoredName, type Shelf, type StoredEntry, UnknownEntryError } from './bin-shelf'
import type { Connection } from './connection'
import { intactName } from './seals'

interface Named {
  table: 'comparison' | 'policy_name' | 'saved_view'
  /** Bytes of a row, in SQL. */
  bytes: string
  /** Of its name, in characters; undefined where names may repeat. */
  longest?: number
}

/** What is known by a number and a name. */
export const NAMED = {
  comparison: { table: 'comparison', bytes: "length(runs) + length(look) + length(coalesce(note, ''))" },
  policy: {
    table: 'policy_name',
    bytes: "length(coalesce(note, '')) + (select length(weights) from kept_policy where kept_policy.id = policy)",
    longest: 100
  },
  view: { table: 'saved_view', bytes: 'length(state)', longest: 60 }
} as const satisfies Partial<Record<BinKind, Named>>

type NamedKind = keyof typeof NAMED

interface Row {
  id: number
  name: string
  deletedAt: number
  bytes: number
}

/** Deleted comparisons, policies' names or saved views. */
export class BinnedNames implements Shelf {
  readonly #db: Connection
  readonly #kind: NamedKind
  readonly #named: Named

  constructor(db: Connection, kind: NamedKind) {
    this.#db = db
    this.#kind = kind
    this.#named = NAMED[kind]
  }

  entries(): StoredEntry[] {
    const { table, bytes } = this.#named
    return this.#db.sqlite
      .prepare<[], Row>(
        `select id, ${intactName(table)} as name, deleted_at as deletedAt, ${bytes} as bytes from ${table} where deleted_at is not null`
      )
      .all()
      .map(({ id, name, deletedAt, bytes: size }) => ({
        id: `${this.#kind}-${id}`,
        kind: this.#kind,
        name,
        deletedAt,
        keptUntil: keptUntil(deletedAt),
        bytes: size
      }))
  }

  restore(key: string): Restored {
    const { table, longest } = this.#named
    const { name } = this.#known(key)
    const holder = this.#db.sqlite.prepare<[string], number>(`select id from ${table} where name = ? and deleted_at is null`).pluck()
    const called = longest === undefined ? name : restoredName(name, longest, (wish) => holder.get(wish) !== undefined)
    this.#db.sqlite.prepare(`update ${table} set deleted_at = null, name = ? where id = ?`).run(called, Number(key))
    return { id: `${this.#kind}-${key}`, kind: this.#kind, ...renamed(name, called) }
  }

  purge(key: string): boolean {
    const { id } = this.#known(key)
    const { sqlite } = this.#db
    const policy =
      this.#kind === 'policy' ? sqlite.prepare<[number], string>('select policy from policy_name where id = ?').pluck().get(id) : undefined
    sqlite.prepare(`delete from ${this.#named.table} where id = ?`).run(id)
    if (policy !== undefined) dropUnusedPolicy(this.#db, policy)
    return true
  }

  #known(key: string): { id: number; name: string } {
    const row = this.#db.sqlite
      .prepare<[number], { id: number; name: string }>(`select id, name from ${this.#named.table} where id = ? and deleted_at is not null`)
      .get(Number(key))
    if (!row) throw new UnknownEntryError([`${this.#kind}-${key}`])
    return row
  }
}
