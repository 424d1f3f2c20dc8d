import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, describe, expect, it } from 'vitest'
import { openStore } from '../../../src/main/store'
import { addRuns } from '../store/samples'
import { commandLine } from './in-process'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'dmro-backup-'))
  folders.push(made)
  return made
}

function homeWith(runs: number): { home: string; ids: string[] } {
  const home = folder()
  const store = openStore(home)
  const ids = addRuns(store, runs)
  store.close()
  return { home, ids }
}

const idsIn = async (home: string) => (await commandLine(home).json('runs', 'list', '--json')).runs.map(({ id }: { id: string }) => id)
const backupsOf = (home: string) => readdirSync(join(home, 'backups'))

/** Flips a bit of a value that SQLite's own check does not look at. */
function damage(file: string): void {
  const bytes = readFileSync(file)
  const at = bytes.indexOf('one edge')
  bytes[at] ^= 1
  writeFileSync(file, bytes)
  const sqlite = new Database(file, { readonly: true })
  expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok')
  sqlite.close()
}

describe('lab backup and lab restore', () => {
  it('go back to what was, and keep what they replace', async () => {
    const { home, ids } = homeWith(2)
    const lab = commandLine(home)
    expect((await lab('restore')).err).toContain('There is no backup')
    expect((await lab('backup')).code).toBe(0)
    const [name] = backupsOf(home)
    expect(name).toMatch(/^manual@/)
    const store = openStore(home)
    const [later] = addRuns(store)
    store.close()
    const restored = await lab('restore', name)
    expect(restored.code, restored.err).toBe(0)
    expect(await idsIn(home)).toEqual(ids)
    const replaced = backupsOf(home).find((each) => each.startsWith('replaced@')) ?? ''
    expect((await lab('restore')).out).toMatch(/replaced@.*3 +intact\n.*manual@.*2 +intact/)
    expect((await lab('restore', join(home, 'backups', replaced))).code).toBe(0)
    expect(await idsIn(home)).toEqual([...ids, later])
    expect(backupsOf(home).filter((each) => /^(manual|replaced)@/.test(each))).toHaveLength(3)
  })

  it('work beside a lab that is open, and refuse to replace what it writes', async () => {
    const { home } = homeWith(1)
    const open = openStore(home)
    const lab = commandLine(home)
    expect((await lab('backup')).code).toBe(0)
    const { code, err } = await lab('restore', backupsOf(home)[0])
    expect(code).toBe(1)
    expect(err).toContain(`is in use by process ${process.pid}`)
    open.close()
  })

  it('write a data folder of its own, and over nothing', async () => {
    const { home, ids } = homeWith(2)
    const to = join(folder(), 'copy')
    expect((await commandLine(home)('backup', '--to', to)).err).toContain(`lab serve --home ${to}`)
    expect(await idsIn(to)).toEqual(ids)
    const again = await commandLine(home)('backup', '--to', to)
    expect(again.code).toBe(1)
    expect(again.err).toContain('is not empty')
  })

  it('do not offer a backup that is damaged inside, which SQLite’s own check lets pass', async () => {
    const { home, ids } = homeWith(1)
    const lab = commandLine(home)
    await lab('backup')
    const [first] = backupsOf(home)
    await lab('backup')
    const [, second] = backupsOf(home).sort()
    damage(join(home, 'backups', second))
    expect((await lab('restore')).out).toMatch(/damaged\n.*intact/)
    const { code, err } = await lab('restore', second)
    expect(code).toBe(1)
    expect(err).toMatch(/is not an intact backup of a lab\. .*checksum does not match/)
    // After a loss, too, the older one is offered.
    writeFileSync(join(home, 'lab.sqlite'), 'no database')
    expect(() => openStore(home)).toThrow(first)
    const restored = openStore(home, { damaged: 'restore' })
    expect(restored.runs.list().map(({ id }) => id)).toEqual(ids)
    restored.close()
    expect(existsSync(join(home, 'backups', second))).toBe(true)
  })

  it('say that a copy of a damaged database is damaged, and keep it', async () => {
    const { home } = homeWith(1)
    damage(join(home, 'lab.sqlite'))
    const { code, err } = await commandLine(home)('backup')
    expect(code).toBe(1)
    expect(err).toMatch(/damaged inside, since the database is: .*checksum does not match/)
    expect(backupsOf(home)).toHaveLength(1)
    const doctor = await commandLine(home)('doctor')
    expect(doctor.code).toBe(1)
    expect(doctor.out).toContain('Problem: The name and facts of scenario')
  })
})
