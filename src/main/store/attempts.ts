import { and, asc, eq, getTableColumns, gte, isNull, sql } from 'drizzle-orm'
import type { Attempt, Machine } from '@shared/contract/records'
import type { Connection } from './connection'
import { DamagedRecordError } from './errors'
import { run, runAttempt } from './schema'
import { intact } from './seals'

/** Where the attempts of runs were trained that their results come from. */
export class Attempts {
  readonly #db: Connection

  constructor(db: Connection) {
    this.#db = db
  }

  /** In order. Throws DamagedRecordError. */
  of(id: string): Attempt[] {
    return this.#db.orm
      .select({ ...getTableColumns(runAttempt), isIntact: sql<number>`${intact(runAttempt)}` })
      .from(runAttempt)
      .where(eq(runAttempt.run, this.#db.numberOf(id)))
      .orderBy(asc(runAttempt.attempt))
      .all()
      .map(({ attempt, fromStep, machine, approximate, beganAt, endedAt, isIntact }) => {
        if (isIntact !== 1) throw new DamagedRecordError(id, 'record of attempts')
        return {
          attempt,
          fromStep,
          machine: JSON.parse(machine) as Machine,
          ...(approximate !== null && { approximate }),
          ...(beganAt !== null && { beganAt }),
          ...(endedAt !== null && { endedAt })
        }
      })
  }

  put(id: string, { attempt, fromStep, machine, approximate, beganAt, endedAt }: Attempt): void {
    const columns = {
      fromStep,
      machine: JSON.stringify(machine),
      approximate: approximate ?? null,
      beganAt: beganAt ?? null,
      endedAt: endedAt ?? null
    }
    this.#db.write(() =>
      this.#db.orm
        .insert(runAttempt)
        .values({ run: this.#db.numberOf(id), attempt, ...columns })
        .onConflictDoUpdate({ target: [runAttempt.run, runAttempt.attempt], set: columns })
        .run()
    )
  }

  /** Notes when the latest attempt ended by the clock; nothing where no worker had begun with it. */
  end(id: string, attempt: number, at: number): void {
    this.#db.write(() =>
      this.#db.orm
        .update(runAttempt)
        .set({ endedAt: at })
        .where(and(eq(runAttempt.run, this.#db.numberOf(id)), eq(runAttempt.attempt, attempt), isNull(runAttempt.endedAt)))
        .run()
    )
  }

  /** The spans in which workers had any of these runs in hand, by the clock: [from, to] in milliseconds since 1970. */
  spans(ids: readonly string[]): [from: number, to: number][] {
    const asked = sql`(select value from json_each(${JSON.stringify(ids)}))`
    return this.#db.orm
      .select({ from: runAttempt.beganAt, to: runAttempt.endedAt })
      .from(runAttempt)
      .innerJoin(run, eq(run.number, runAttempt.run))
      .where(sql`${run.id} in ${asked}`)
      .all()
      .flatMap(({ from, to }): [number, number][] => (from === null || to === null ? [] : [[from, to]]))
  }

  /** Where a checkpoint at a learn step was made; undefined where nobody said. */
  machineAt(id: string, learnSteps: number): Machine | undefined {
    return this.of(id).findLast(({ fromStep }) => fromStep < learnSteps)?.machine
  }

  /** Forgets what came of attempts that began at a learn step or later: another resumes from there. */
  dropFrom(id: string, learnSteps: number): void {
    this.#db.write(() =>
      this.#db.orm
        .delete(runAttempt)
        .where(and(eq(runAttempt.run, this.#db.numberOf(id)), gte(runAttempt.fromStep, learnSteps)))
        .run()
    )
  }
}
