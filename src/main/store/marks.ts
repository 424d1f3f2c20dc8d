import { eq, getTableColumns, sql } from 'drizzle-orm'
import type { Marks } from '@shared/contract/records'
import type { Priority } from '@shared/run/marks'
import type { Connection } from './connection'
import { DamagedRecordError } from './errors'
import { runMarks } from './schema'
import { intact } from './seals'

export type MarkColumns = typeof runMarks.$inferSelect

/** What of a run's marks may change. */
export interface MarkChanges {
  tags?: readonly string[]
  /** Markdown; null takes it away. */
  note?: string | null
  pinned?: boolean
  archived?: boolean
  priority?: Priority
}

/** Marks as rows carry them: only what was said. */
export function shownMarks(columns: MarkColumns | null): Marks {
  if (!columns) return {}
  const tags: string[] = JSON.parse(columns.tags)
  return {
    ...(tags.length > 0 && { tags }),
    ...(columns.note !== null && { note: columns.note }),
    ...(columns.pinned === 1 && { pinned: true }),
    ...(columns.archived === 1 && { archived: true }),
    ...(columns.priority !== 0 && { priority: columns.priority > 0 ? 1 : -1 })
  }
}

/** Tags, notes, pins: what people add to runs. */
export class RunMarks {
  readonly #db: Connection

  constructor(db: Connection) {
    this.#db = db
  }

  /** Throws UnknownRunError, DamagedRecordError. */
  get(id: string): Marks {
    const columns = this.#columns(id)
    if (columns && columns.isIntact !== 1) throw new DamagedRecordError(id, 'tags and note')
    return shownMarks(columns ?? null)
  }

  /** Throws UnknownRunError. */
  update(id: string, { tags, note, pinned, archived, priority }: MarkChanges): void {
    const changes = {
      ...(tags && { tags: JSON.stringify([...new Set(tags)].sort()) }),
      ...(note !== undefined && { note }),
      ...(pinned !== undefined && { pinned: Number(pinned) }),
      ...(archived !== undefined && { archived: Number(archived) }),
      ...(priority !== undefined && { priority })
    }
    if (Object.keys(changes).length === 0) return
    this.#db.write(() =>
      this.#db.orm
        .insert(runMarks)
        .values({ run: this.#db.numberOf(id), ...changes })
        .onConflictDoUpdate({ target: runMarks.run, set: changes })
        .run()
    )
  }

  #columns(id: string): (MarkColumns & { isIntact: number }) | undefined {
    return this.#db.orm
      .select({ ...getTableColumns(runMarks), isIntact: sql<number>`${intact(runMarks)}` })
      .from(runMarks)
      .where(eq(runMarks.run, this.#db.numberOf(id)))
      .get()
  }
}
