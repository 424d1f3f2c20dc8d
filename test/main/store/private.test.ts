import { chmodSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openStore } from '../../../src/main/store'
import { migrate } from '../../../src/main/store/migrate'
import { addRuns, openedStore, temporaryHome } from './samples'

/** Every file and folder under a data folder with the bits that others have. */
function openToOthers(home: string): string[] {
  const below = readdirSync(home, { recursive: true, encoding: 'utf8' })
  return ['.', ...below].filter((name) => (statSync(join(home, name)).mode & 0o077) !== 0)
}

describe.skipIf(process.platform === 'win32')('a data folder', () => {
  it('is its owner’s alone from its first moment: database, log, index, lock, backups', async () => {
    const home = join(temporaryHome(), 'new')
    const before = process.umask(0)
    try {
      const store = openedStore(home)
      addRuns(store)
      await store.backUpIfDue(Date.now())
    } finally {
      process.umask(before)
    }
    const names = readdirSync(home)
    expect(names).toEqual(expect.arrayContaining(['lab.sqlite', 'lab.sqlite-wal', 'lab.sqlite-shm', 'lab.lock', 'lab.lock.pid', 'backups']))
    expect(readdirSync(join(home, 'backups'))).toHaveLength(1)
    expect(openToOthers(home)).toEqual([])
  })

  it('that was open to others is closed to them at opening; files that are not the lab’s stay as they are', () => {
    const home = temporaryHome()
    const old = new Database(join(home, 'lab.sqlite'))
    migrate(old, 6)
    old.close()
    mkdirSync(join(home, 'backups'))
    for (const name of [
      'lab.lock',
      'lab.sqlite.damaged-20260101-000000-000',
      'backups/daily@20260101-000000-000.sqlite',
      'experiment.json'
    ])
      writeFileSync(join(home, name), '')
    for (const name of ['', 'lab.sqlite', 'backups', 'lab.lock', 'experiment.json'])
      chmodSync(join(home, name), name === '' ? 0o755 : 0o777)
    openStore(home).close()
    expect(openToOthers(home)).toEqual(['experiment.json'])
    expect(statSync(home).mode & 0o777).toBe(0o700)
  })

  it('in a folder that is everybody’s leaves that folder to everybody', () => {
    const home = temporaryHome()
    chmodSync(home, 0o1777)
    openStore(home).close()
    expect(statSync(home).mode & 0o7777).toBe(0o1777)
    expect(openToOthers(home)).toEqual(['.'])
  })

  it('whose database is elsewhere keeps that one to itself too', () => {
    const [home, disk] = [temporaryHome(), temporaryHome()]
    const target = join(disk, 'lab.sqlite')
    openStore(disk).close()
    chmodSync(target, 0o644)
    symlinkSync(target, join(home, 'lab.sqlite'))
    openStore(home).close()
    expect(statSync(target).mode & 0o777).toBe(0o600)
  })

  it('that was restored is its owner’s alone', async () => {
    const home = temporaryHome()
    const store = openStore(home)
    await store.backUpIfDue(Date.now())
    store.close()
    writeFileSync(join(home, 'lab.sqlite'), 'a letter')
    expect(() => openStore(home)).toThrow(/damaged/)
    const [backup] = readdirSync(join(home, 'backups'))
    chmodSync(join(home, 'backups', backup), 0o444)
    openedStore(home, { damaged: 'restore' })
    expect(openToOthers(home)).toEqual([])
    expect(statSync(join(home, 'lab.sqlite')).mode & 0o777).toBe(0o600)
  })
})
