import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { LostStoreError, MissingStoreError, openForReading, openStore, StoreError } from '../../../src/main/store'
import { migrate } from '../../../src/main/store/migrate'
import { addRuns, temporaryHome } from './samples'

const DAY = 24 * 3600 * 1000
const START = Date.UTC(2026, 0, 1)

const fileOf = (home: string) => join(home, 'lab.sqlite')
const backupsIn = (home: string) => readdirSync(join(home, 'backups')).sort()

/** A backup for each day given; the lab then holds so many runs more than before. */
async function backedUp(home: string, days: readonly number[], runs = 0): Promise<void> {
  const store = openStore(home)
  if (runs > 0) addRuns(store, runs)
  for (const day of days) await store.backUpIfDue(START + day * DAY)
  store.close()
}

function thrown(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

describe('daily backups', () => {
  it('are made once a day, and the newest three of their database stay', async () => {
    const home = temporaryHome()
    const store = openStore(home)
    addRuns(store)
    const made: (string | undefined)[] = []
    for (const hours of [0, 1, 23, 25, 49, 73, 97]) made.push(await store.backUpIfDue(START + hours * 3600 * 1000))
    store.close()
    expect(made.map((file) => file !== undefined)).toEqual([true, false, false, true, true, true, true])
    expect(backupsIn(home)).toHaveLength(3)
  })

  it('are due again where the last is of a day that has not come yet', async () => {
    const home = temporaryHome()
    await backedUp(home, [400])
    await backedUp(home, [0])
    expect(backupsIn(home)).toHaveLength(2)
  })

  it('of another database are never rotated away, nor do they put off its own', async () => {
    const home = temporaryHome()
    await backedUp(home, [0, 2, 4], 5)
    const before = backupsIn(home)
    rmSync(fileOf(home))
    openStore(home, { damaged: 'fresh' }).close()
    await backedUp(home, [4.5, 6, 8, 10, 12])
    expect(backupsIn(home)).toEqual(expect.arrayContaining(before))
    expect(backupsIn(home)).toHaveLength(6)
  })

  it('from before databases had an identity are nobody’s to delete', async () => {
    const home = temporaryHome()
    mkdirSync(join(home, 'backups'))
    const old = join(home, 'backups', 'daily@20200101-000000-000.sqlite')
    const sqlite = new Database(old)
    migrate(sqlite, 6)
    sqlite.close()
    openStore(home, { damaged: 'fresh' }).close()
    await backedUp(home, [0, 2, 4, 6, 8])
    expect(existsSync(old)).toBe(true)
  })

  it('keep the newest intact one that holds more runs than the newest three', async () => {
    const home = temporaryHome()
    await backedUp(home, [0, 2], 5)
    const [, fuller] = backupsIn(home)
    const sqlite = new Database(fileOf(home))
    sqlite.exec('delete from run')
    sqlite.close()
    await backedUp(home, [4, 6, 8, 10, 12])
    expect(backupsIn(home)).toHaveLength(4)
    expect(backupsIn(home)).toContain(fuller)
    // Once as much is in the newer ones, it may go.
    await backedUp(home, [14, 16, 18], 5)
    expect(backupsIn(home)).toHaveLength(3)
  })

  it('that do not pass their check are given up, and nothing is rotated', async () => {
    const home = temporaryHome()
    await backedUp(home, [0, 2, 4])
    const before = backupsIn(home)
    const store = openStore(home)
    const other = new Database(fileOf(home))
    other.exec('create table stranger (x)')
    other.close()
    await expect(store.backUpIfDue(START + 6 * DAY)).rejects.toThrow(/copy is damaged.*earlier backups are kept/)
    store.close()
    expect(backupsIn(home)).toEqual(before)
  })
})

describe('an identity', () => {
  const identityOf = (file: string) => {
    const sqlite = new Database(file, { readonly: true })
    const id = sqlite.prepare<[], string>('select id from lab_identity').pluck().get()
    sqlite.close()
    return id
  }

  it('is a database’s own, the same in its backups, and given to an older one when it is brought up to date', async () => {
    const [one, other] = [temporaryHome(), temporaryHome()]
    await backedUp(one, [0])
    const old = new Database(fileOf(other))
    migrate(old, 6)
    old.close()
    openStore(other).close()
    expect(identityOf(fileOf(one))).toMatch(/^[0-9a-f]{32}$/)
    expect(identityOf(join(one, 'backups', backupsIn(one)[0]))).toBe(identityOf(fileOf(one)))
    expect(identityOf(fileOf(other))).toMatch(/^[0-9a-f]{32}$/)
    expect(identityOf(fileOf(other))).not.toBe(identityOf(fileOf(one)))
  })
})

describe('a data folder whose database is gone', () => {
  it('says so, offers its backups and the ways out, and begins nothing by itself', async () => {
    const home = temporaryHome()
    await backedUp(home, [0], 2)
    await backedUp(home, [2], 3)
    rmSync(fileOf(home))
    for (const open of [() => openStore(home), () => openForReading(home), () => openStore(home, { mode: 'read' })]) {
      const error = thrown(open)
      expect(error).toBeInstanceOf(MissingStoreError)
      expect((error as Error).message).toMatch(/lab\.sqlite is missing.*newest intact backup is .*daily@20260103.* with 5 runs/)
      expect((error as Error).message).toMatch(/lab serve --damaged restore.*lab serve --damaged fresh/)
    }
    expect(existsSync(fileOf(home))).toBe(false)
    const restored = openStore(home, { damaged: 'restore' })
    expect(restored.runs.list()).toHaveLength(5)
    restored.close()
  })

  it('tells of a backup that holds more than the newest, and takes the one that is chosen', async () => {
    const home = temporaryHome()
    await backedUp(home, [0], 4)
    rmSync(fileOf(home))
    openStore(home, { damaged: 'fresh' }).close()
    await backedUp(home, [2], 1)
    rmSync(fileOf(home))
    const error = thrown(() => openStore(home)) as LostStoreError
    expect(error.message).toMatch(
      /20260103\S* with 1 run.*20260101\S* holds more, 4 runs: lab serve --damaged restore --backup daily@20260101/
    )
    expect(() => openStore(home, { damaged: 'restore', backup: 'nothing.sqlite' })).toThrow(/Backup nothing\.sqlite does not exist/)
    const [first] = backupsIn(home)
    const restored = openStore(home, { damaged: 'restore', backup: first })
    expect(restored.runs.list()).toHaveLength(4)
    restored.close()
  })

  it('does not write the log of the database that is gone into the one that takes its place', async () => {
    const home = temporaryHome()
    await backedUp(home, [0], 1)
    const other = temporaryHome()
    const store = openStore(other)
    addRuns(store, 3)
    renameSync(`${fileOf(other)}-wal`, `${fileOf(home)}-wal`)
    store.close()
    rmSync(fileOf(home))
    const restored = openStore(home, { damaged: 'restore' })
    expect(restored.runs.list()).toHaveLength(1)
    expect(restored.verify()).toEqual([])
    restored.close()
    expect(readdirSync(home).filter((name) => /^lab\.sqlite\.lost-.*-wal$/.test(name))).toHaveLength(1)
  })

  it('that has nothing but the log of its last changes is not taken for a new one', () => {
    const home = temporaryHome()
    writeFileSync(`${fileOf(home)}-wal`, 'changes')
    for (const damaged of [undefined, 'restore'] as const)
      expect(() => openStore(home, { damaged })).toThrow(/missing, though the log of its last changes is.*no backup to restore/)
    openStore(home, { damaged: 'fresh' }).close()
    expect(readdirSync(home).some((name) => name.startsWith('lab.sqlite.lost-'))).toBe(true)
  })

  it.runIf(process.platform !== 'win32')('behind a link to nowhere is refused, naming the link and where it leads', async () => {
    const home = temporaryHome()
    const disk = join(temporaryHome(), 'disk')
    await backedUp(home, [0], 2)
    const target = join(disk, 'lab.sqlite')
    rmSync(fileOf(home))
    symlinkSync(target, fileOf(home))
    for (const open of [() => openStore(home), () => openForReading(home), () => openStore(home, { damaged: 'fresh' })]) {
      const error = thrown(open)
      expect(error).toBeInstanceOf(StoreError)
      expect((error as Error).message).toContain(`${fileOf(home)} is a link to ${target}, which does not exist.`)
    }
    mkdirSync(disk)
    renameSync(join(home, 'backups', backupsIn(home)[0]), target)
    const store = openStore(home)
    expect(store.runs.list()).toHaveLength(2)
    store.close()
    const linked = join(disk, 'home')
    symlinkSync(join(disk, 'nowhere'), linked)
    expect(() => openStore(linked)).toThrow(`${linked} is a link to ${join(disk, 'nowhere')}`)
  })
})

it('a new data folder is opened without a question', () => {
  const store = openStore(join(temporaryHome(), 'new', 'lab'))
  expect(store.runs.list()).toEqual([])
  store.close()
})

it('what is lost is one kind of error, whatever became of the file', async () => {
  const home = temporaryHome()
  await backedUp(home, [0])
  writeFileSync(fileOf(home), 'a letter')
  expect(thrown(() => openStore(home))).toBeInstanceOf(LostStoreError)
})
