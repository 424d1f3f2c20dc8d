import { copyFileSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DamagedStoreError, openStore } from '../../../src/main/store'
import { addRuns, temporaryHome } from './samples'

/** A data folder as a killed program leaves it: what was written last is in the log alone. Each run was a change of its own. */
function killedHome(): { home: string; ids: string[]; log: string } {
  const home = temporaryHome()
  openStore(home).close()
  const store = openStore(home)
  const ids = Array.from({ length: 8 }, () => addRuns(store)[0])
  const left = temporaryHome()
  for (const name of ['lab.sqlite', 'lab.sqlite-wal']) copyFileSync(join(home, name), join(left, name))
  store.close()
  return { home: left, ids, log: join(left, 'lab.sqlite-wal') }
}

const keptIn = (home: string) =>
  readdirSync(home)
    .filter((name) => name.includes('.lost-'))
    .sort()

function flip(file: string, at: number, bit = 1): void {
  const bytes = readFileSync(file)
  bytes[at] ^= bit
  writeFileSync(file, bytes)
}

describe('the log of a program that was killed', () => {
  it('is read whole, and nothing is said', () => {
    const { home, ids } = killedHome()
    const store = openStore(home)
    expect(store.recovery.lostChanges).toBeUndefined()
    expect(store.runs.list().map(({ id }) => id)).toEqual(ids)
    expect(keptIn(home)).toEqual([])
    store.close()
  })

  it('that was cut off in the middle of a write loses that write alone, and nothing is said', () => {
    const { home, ids, log } = killedHome()
    truncateSync(log, statSync(log).size - 100)
    const store = openStore(home)
    expect(store.recovery.lostChanges).toBeUndefined()
    expect(store.runs.list().map(({ id }) => id)).toEqual(ids.slice(0, -1))
    store.close()
  })

  it('that holds leftovers of an earlier round is sound', () => {
    const home = temporaryHome()
    const store = openStore(home)
    addRuns(store, 20)
    // Written back, and begun again from its start.
    const path = join(home, 'lab.sqlite')
    const reader = openStore(home, { mode: 'read' })
    reader.close()
    addRuns(store)
    const left = temporaryHome()
    for (const end of ['', '-wal']) copyFileSync(path + end, join(left, `lab.sqlite${end}`))
    const expected = store.runs.list().length
    store.close()
    const again = openStore(left)
    expect(again.recovery.lostChanges).toBeUndefined()
    expect(again.runs.list()).toHaveLength(expected)
    again.close()
  })

  it('with a bit flipped anywhere loses nothing silently', () => {
    const { home, ids, log } = killedHome()
    const [database, sound] = [readFileSync(join(home, 'lab.sqlite')), readFileSync(log)]
    const places = [0, 9, 17, 25, 33, 41, 49, 60, ...Array.from({ length: 30 }, (_, i) => Math.floor(((i + 0.5) / 30) * sound.length))]
    for (const at of places) {
      const other = temporaryHome()
      writeFileSync(join(other, 'lab.sqlite'), database)
      writeFileSync(join(other, 'lab.sqlite-wal'), sound)
      flip(join(other, 'lab.sqlite-wal'), at)
      let said: string | undefined
      let found: string[] = []
      try {
        const store = openStore(other)
        said = store.recovery.lostChanges
        found = store.runs.list().map(({ id }) => id)
        expect(store.verify()).toEqual([])
        store.close()
      } catch (error) {
        expect(error).toBeInstanceOf(DamagedStoreError)
        continue
      }
      if (found.length === ids.length) continue
      expect(said, `byte ${at}`).toMatch(/lab\.sqlite-wal, is damaged.*kept as/)
      expect(found).toEqual(ids.slice(0, found.length))
      // The log and what it belongs to are there as they were.
      const kept = keptIn(other)
      expect(kept).toHaveLength(2)
      expect(readFileSync(join(other, kept[0]))).toEqual(database)
    }
  })
})
