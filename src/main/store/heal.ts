import { rmSync } from 'node:fs'
import { basename } from 'node:path'
import Database from 'better-sqlite3'
import { backupFiles, isSound } from './backup-facts'
import { copyInto } from './backups'
import { databaseFile } from './connection'
import { MIGRATIONS, schemaVersion } from './migrate'
import { makePrivateFile } from './private'
import { intactRow, SEALED } from './seals'
import { stamp } from './stamp'

/**
 * Damaged values are put right from backups without a guess: a backup's row takes the place of a damaged one only where it has the
 * same key and the very checksum that the damaged one still carries, so that it is what was written; or where all it holds is the same, so
 * that the checksum itself was damaged.
 */
interface Checked {
  table: string
  key: readonly string[]
  /** What the checksum covers, the key included. */
  covered: readonly string[]
  checksum: string
  /** The condition that a row is damaged; absent where only its reader can tell. */
  isDamaged?: string
}

/** Blobs, whose readers keep their checksums. */
const BLOBS: readonly Checked[] = [
  {
    table: 'chunk',
    key: ['run', 'metric', 'sequence'],
    covered: ['points', 'first_step', 'last_step', 'stride', 'least', 'greatest', 'sum', 'finite', 'steps', 'curve_values'],
    checksum: 'crc'
  },
  { table: 'evaluation_values', key: ['run'], covered: ['gaps', 'costs'], checksum: 'crc' },
  { table: 'checkpoint', key: ['run'], covered: ['learn_steps', 'seconds', 'state'], checksum: 'crc' },
  { table: 'policy', key: ['run'], covered: ['weights'], checksum: 'crc' },
  { table: 'kept_policy', key: ['id'], covered: ['weights'], checksum: 'crc' },
  { table: 'document_version', key: ['document', 'version'], covered: ['content'], checksum: 'crc' },
  { table: 'draft', key: ['id'], covered: ['content'], checksum: 'crc' },
  { table: 'scenario', key: ['id'], covered: ['document'], checksum: 'id' }
]

/**
 * Puts damaged rows right from the sound backups of a data folder, newest first; the database as it was is kept beside. Returns what was
 * done, a sentence each.
 */
export function healFromBackups(sqlite: Database.Database, home: string, now: number): string[] {
  const backups = backupFiles(home).filter((file) => schemaOf(file) === MIGRATIONS.length && isSound(file, 'everything'))
  if (backups.length === 0) return []
  const before = `${databaseFile(home)}.before-repair-${stamp(now)}`
  makePrivateFile(before)
  copyInto(sqlite, before)
  const told: string[] = []
  for (const file of backups) {
    sqlite.prepare('attach ? as backup').run(file)
    try {
      const healed = sqlite.transaction(() => checks(sqlite).reduce((sum, each) => sum + heal(sqlite, each), 0)).immediate()
      if (healed > 0) told.push(`${healed} damaged ${healed === 1 ? 'row was' : 'rows were'} put right from ${basename(file)}.`)
    } finally {
      sqlite.exec('detach backup')
    }
  }
  if (told.length === 0) rmSync(before)
  return told.length === 0 ? [] : [...told, `The database as it was before is kept as ${basename(before)}.`]
}

function checks(sqlite: Database.Database): Checked[] {
  const sealed = Object.entries(SEALED).map(([table, covered]) => ({
    table,
    key: keyOf(sqlite, table),
    covered,
    checksum: 'seal',
    isDamaged: `not (${intactRow(table, 'own')})`
  }))
  const documents = "own.document_seal is not row_seal('experiment.document', own.id, own.document)"
  return [
    ...sealed,
    { table: 'experiment', key: ['id'], covered: ['document'], checksum: 'document_seal', isDamaged: documents },
    { table: 'run', key: ['number'], covered: othersOf(sqlite, 'run', ['number', 'seal']), checksum: 'seal' },
    ...BLOBS
  ]
}

function keyOf(sqlite: Database.Database, table: string): string[] {
  return sqlite.prepare<[], string>(`select name from pragma_table_info('${table}') where pk > 0 order by pk`).pluck().all()
}

function othersOf(sqlite: Database.Database, table: string, leaving: readonly string[]): string[] {
  const all = sqlite.prepare<[], string>(`select name from pragma_table_info('${table}')`).pluck().all()
  return all.filter((name) => !leaving.includes(name))
}

function heal(sqlite: Database.Database, { table, key, covered, checksum, isDamaged }: Checked): number {
  const values = covered.filter((column) => !key.includes(column))
  const columns = [...values, ...(key.includes(checksum) ? [] : [checksum])]
  const same = (names: readonly string[]) => names.map((name) => `own.${name} is b.${name}`).join(' and ')
  // Equal checksums over other values: one of the two is damaged, and the backup matches every one of its own.
  const differs = `own.${checksum} is b.${checksum} and not (${same(values)})`
  const condition = isDamaged === undefined ? differs : `(${isDamaged}) and (own.${checksum} is b.${checksum} or (${same(values)}))`
  const list = columns.join(', ')
  return sqlite
    .prepare(
      `update main.${table} as own set (${list}) = (select ${columns.map((name) => `b.${name}`).join(', ')} from backup.${table} b where ${same(key)})
       where exists (select 1 from backup.${table} b where ${same(key)} and ${condition})`
    )
    .run().changes
}

function schemaOf(file: string): number | undefined {
  try {
    const sqlite = new Database(file, { readonly: true, fileMustExist: true })
    try {
      return schemaVersion(sqlite)
    } finally {
      sqlite.close()
    }
  } catch {
    // No database: no backup of one either.
    return undefined
  }
}
