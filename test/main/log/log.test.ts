import type { EventEmitter } from 'node:events'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Lab, directClient, openLab } from '../../../src/main/api'
import { logSession } from '../../../src/main/host/session-log'
import { countRefusals } from '../../../src/main/host/web-refusals'
import { LOG, lastLines, logCrashes, OLDER_LOG, programLog, withoutPersons } from '../../../src/main/log'
import { forkWorkers } from '../../../src/main/processes/fork'
import { openStore } from '../../../src/main/store'
import { BUILT_WORKER, smallExperiment } from '../api/hosts'

const RELEASE = fileURLToPath(new URL('../../fixtures/releases/0.1.0/home', import.meta.url))

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'dmro-log-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const textOf = (name = LOG) => readFileSync(join(home, name), 'utf8')
const told = () => lastLines(home, 1000).map(({ text }) => text)

describe('the log of a data folder', () => {
  it('is a line an event, with its time and level', () => {
    const log = programLog(home, { now: () => Date.UTC(2026, 10, 30, 12) })
    log.info('Started.')
    log.warning('two\nlines')
    log.error('\u001b[31mred')
    expect(textOf()).toBe(
      [
        '2026-11-30T12:00:00.000Z info    Started.',
        '2026-11-30T12:00:00.000Z warning two\\x0alines',
        '2026-11-30T12:00:00.000Z error   \\x1b[31mred',
        ''
      ].join('\n')
    )
    expect(lastLines(home, 5, 'error')).toEqual([{ at: '2026-11-30T12:00:00.000Z', level: 'error', text: '\\x1b[31mred' }])
  })

  it('begins a new file at its size and keeps the one before', () => {
    const log = programLog(home, { most: 1000 })
    for (let i = 0; i < 100; i++) log.info(`event ${i} of a hundred`)
    expect(readdirSync(home).sort()).toEqual([LOG, OLDER_LOG].sort())
    for (const name of [LOG, OLDER_LOG]) expect(statSync(join(home, name)).size).toBeLessThan(1200)
    expect(told().at(-1)).toBe('event 99 of a hundred')
  })

  it.skipIf(process.platform === 'win32')('is its owner’s alone, also once it was opened to others', () => {
    programLog(home).info('a')
    expect(statSync(join(home, LOG)).mode & 0o777).toBe(0o600)
    chmodSync(join(home, LOG), 0o666)
    programLog(home).info('b')
    expect(statSync(join(home, LOG)).mode & 0o777).toBe(0o600)
  })

  it('stops nothing where it cannot be written', () => {
    mkdirSync(join(home, LOG))
    expect(() => programLog(home).info('a')).not.toThrow()
    expect(lastLines(home, 5)).toEqual([])
  })

  it.each([
    ['The policy "Anna’s secret" that this run starts from is not kept', 'The policy "…" that this run starts from is not kept'],
    ['in use “Night rounds” still', 'in use "…" still'],
    ["ENOENT: no such file or directory, open '/srv/my data/plan.json'", "ENOENT: no such file or directory, open '<path>'"],
    ['cannot read C:\\Users\\anna\\plan.json today', 'cannot read <path> today'],
    ['at file:///srv/anna/lib/x.js:3:4 and ~/notes.md', 'at <path>:3:4 and <path>'],
    [`${homedir()} is full`, '<path> is full'],
    ['open at http://127.0.0.1:4137/?token=abc-DEF_1', 'open at <link>'],
    ['cookie token=abc-DEF_1; and more', 'cookie token=…; and more'],
    ['1 / 2 and/or 3 learn steps/s', '1 / 2 and/or 3 learn steps/s']
  ])('leaves out what is somebody’s own: %j', (text, left) => {
    expect(withoutPersons(text, '/data/lab')).toBe(left)
  })

  it('tells paths in the data folder from there', () => {
    expect(withoutPersons('/data/lab/lab.sqlite is damaged; see /data/lab/backups/a.sqlite', '/data/lab')).toBe(
      'lab.sqlite is damaged; see backups/a.sqlite'
    )
  })

  it('counts refused connections: the first at once, the rest in one line', () => {
    const refusals = countRefusals(programLog(home))
    for (const status of [401, 403, 401, 401]) refusals.add(status)
    expect(told()).toEqual(['Connections were refused: 1 × 401.'])
    refusals.stop()
    expect(told()).toEqual(['Connections were refused: 1 × 401.', 'Connections were refused: 2 × 401, 1 × 403.'])
  })

  it('holds an error that nothing caught, and does not catch it', () => {
    const forget = logCrashes(programLog(home))
    const program: EventEmitter = process
    program.emit('uncaughtExceptionMonitor', new Error('out of nowhere'), 'unhandledRejection')
    forget()
    program.emit('uncaughtExceptionMonitor', new Error('unheard'), 'uncaughtException')
    expect(lastLines(home, 5, 'error').map(({ text }) => text)).toEqual([
      expect.stringMatching(/^unhandledRejection: Error: out of nowhere/)
    ])
  })
})

describe('what is written there', () => {
  const labs: Lab[] = []
  const open = (): Lab => {
    const lab = openLab({ store: openStore(home), spawnWorker: forkWorkers(BUILT_WORKER), parallel: 1 })
    labs.push(lab)
    return lab
  }
  afterEach(async () => {
    for (const lab of labs.splice(0)) await lab.close()
  })

  it('is the making of a database, its workers, what computes, and why a run failed, and no name', async () => {
    const lab = open()
    const client = directClient(lab)
    const live = await client.runs.live({ curves: [] })
    const algorithms = [{ id: 'dqn', parameters: { learnSteps: 100_000, evaluateEvery: 1000 } }]
    const document = { ...(smallExperiment('Annas Versuch') as object), algorithms }
    const { runs } = await client.experiments.start({ source: { document } })
    let pid: number | undefined
    for await (const _ of live) {
      const { row } = await client.runs.get({ id: runs[0] })
      if (!['queued', 'running'].includes(row.status)) break
      if (row.learnSteps === 0 || pid !== undefined) continue
      pid = Number(
        told()
          .flatMap((text) => /^Training process (\d+) was started/.exec(text)?.[1] ?? [])
          .at(-1)
      )
      process.kill(pid, 'SIGKILL')
    }
    await lab.close()
    const lines = told()
    expect(lines[0]).toBe('An empty database was made.')
    expect(lines).toContainEqual(expect.stringMatching(/^Training on (native|wasm), \S+/))
    expect(lines).toContainEqual(expect.stringMatching(`^Training process ${pid} was ended by SIGKILL`))
    expect(lastLines(home, 99, 'error').map(({ text }) => text)).toContainEqual(
      expect.stringMatching(`^Run ${runs[0]} failed: The training process was killed by SIGKILL`)
    )
    expect(textOf()).not.toMatch(/Annas/)
    expect(textOf()).not.toContain(home)
  })

  it('is that a host began and ended, with its versions', async () => {
    const lab = open()
    const end = logSession(lab, 'window')
    await lab.close()
    end()
    expect(told()).toContainEqual(
      expect.stringMatching(/^Started as window: DMRO Lab \d\S+, \w+ \w+, Node \S+, SQLite 3\S+, schema \d+, 1 at a time, process \d+\.$/)
    )
    expect(told().at(-1)).toBe(`Ended, process ${process.pid}.`)
  })

  it('is that an older database was brought up to date, and where it is as it was', () => {
    cpSync(RELEASE, home, { recursive: true })
    openStore(home).close()
    expect(told()[0]).toMatch(/^The database was brought from schema 6 to \d+; as it was it is backups\/schema-6@\S+\.sqlite\.$/)
  })

  it('is a backup, and damage with where the damaged file is now', async () => {
    const lab = open()
    await expect.poll(told).toContainEqual(expect.stringMatching(/^A backup was made: backups\/daily@\S+\.sqlite\.$/))
    await lab.close()
    writeFileSync(join(home, 'lab.sqlite'), 'no database at all '.repeat(300))
    expect(() => openStore(home)).toThrow(/damaged/)
    expect(lastLines(home, 1)[0]).toMatchObject({
      level: 'error',
      text: expect.stringMatching(
        /^The data folder was not opened: The database is damaged \(.*\)\. It is kept as lab\.sqlite\.damaged-\S+\.$/
      )
    })
    openStore(home, { damaged: 'restore' }).close()
    expect(told().at(-1)).toMatch(/^The backup daily@\S+ was restored in place of the database\.$/)
  })

  it('is nothing where a folder is only read', () => {
    openStore(home).close()
    rmSync(join(home, LOG))
    openStore(home, { mode: 'read' }).close()
    expect(readdirSync(home)).not.toContain(LOG)
  })
})
