import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore, repair, type Store, StoreLockedError } from '../../../src/main/store'
import { sampleEvaluation, sampleSpec, temporaryHome } from './samples'

const NOW = Date.UTC(2027, 0, 5)
const LINES = 600
const STEPS = Float64Array.from({ length: 3000 }, (_, i) => i)

const template = mkdtempSync(join(tmpdir(), 'lab-repair-'))
let ids: string[] = []
beforeAll(() => {
  ids = fill(template)
})
afterAll(() => rmSync(template, { recursive: true }))

/** A closed data folder of its own with three runs that have everything a run can have, and many lines of log. */
function filledHome(): { home: string; ids: string[] } {
  const home = temporaryHome()
  cpSync(template, home, { recursive: true })
  return { home, ids }
}

function fill(home: string): string[] {
  const store = openStore(home)
  const { runs } = store.addExperiment(
    { name: 'filled', document: { format: 'dmro-experiment/1' } },
    [1, 2, 3].map((seed) => ({ spec: sampleSpec(seed), totalLearnSteps: 100 })),
    1
  )
  for (const [i, id] of runs.entries()) {
    store.curves.append(id, { metric: 'loss', steps: STEPS, values: STEPS.map((step) => Math.sin(step + i)) })
    store.checkpoints.put(id, { learnSteps: 100, seconds: 1, state: new Uint8Array(5000).fill(7 + i) })
    store.policies.put(id, new Uint8Array(5000).fill(3 + i))
    store.setEvaluation(id, sampleEvaluation(0.01 * i))
    store.runs.update(id, { status: 'completed' })
    store.write(() => {
      for (let n = 0; n < LINES; n++) store.log.add(id, { at: n, level: 'info', text: `line ${n} of what was said about run ${id}` })
    })
  }
  store.close()
  return runs
}

const fileOf = (home: string) => join(home, 'lab.sqlite')

const hashOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')

/** What every file of a folder holds, whatever it is called, but for logs and the lock's own. */
function contents(home: string): Set<string> {
  const files = readdirSync(home, { recursive: true, withFileTypes: true }).filter(
    (each) => each.isFile() && !/^lab\.(log|lock\.pid$)/.test(each.name)
  )
  return new Set(files.map(({ parentPath, name }) => hashOf(join(parentPath, name))))
}

/** Changes the closed database behind the lab's back. */
function meddle(home: string, change: (sqlite: Database.Database) => void): void {
  const sqlite = new Database(fileOf(home))
  sqlite.unsafeMode()
  sqlite.function('row_seal', { varargs: true, deterministic: true }, () => 1)
  change(sqlite)
  sqlite.close()
}

/** Overwrites some bytes of a page that holds a table's or an index's rows. */
function spoil(home: string, name: string, which: (pages: number[]) => number, bytes = 4096): void {
  const sqlite = new Database(fileOf(home))
  const pages = sqlite
    .prepare<[string], number>("select pageno from dbstat where name = ? and pagetype = 'leaf' order by path")
    .pluck()
    .all(name)
  sqlite.close()
  const content = readFileSync(fileOf(home))
  content.fill(0xff, (which(pages) - 1) * 4096 + 4096 - bytes, which(pages) * 4096)
  writeFileSync(fileOf(home), content)
}

const withStore = <T>(home: string, use: (store: Store) => T): T => {
  const store = openStore(home)
  try {
    return use(store)
  } finally {
    store.close()
  }
}

const backUp = (home: string) => withStore(home, (store) => store.backUp(NOW - 1000))

const historyOf = (home: string, ids: readonly string[]) =>
  withStore(home, (store) =>
    JSON.stringify(
      ids.map((id) => [store.detail(id), store.evaluation(id), [...store.curves.read(id, 'loss').values], store.policies.get(id)])
    )
  )

const findingsOf = (home: string) => withStore(home, (store) => store.verify())

/** Repairs; afterwards everything that was there before is still there, under whatever name. */
function repaired(home: string): string[] {
  const before = contents(home)
  const done = repair(home, NOW)
  const after = contents(home)
  for (const each of before) expect(after.has(each)).toBe(true)
  return done
}

describe('a repair', () => {
  it('does nothing to a sound lab, and nothing where none is', () => {
    const { home, ids } = filledHome()
    const before = historyOf(home, ids)
    expect(repair(home, NOW)).toEqual([])
    expect(historyOf(home, ids)).toBe(before)
    expect(repair(join(home, 'none'), NOW)).toEqual([])
    expect(existsSync(join(home, 'none'))).toBe(false)
  })

  it('does not begin while a program has the folder open', () => {
    const { home } = filledHome()
    withStore(home, () => expect(() => repair(home, NOW)).toThrow(StoreLockedError))
  })

  it('rebuilds an index that does not match its table, and loses nothing', () => {
    const { home, ids } = filledHome()
    const before = historyOf(home, ids)
    meddle(home, (sqlite) => {
      // Rows that the index does not hear of.
      sqlite.pragma('writable_schema = on')
      const [sql] = sqlite.prepare<[], string>("select sql from sqlite_schema where name = 'log_run'").pluck().all()
      sqlite.exec("update sqlite_schema set sql = 'create index log_run on log (at)' where name = 'log_run'")
      sqlite.pragma('schema_version = 99')
      const other = new Database(fileOf(home))
      other.unsafeMode()
      other.function('row_seal', { varargs: true, deterministic: true }, () => 1)
      other.exec('reindex')
      other.pragma('writable_schema = on')
      other.prepare("update sqlite_schema set sql = ? where name = 'log_run'").run(sql)
      other.pragma('schema_version = 100')
      other.close()
    })
    const done = repaired(home)
    expect(done[0]).toMatch(/^Indices did not match their tables .*They were rebuilt; the file as it was is lab\.sqlite\.damaged-/)
    expect(historyOf(home, ids)).toBe(before)
    expect(findingsOf(home)).toEqual([])
  })

  it('reads all that can be read of a malformed file into a new one', () => {
    const { home, ids } = filledHome()
    const before = JSON.parse(historyOf(home, ids)) as [{ log: unknown[] }][]
    spoil(home, 'log', (pages) => pages[Math.floor(pages.length / 2)])
    const damaged = hashOf(fileOf(home))
    const done = repaired(home)
    expect(done[0]).toMatch(/^The database is damaged \(.*\)\. It was put aside as lab\.sqlite\.damaged-20270105-000000-000\.$/)
    expect(done[1]).toMatch(/rows could be read from it, 3 runs among them, and are in a new file\. What lies on pages/)
    expect(hashOf(join(home, 'lab.sqlite.damaged-20270105-000000-000'))).toBe(damaged)
    const after = JSON.parse(historyOf(home, ids)) as [{ log: unknown[] }][]
    const lines = (history: [{ log: unknown[] }][]) => history.flatMap(([detail]) => detail.log)
    expect(lines(after).length).toBeLessThan(lines(before).length)
    // One page of lines is lost, nothing else.
    expect(lines(after).length).toBeGreaterThan(lines(before).length - 200)
    for (const history of [before, after]) for (const [detail] of history) detail.log = []
    expect(after).toEqual(before)
    expect(findingsOf(home)).toEqual([])
    expect(repair(home, NOW + 1000)).toEqual([])
  })

  it('takes the fullest sound backup where that holds more', () => {
    const { home, ids } = filledHome()
    const before = historyOf(home, ids)
    backUp(home)
    writeFileSync(fileOf(home), 'this is a letter, and no database at all'.repeat(1000))
    expect(repaired(home)[1]).toMatch(/^The backup manual@.* with 3 runs was put in its place\.$/)
    expect(historyOf(home, ids)).toBe(before)
  })

  it('reads what is there of a file that was cut short, and never lets damage pass for right', () => {
    const { home } = filledHome()
    const bytes = readFileSync(fileOf(home)).length
    truncateSync(fileOf(home), Math.floor(bytes / 8192) * 4096)
    const done = repaired(home)
    expect(done[1]).toMatch(/could be read/)
    for (const finding of findingsOf(home)) expect(finding).toMatch(/damaged|could not be read/)
  })

  it('says where nothing can be read and there is no backup; the folder stays shut', () => {
    const { home } = filledHome()
    writeFileSync(fileOf(home), 'x'.repeat(5000))
    expect(repaired(home)[1]).toMatch(/^Nothing could be read .*lab serve --damaged fresh$/)
    expect(() => openStore(home)).toThrow(/is damaged/)
  })

  it('puts damaged rows right from a backup that holds what their checksums say', () => {
    const { home, ids } = filledHome()
    const before = historyOf(home, ids)
    backUp(home)
    meddle(home, (sqlite) => {
      for (const trigger of sqlite.prepare<[], string>("select name from sqlite_schema where type = 'trigger'").pluck().all())
        expect(trigger).toMatch(/_sealed/)
      sqlite.exec('update policy set weights = zeroblob(length(weights)) where run = 2')
      sqlite.exec('update chunk set sum = 7 where run = 1 and sequence = 1')
    })
    // Under the triggers' eyes: a file that is edited as bytes.
    const content = readFileSync(fileOf(home))
    const at = content.indexOf('one edge')
    content.write('two', at)
    writeFileSync(fileOf(home), content)
    const findings = findingsOf(home)
    expect(findings.length).toBeGreaterThanOrEqual(3)
    const done = repair(home, NOW)
    expect(done.at(-2)).toMatch(/^The database as it was before is kept as lab\.sqlite\.before-repair-/)
    expect(done[0]).toMatch(/^\d damaged rows were put right from manual@/)
    expect(findingsOf(home)).toEqual([])
    expect(historyOf(home, ids)).toBe(before)
  })

  it('leaves alone what changed since the backup, and names what is damaged beyond it', () => {
    const { home, ids } = filledHome()
    backUp(home)
    withStore(home, (store) => store.policies.put(ids[0], new Uint8Array(5000).fill(99)))
    meddle(home, (sqlite) => void sqlite.exec('update policy set weights = zeroblob(length(weights)) where run = 1'))
    expect(repair(home, NOW)).toEqual([])
    expect(findingsOf(home)).toEqual([expect.stringMatching(/^The stored policy of run/)])
  })

  it('puts damaged backups aside', () => {
    const { home } = filledHome()
    const file = backUp(home)
    const content = readFileSync(file)
    content.fill(0, 4096, 40_960)
    writeFileSync(file, content)
    const done = repaired(home)
    expect(done[0]).toMatch(/^The backup manual@.*sqlite is damaged\. It was put aside as backups.manual@.*\.sqlite\.damaged-/)
    expect(done[1]).toMatch(/^A backup was made: manual@/)
  })

  it('takes a lock whose holder has ended, and puts another program’s file out of its place', () => {
    const { home } = filledHome()
    writeFileSync(join(home, 'lab.lock.pid'), '999999999\n')
    expect(repair(home, NOW)[0]).toBe('The lock still named process 999999999, which has ended. It was taken over.')
    writeFileSync(join(home, 'lab.lock'), 'mine '.repeat(1000))
    expect(repaired(home)[0]).toMatch(/^lab\.lock held what no lab wrote\. It was put aside as lab\.lock\.foreign-/)
    expect(existsSync(join(home, 'lab.lock.pid'))).toBe(false)
  })

  it('marks runs that nobody trains, and keeps what the bin holds however old', () => {
    const { home, ids } = filledHome()
    withStore(home, (store) => {
      store.runs.update(ids[0], { status: 'running' })
      store.runs.update(ids[1], { deletedAt: 1 })
    })
    expect(repair(home, NOW)[0]).toBe('1 run that nobody trains was marked interrupted.')
    const store = openStore(home, { keepBin: true })
    expect(store.runs.row(ids[0])?.status).toBe('interrupted')
    expect(store.bin.summary().count).toBe(1)
    store.close()
  })
})
