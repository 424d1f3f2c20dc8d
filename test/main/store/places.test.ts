import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DiskFullError, openForReading, openStore, StoreError } from '../../../src/main/store'
import { namedWriteError } from '../../../src/main/store/errors'
import { openedStore, temporaryHome } from './samples'

const opened = (open: (home: string) => unknown, home: string): unknown => {
  try {
    open(home)
  } catch (error) {
    return error
  }
  return undefined
}

describe.each([
  ['for writing', openStore],
  ['for looking', openForReading]
] as const)('a data folder in whose place something else is, opened %s', (_, open) => {
  it('says so of a folder in the place of the database', () => {
    const home = temporaryHome()
    mkdirSync(join(home, 'lab.sqlite'), { recursive: true })
    const error = opened(open, home)
    expect(error).toBeInstanceOf(StoreError)
    expect((error as Error).message).toContain(`${join(home, 'lab.sqlite')} is not a file`)
  })

  it('says so of a file in its own place', () => {
    const home = join(temporaryHome(), 'letter')
    writeFileSync(home, 'a letter')
    const error = opened(open, home)
    expect(error).toBeInstanceOf(StoreError)
    expect((error as Error).message).toContain(`${home} is not a folder`)
  })

  it.runIf(process.platform !== 'win32')('does not begin an empty lab where the backups lie on a disk that is not mounted', () => {
    const home = temporaryHome()
    const target = join(home, 'unmounted', 'backups')
    symlinkSync(target, join(home, 'backups'))
    const error = opened(open, home)
    expect(error).toBeInstanceOf(StoreError)
    expect((error as Error).message).toContain(`${join(home, 'backups')} is a link to ${target}, which does not exist.`)
    expect(readdirSync(home)).not.toContain('lab.sqlite')
  })
})

describe('a lab whose place for backups is none', () => {
  it.each(['a letter', undefined])('says why no backup is made: %s', async (letter) => {
    const store = openedStore()
    const place = join(store.home, 'backups')
    rmSync(place, { recursive: true, force: true })
    if (letter !== undefined) writeFileSync(place, letter)
    else symlinkSync(join(store.home, 'unmounted'), place)
    const now = Date.now()
    await expect(store.backUpIfDue(now)).rejects.toThrow(letter === undefined ? /is a link to .*unmounted, which/ : /is not a folder/)
    store.close()
  })
})

it('a disk without room is named, whichever part finds out', () => {
  const error = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
  expect(namedWriteError(error, '/lab')).toBeInstanceOf(DiskFullError)
  expect((namedWriteError(error, '/lab') as Error).message).toBe('The disk that holds /lab is full.')
})
