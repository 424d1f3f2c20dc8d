import Database from 'better-sqlite3'
import { sqliteCode } from './errors'
import { expectedSchema, MIGRATIONS, migrate, schemaText, schemaVersion } from './migrate'
import { provideSeals } from './seals'

/** What came out of a damaged database file. */
export interface Salvage {
  /** Rows read, whatever their checksums say: these come along, so that what is damaged is still noticed. */
  rows: number
  /** Whether there were stretches that could not be read. */
  isWhole: boolean
  /** Rows left behind since what they belong to could not be read. */
  orphans: number
  /** Runs among the rows, deleted ones included. */
  runs: number
}

/** Stretches of a table that are tried after one could not be read: damaged files are not allowed to take for ever. */
const MOST_TRIES = 20_000

interface Table {
  name: string
  columns: string[]
  /** What its rows are in the order of, as far as one column tells. */
  key: string
}

/** A value as SQLite has it, whole numbers as such. */
type Value = bigint | number | string | Uint8Array | null
type Row = Value[]

/**
 * Reads every row of a damaged database that can be read into a new file, in the schema the damaged one had; what lies on pages
 * that cannot be read is left out. Rows keep their checksums as they are: nothing damaged passes for right.
 *
 * @param damaged a copy that may be written: SQLite reads its log into it.
 * @param into an empty file. It is not a lab where `runs` and `rows` are 0.
 */
export function salvage(damaged: string, into: string): Salvage {
  const source = new Database(damaged, { fileMustExist: true })
  const target = new Database(into)
  try {
    // SQLite would refuse a file that is shorter than its header says, or whose schema has a flaw.
    source.unsafeMode()
    attempt(() => source.pragma('writable_schema = on'))
    migrate(target, versionOf(source))
    return target.transaction(() => copyRows(source, target))()
  } finally {
    source.close()
    target.close()
  }
}

function versionOf(source: Database.Database): number {
  const text = attempt(() => schemaText(source))
  const matching = MIGRATIONS.findIndex((_, i) => expectedSchema(i + 1) === text)
  if (matching >= 0) return matching + 1
  const stated = attempt(() => schemaVersion(source)) ?? 0
  return stated >= 1 && stated <= MIGRATIONS.length ? stated : MIGRATIONS.length
}

function copyRows(source: Database.Database, target: Database.Database): Salvage {
  const triggers = target.prepare<[], { name: string; sql: string }>("select name, sql from sqlite_schema where type = 'trigger'").all()
  // They would seal damaged rows again.
  for (const { name } of triggers) target.exec(`drop trigger ${name}`)
  target.pragma('defer_foreign_keys = on')
  let [rows, isWhole] = [0, true]
  for (const table of tablesOf(target)) {
    // What the migrations put there themselves, such as the identity, is in the damaged file too.
    const emptied = target.prepare(`delete from ${table.name}`)
    const insert = target.prepare(
      `insert or ignore into ${table.name} (${table.columns.join(', ')}) values (${table.columns.map(() => '?').join(', ')})`
    )
    let isFirst = true
    const read = readTable(source, table, (row) => {
      if (isFirst) emptied.run()
      isFirst = false
      // A value that its column may not hold is not one that the lab wrote.
      rows += attempt(() => insert.run(row).changes) ?? 0
    })
    isWhole &&= read
  }
  const orphans = leaveOrphans(target)
  for (const { sql } of triggers) target.exec(sql)
  provideSeals(target)
  return { rows: rows - orphans, isWhole, orphans, runs: target.prepare<[], number>('select count(*) from run').pluck().get() ?? 0 }
}

function tablesOf(target: Database.Database): Table[] {
  return target
    .prepare<[], { name: string; wr: number }>(
      "select name, wr from pragma_table_list where schema = 'main' and type = 'table' and name not like 'sqlite_%'"
    )
    .all()
    .map(({ name, wr }) => {
      const columns = target
        .prepare<[], { name: string; pk: number }>(`select name, pk from pragma_table_info('${name}') order by cid`)
        .all()
      const leading = columns.find(({ pk }) => pk === 1)?.name
      return { name, columns: columns.map((column) => column.name), key: wr === 1 && leading !== undefined ? leading : 'rowid' }
    })
}

/** Whether all of a table could be read. */
function readTable(source: Database.Database, { name, columns, key }: Table, take: (row: Row) => void): boolean {
  const list = [key, ...columns].join(', ')
  let tries = 0
  /** Reads in one direction within bounds; the key it came to, and whether that is the end. */
  const walk = (order: 'asc' | 'desc', from?: Value, to?: Value): { isDone: boolean; last?: Value } => {
    tries++
    const bounds = [...(from === undefined ? [] : [`${key} >= ?`]), ...(to === undefined ? [] : [`${key} <= ?`])]
    const where = bounds.length > 0 ? ` where ${bounds.join(' and ')}` : ''
    let last: Value | undefined
    try {
      const statement = source.prepare<Value[], Row>(`select ${list} from ${name}${where} order by ${key} ${order}`).raw().safeIntegers()
      for (const [at, ...row] of statement.iterate(...[from, to].filter((bound) => bound !== undefined))) {
        last = at
        take(row)
      }
      return { isDone: true, last }
    } catch (error) {
      if (!isOfContent(error)) throw error
      return { isDone: false, last }
    }
  }
  const middle = (from: bigint, to: bigint): void => {
    if (from > to || tries >= MOST_TRIES || walk('asc', from, to).isDone || from === to) return
    const half = (from + to) >> 1n
    middle(from, half)
    middle(half + 1n, to)
  }
  const up = walk('asc')
  if (up.isDone) return true
  const down = walk('desc')
  if (typeof up.last === 'bigint' && typeof down.last === 'bigint') middle(up.last + 1n, down.last - 1n)
  return false
}

/** Takes out rows whose owner is not there; they stay in the damaged file. */
function leaveOrphans(target: Database.Database): number {
  let gone = 0
  for (;;) {
    const lost = target.prepare<[], { table: string; rowid: number | null; parent: string; fkid: number }>('pragma foreign_key_check').all()
    if (lost.length === 0) return gone
    let changes = 0
    for (const { table, parent, fkid } of new Map(lost.map((each) => [`${each.table} ${each.fkid}`, each])).values()) {
      const owner = target
        .prepare<[number], { from: string; to: string | null }>(`select "from", "to" from pragma_foreign_key_list('${table}') where id = ?`)
        .get(fkid)
      if (!owner) continue
      const to = owner.to ?? 'rowid'
      const { from } = owner
      changes += target
        .prepare(`delete from ${table} where ${from} is not null and ${from} not in (select ${to} from ${parent})`)
        .run().changes
    }
    gone += changes
    if (changes === 0) return gone
  }
}

/** What could be read; undefined where the file is too damaged for it. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (isOfContent(error)) return undefined
    throw error
  }
}

/** Whether SQLite complains of what is in a file, not of the disk. */
function isOfContent(error: unknown): boolean {
  const code = sqliteCode(error)
  return code !== undefined && !/^SQLITE_(FULL|IOERR|READONLY|NOMEM)/.test(code)
}
