import { and, asc, eq, gte } from 'drizzle-orm'
import type { Attempt, Machine } from '@shared/contract/records'
import type { Connection } from './connection'
import { runAttempt } from './schema'

/** Where the attempts of runs were trained that their results come from. */
export class Attempts {
  readonly #db: Connection

  constructor(db: Connection) {
    this.#db = db
  }

  /** In order. */
  of(id: string): Attempt[] {
    return this.#db.orm
      .select()
      .from(runAttempt)
      .where(eq(runAttempt.run, this.#db.numberOf(id)))
      .orderBy(asc(runAttempt.attempt))
      .all()
      .map(({ attempt, fromStep, machine, approximate }) => ({
        attempt,
        fromStep,
        machine: JSON.parse(machine) as Machine,
        ...(approximate !== null && { approximate })
      }))
  }

  put(
    id: string,
    { attempt, fromStep, machine, approximate = null }: Omit<Attempt, 'approximate'> & { approximate?: string | null }
  ): void {
    const columns = { fromStep, machine: JSON.stringify(machine), approximate }
    this.#db.write(() =>
      this.#db.orm
        .insert(runAttempt)
        .values({ run: this.#db.numberOf(id), attempt, ...columns })
        .onConflictDoUpdate({ target: [runAttempt.run, runAttempt.attempt], set: columns })
        .run()
    )
  }

  /** Where a checkpoint at a learn step was made; undefined where nobody said. */
  machineAt(id: string, learnSteps: number): Machine | undefined {
    return this.of(id).findLast(({ fromStep }) => fromStep < learnSteps)?.machine
  }

  /** Forgets what came of attempts that began at a learn step or later: another goes on from there. */
  dropFrom(id: string, learnSteps: number): void {
    this.#db.write(() =>
      this.#db.orm
        .delete(runAttempt)
        .where(and(eq(runAttempt.run, this.#db.numberOf(id)), gte(runAttempt.fromStep, learnSteps)))
        .run()
    )
  }
}
