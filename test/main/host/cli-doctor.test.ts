import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import { type Diagnosis, diagnose, diagnosisText } from '../../../src/main/api/diagnosis'
import { programLog } from '../../../src/main/log'
import { openStore } from '../../../src/main/store'
import { commandLine } from './in-process'
import { sampleEvaluation, sampleSpec, temporaryHome } from '../store/samples'

const CLI = fileURLToPath(new URL('../../../out/main/cli.js', import.meta.url))
const RELEASE = fileURLToPath(new URL('../../fixtures/releases/0.1.0/home', import.meta.url))
const MACHINE = {
  ...{ app: '1', node: '24', platform: 'linux', cpu: 'x', cpuFlags: '' },
  ...{ backend: 'native', library: '1.15.0', tfjs: '4', threads: 1 }
}

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A closed data folder with a run, its curve and a policy. */
function filledHome(): string {
  const home = temporaryHome()
  const store = openStore(home)
  const { runs } = store.addExperiment({ name: 'filled' }, [{ spec: sampleSpec(), totalLearnSteps: 100 }], 1)
  store.curves.append(runs[0], { metric: 'loss', steps: Float64Array.from([1, 2, 3]), values: Float64Array.from([3, 2, 1]) })
  store.policies.put(runs[0], new Uint8Array(5000).fill(3))
  store.setEvaluation(runs[0], sampleEvaluation())
  store.close()
  return home
}

const look = (home: string, onProgress?: (done: number, of: number) => void): Promise<Diagnosis> =>
  diagnose({ home, training: async () => MACHINE, depth: 'everything', onProgress })

/** Every file of a folder with what it holds, but for what SQLite makes by reading alone: its index of the log, and an empty log. */
const contentOf = (home: string) =>
  readdirSync(home, { recursive: true, encoding: 'utf8' })
    .filter((name) => !/-shm$|^backups$/.test(name) && !(name.endsWith('-wal') && statSync(join(home, name)).size === 0))
    .sort()
    .map(
      (name) =>
        `${name} ${createHash('sha256')
          .update(readFileSync(join(home, name)))
          .digest('hex')}`
    )

describe('a diagnosis', () => {
  it('finds nothing wrong with a sound lab, beside the program that has it open', async () => {
    const home = filledHome()
    const store = openStore(home)
    await store.backUpIfDue(Date.now())
    const before = contentOf(home)
    const steps: string[] = []
    const found = await look(home, (done, of) => steps.push(`${done}/${of}`))
    expect(found.problems).toEqual([])
    expect(found).toMatchObject({
      runs: 1,
      writer: { pid: process.pid },
      bin: { entries: 0 },
      backups: { copies: 1, newestSound: { runs: 1, name: expect.stringMatching(/^daily@/) } },
      versions: { backend: 'native', library: '1.15.0', sqlite: expect.stringMatching(/^3\./) }
    })
    expect(found.database?.schema).toBe(found.database?.knownSchema)
    expect(found.home.freeBytes).toBeGreaterThan(0)
    expect(steps).toEqual(['0/1', '1/1'])
    expect(contentOf(home)).toEqual(before)
    store.close()
    expect((await look(home)).writer).toBeUndefined()
  })

  it('finds a damaged policy by its checksum, and leaves everything as it is', async () => {
    const home = filledHome()
    const sqlite = new Database(join(home, 'lab.sqlite'))
    const { changes } = sqlite.prepare('update policy set weights = zeroblob(length(weights))').run()
    sqlite.close()
    expect(changes).toBe(1)
    const before = contentOf(home)
    expect((await look(home)).problems).toEqual([expect.stringMatching(/^The stored policy of run [0-9a-f]{8} is damaged/)])
    expect(contentOf(home)).toEqual(before)
  })

  it('names a database that is none, and does not set it aside', async () => {
    const home = filledHome()
    writeFileSync(join(home, 'lab.sqlite'), 'a letter '.repeat(1000))
    const before = contentOf(home)
    expect((await look(home)).problems).toEqual([expect.stringMatching(/^The database is damaged/)])
    expect(contentOf(home)).toEqual(before)
  })

  it('reads the home of an older version without bringing it up to date', async () => {
    const home = mkdtempSync(join(tmpdir(), 'dmro-doctor-'))
    folders.push(home)
    cpSync(RELEASE, home, { recursive: true })
    chmodSync(home, 0o700)
    chmodSync(join(home, 'lab.sqlite'), 0o600)
    const before = contentOf(home)
    const found = await look(home)
    expect(found).toMatchObject({ problems: [], database: { schema: 6 } })
    expect(found.runs).toBeGreaterThan(10)
    expect(diagnosisText(found)).toMatch(/schema 6, this program has \d+/)
    expect(contentOf(home)).toEqual(before)
  })

  it.skipIf(process.platform === 'win32')('names what others on the machine can reach', async () => {
    const home = filledHome()
    chmodSync(join(home, 'lab.sqlite'), 0o644)
    expect((await look(home)).problems).toEqual([expect.stringMatching(/can reach lab\.sqlite \(0644\)/)])
  })

  it('tells the last errors of the log, and where nothing can be trained', async () => {
    const home = filledHome()
    programLog(home).error('Run 01234567 failed: it was tired.')
    const found = await diagnose({ home, training: () => Promise.reject(new Error('no library')), depth: 'start' })
    expect(found.problems).toEqual(['Nothing can be trained: no library'])
    expect(diagnosisText(found)).toMatch(/Last errors of the log:\n {2}\S+ {2}Run 01234567 failed: it was tired\./)
  })

  it('finds nothing wrong where there is no lab yet', async () => {
    const home = join(mkdtempSync(join(tmpdir(), 'dmro-doctor-')), 'none')
    folders.push(home)
    expect(await look(home)).toMatchObject({ problems: [], home: { exists: false }, backups: { copies: 0 } })
  })
})

describe('lab doctor', () => {
  const doctor = (home: string, ...more: string[]) =>
    spawnSync(process.execPath, [CLI, 'doctor', ...more, '--home', home], { encoding: 'utf8', timeout: 60_000 })

  it('prints what there is and ends with 0 where nothing is wrong', () => {
    const { status, stdout } = doctor(filledHome())
    expect(stdout).toMatch(/^DMRO Lab +\d/)
    expect(stdout).toMatch(/^Training +(native|wasm), library \S+/m)
    expect(stdout).toMatch(/Nothing is wrong\.\n$/)
    expect(status).toBe(0)
  })

  it('repairs what can be, says what it did, and then looks again', async () => {
    const home = filledHome()
    const backup = openStore(home)
    backup.backUp(Date.now())
    backup.close()
    writeFileSync(join(home, 'lab.sqlite'), 'a letter '.repeat(1000))
    const { repairs, problems, runs } = await commandLine(home).json('doctor', '--repair', '--json')
    expect(repairs).toEqual([
      expect.stringMatching(/put aside as lab\.sqlite\.damaged-/),
      expect.stringMatching(/^The backup manual@.* with 1 run was put in its place/),
      expect.stringMatching(/^A backup was made/)
    ])
    expect({ problems, runs }).toEqual({ problems: [], runs: 1 })
    const { code, err } = await commandLine(home)('doctor', '--repair')
    expect(err).toMatch(/There was nothing to repair\./)
    expect(code).toBe(0)
  })

  it('ends with 1 where something is, also as JSON', () => {
    const home = filledHome()
    writeFileSync(join(home, 'lab.sqlite'), 'a letter '.repeat(1000))
    const { status, stdout } = doctor(home, '--json')
    expect((JSON.parse(stdout) as Diagnosis).problems).toHaveLength(1)
    expect(status).toBe(1)
  })
})
