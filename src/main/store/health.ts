import type Database from 'better-sqlite3'
import { NewerStoreError, sqliteCode } from './errors'
import { APPLICATION_ID, expectedSchema, MIGRATIONS, schemaText, schemaVersion } from './migrate'

/** Reading every page of a large database at each start would take seconds; its large tables carry checksums of their own. */
const SMALL_TABLES = ['scenario', 'experiment', 'run', 'log', 'metric']
export const SMALL_FILE_BYTES = 256 * 2 ** 20

/**
 * What is wrong with an open database file, as a phrase; undefined where nothing is. Throws NewerStoreError, and
 * SQLite's own error where the file could not be read for another reason than its content.
 */
export function databaseFault(sqlite: Database.Database, depth: 'start' | 'everything'): string | undefined {
  try {
    const owner = sqlite.pragma('application_id', { simple: true })
    const version = schemaVersion(sqlite)
    if (owner !== APPLICATION_ID) return 'it was written by another program'
    if (version > MIGRATIONS.length) throw new NewerStoreError(sqlite.name, version, MIGRATIONS.length)
    if (version < 1 || schemaText(sqlite) !== expectedSchema(version)) return 'its tables are not those of its schema version'
    return firstFinding(sqlite, depth)
  } catch (error) {
    // Nothing but a damaged schema can make these few statements fail.
    const reason = contentFault(error) ?? (sqliteCode(error) === 'SQLITE_ERROR' ? String(error) : undefined)
    if (reason !== undefined) return reason
    throw error
  }
}

/** SQLite's complaint about a file's content, as a phrase; undefined for every other error. */
export function contentFault(error: unknown): string | undefined {
  const code = sqliteCode(error)
  if (code === 'SQLITE_NOTADB') return 'it is not a database'
  if (code?.startsWith('SQLITE_CORRUPT')) return 'its content is malformed'
  return undefined
}

function firstFinding(sqlite: Database.Database, depth: 'start' | 'everything'): string | undefined {
  const bytes = Number(sqlite.pragma('page_count', { simple: true })) * Number(sqlite.pragma('page_size', { simple: true }))
  const checks =
    depth === 'everything'
      ? ['integrity_check(1)']
      : bytes <= SMALL_FILE_BYTES
        ? ['quick_check(1)']
        : SMALL_TABLES.map((table) => `quick_check(${table})`)
  for (const check of checks) {
    const finding = sqlite.pragma(check, { simple: true })
    if (finding !== 'ok') return String(finding).replaceAll(/\s+/g, ' ')
  }
  return undefined
}
