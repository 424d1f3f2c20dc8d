import { asc, eq } from 'drizzle-orm'
import type { LogLine } from '@shared/contract/records'
import type { Connection } from './connection'
import { log } from './schema'
import { intact } from './seals'

const DAMAGED = { level: 'error', text: 'This line of the log is damaged: its checksum does not match.' } as const

/** What happened to each run, a sentence per line. */
export class RunLog {
  readonly #db: Connection

  constructor(db: Connection) {
    this.#db = db
  }

  add(id: string, { at, level, text }: LogLine): void {
    this.#db.write(() =>
      this.#db.orm
        .insert(log)
        .values({ run: this.#db.numberOf(id), at, level, line: text })
        .run()
    )
  }

  /** Oldest first. */
  of(id: string): LogLine[] {
    return this.#db.orm
      .select({ at: log.at, level: log.level, text: log.line, isIntact: intact(log).as('is_intact') })
      .from(log)
      .where(eq(log.run, this.#db.numberOf(id)))
      .orderBy(asc(log.id))
      .all()
      .map(({ isIntact, ...line }): LogLine => (isIntact === 1 ? line : { ...DAMAGED, at: line.at }))
  }
}
