import { crc32 } from 'node:zlib'
import type Database from 'better-sqlite3'
import { type SQL, sql } from 'drizzle-orm'
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core'

/**
 * Checksums of rows. Migration 0013 gives a seal to every table whose rows are shown; its triggers keep it. What does not match its
 * seal is not shown as if it were right, and is named by `verify`.
 */

/** Columns of each sealed table under its seal, as the migration's triggers have them. */
export const SEALED: Readonly<Record<string, readonly string[]>> = {
  scenario: ['id', 'name', 'note', 'facts', 'created_at'],
  experiment: ['id', 'name', 'note', 'created_at'],
  run_attempt: ['run', 'attempt', 'from_step', 'machine', 'approximate', 'began_at', 'ended_at'],
  run_source: ['run', 'kind', 'document', 'version', 'by_content'],
  log: ['id', 'run', 'at', 'level', 'line'],
  metric: ['id', 'key'],
  run_marks: ['run', 'tags', 'note', 'pinned', 'archived', 'priority'],
  run_origin: ['run', 'first_id', 'bundle', 'imported_at'],
  foreign_run: ['run', 'source', 'key', 'name', 'place', 'digest', 'imported_at'],
  saved_view: ['id', 'name', 'state', 'created_at', 'deleted_at'],
  last_view: ['only', 'state'],
  comparison: ['id', 'name', 'note', 'runs', 'against', 'look', 'saved_at', 'deleted_at'],
  policy_name: ['id', 'name', 'policy', 'note', 'run', 'named_at', 'deleted_at'],
  document: ['id', 'kind', 'name', 'version', 'created_at', 'saved_at', 'deleted_at'],
  document_version: ['document', 'version', 'note', 'facts', 'faults', 'saved_at', 'crc', 'content_id'],
  former_name: ['document', 'name', 'left_at'],
  draft: ['id', 'kind', 'name', 'base', 'edited_at', 'crc', 'deleted_at', 'revision'],
  typed: ['field', 'content', 'base', 'revision', 'edited_at'],
  lab_identity: ['only', 'id']
}

/** Lets a connection write and check seals. */
export function provideSeals(sqlite: Database.Database): void {
  sqlite.function('row_seal', { varargs: true, deterministic: true }, (...columns: unknown[]) => crc32(JSON.stringify(columns)))
}

/** The condition that a row matches its seal, for a statement that calls its table `as`. */
export function intactRow(table: string, as = table): string {
  return `${as}.seal is row_seal('${table}', ${SEALED[table].map((column) => `${as}.${column}`).join(', ')})`
}

/** What a row is called whose name cannot be trusted. */
export const DAMAGED_NAME = '(damaged)'

/** The name of a row, where that matches its seal, for a statement that calls its table `as`. */
export function intactName(table: string, as = table): string {
  return `case when ${intactRow(table, as)} then ${as}.name else '${DAMAGED_NAME}' end`
}

/** As `intactRow`, for a statement that is put together. */
export function intact(table: SQLiteTable): SQL {
  return sql.raw(`(${intactRow(getTableConfig(table).name)})`)
}

/** What a sealed table holds, for a sentence; the rows of some belong to a run, which is named. */
const WHAT: Readonly<Record<string, string>> = {
  scenario: 'the name and facts of scenario',
  experiment: 'the record of experiment',
  run_attempt: 'where attempts were trained',
  run_source: 'what came from which version',
  log: 'a line of the log',
  metric: 'the name of metric',
  run_marks: 'tags and note',
  run_origin: 'the origin',
  foreign_run: 'what another tracker calls it, and where it was read,',
  saved_view: 'saved view',
  last_view: 'the view looked at last',
  comparison: 'saved comparison',
  policy_name: 'the name of kept policy',
  document: 'the record of document',
  document_version: 'the record of a version of document',
  former_name: 'a former name of document',
  draft: 'the record of unsaved edits',
  typed: 'text typed into field',
  lab_identity: 'the identity of the database'
}

/**
 * A sentence for each row that does not match its seal.
 *
 * @param leaving tables that are not looked at.
 */
export function sealFindings(sqlite: Database.Database, leaving: readonly string[] = []): string[] {
  const findings = Object.keys(SEALED)
    .filter((table) => !leaving.includes(table))
    .flatMap((table) => findingsOf(sqlite, table))
  const documents = sqlite
    .prepare<[], number>("select id from experiment where document_seal is not row_seal('experiment.document', id, document)")
    .pluck()
    .all()
  return [...findings, ...documents.map((id) => damagedSentence(`the document of experiment ${id}`))]
}

function findingsOf(sqlite: Database.Database, table: string): string[] {
  const [key] = SEALED[table]
  const rows =
    table === 'log' || key === 'run'
      ? `select distinct coalesce((select id from run where number = ${table}.run), ${table}.run)`
      : `select ${key}`
  return sqlite
    .prepare<[], string | number>(`${rows} from ${table} where not (${intactRow(table)})`)
    .pluck()
    .all()
    .map((id) =>
      damagedSentence(
        table === 'log' || key === 'run' ? `${WHAT[table]} of run ${id}` : key === 'only' ? WHAT[table] : `${WHAT[table]} ${id}`
      )
    )
}

const damagedSentence = (what: string) => `${what[0].toUpperCase()}${what.slice(1)} is damaged: the checksum does not match.`
