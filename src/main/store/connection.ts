import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3'
import { namedWriteError, UnknownRunError } from './errors'
import { provideSeals } from './seals'

export const DATABASE = 'lab.sqlite'

export function databaseFile(home: string): string {
  return join(home, DATABASE)
}

/** One open database as the parts of the store share it. */
export interface Connection {
  home: string
  sqlite: Database.Database
  orm: BetterSQLite3Database
  /**
   * Runs `work` in one transaction, a part of the surrounding one where there is one: all of it is kept or nothing.
   * Throws DiskFullError where the disk refuses, ReadOnlyStoreError where nothing may be written, LostLockError.
   */
  write<T>(work: () => T): T
  /** The number of a run, under which its curves and the rest are kept. Throws UnknownRunError. */
  numberOf(id: string): number
  /** Drops what is known of runs that were deleted for good. */
  forget(ids: readonly string[]): void
}

export function connect(home: string, sqlite: Database.Database, assertHeld: () => void = () => {}): Connection {
  provideSeals(sqlite)
  // drizzle and the raw statements share the connection, so one transaction holds for both.
  const numbers = new Map<string, number>()
  const findNumber = sqlite.prepare<[string], number>('select number from run where id = ?').pluck()
  const transaction = sqlite.transaction((work: () => unknown) => work())
  return {
    home,
    sqlite,
    orm: drizzle(sqlite),
    write: <T>(work: () => T): T => {
      assertHeld()
      try {
        return transaction.immediate(work) as T
      } catch (error) {
        throw namedWriteError(error, home)
      }
    },
    numberOf: (id) => {
      const number = numbers.get(id) ?? findNumber.get(id)
      if (number === undefined) throw new UnknownRunError(id)
      // An id keeps its number for as long as the run is there.
      numbers.set(id, number)
      return number
    },
    forget: (ids) => {
      for (const id of ids) numbers.delete(id)
    }
  }
}

/** Settings every writing connection has: what is acknowledged survives a power cut, and the log does not stay large. */
export function configure(sqlite: Database.Database): void {
  sqlite.pragma('journal_mode = WAL')
  sqlite.pragma('synchronous = FULL')
  sqlite.pragma('foreign_keys = ON')
  sqlite.pragma(`journal_size_limit = ${64 * 2 ** 20}`)
}
