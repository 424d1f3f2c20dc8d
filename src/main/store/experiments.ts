import { eq, getTableColumns, sql } from 'drizzle-orm'
import type { Connection } from './connection'
import { StoreError } from './errors'
import { experiment } from './schema'
import { intact } from './seals'

const INTACT_DOCUMENT = sql.raw("experiment.document_seal is row_seal('experiment.document', experiment.id, experiment.document)")

/** What was asked for. */
export interface NewExperiment {
  name: string
  note?: string
  /** The experiment as its file would hold it. */
  document?: unknown
}

export interface StoredExperiment extends NewExperiment {
  id: number
  /** Milliseconds since 1970. */
  createdAt: number
}

export class Experiments {
  readonly #db: Connection

  constructor(db: Connection) {
    this.#db = db
  }

  insert({ name, note, document }: NewExperiment, now: number): number {
    const text = document === undefined ? undefined : JSON.stringify(document)
    return this.#db.write(
      () => this.#db.orm.insert(experiment).values({ name, note, document: text, createdAt: now }).returning({ id: experiment.id }).get().id
    )
  }

  /** Throws StoreError where it is damaged. */
  get(id: number): StoredExperiment | undefined {
    const row = this.#db.orm
      .select({ ...getTableColumns(experiment), isIntact: sql<number>`(${intact(experiment)} and ${INTACT_DOCUMENT})` })
      .from(experiment)
      .where(eq(experiment.id, id))
      .get()
    if (!row) return undefined
    if (row.isIntact !== 1) throw new StoreError(`The stored record of experiment ${id} is damaged: its checksum does not match.`)
    const { name, note, document, createdAt } = row
    return { id, name, note: note ?? undefined, document: document === null ? undefined : JSON.parse(document), createdAt }
  }
}
