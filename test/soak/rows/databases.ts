import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect } from 'vitest'
import type { RandomStream } from '@shared/model/random'
import { LostStoreError, openStore, type Store, StoreError } from '../../../src/main/store'
import { everything, expectRightOrSaid, type Filled, fillStore } from '../../main/store/filled'
import { sampleSpec } from '../../main/store/samples'
import type { Case, Measures, Row } from '../row'
import type { Scratch } from '../scratch'

const FILE = 'lab.sqlite'

/** A folder as it was before it is damaged. */
interface Sound extends Filled {
  right: Record<string, unknown>
  /** Runs in the order they were queued, of a folder that a killed program left; each was a change of its own. */
  ids?: readonly string[]
}

/** What is done to the files of a folder. */
type Damage = (home: string, random: RandomStream) => void

function edit(path: string, change: (bytes: Buffer) => Buffer): void {
  writeFileSync(path, change(readFileSync(path)))
}

function flip(bytes: Buffer, random: RandomStream): Buffer {
  bytes[random.below(bytes.length)] ^= 1 << random.below(8)
  return bytes
}

function withPragma(home: string, pragma: string): void {
  const sqlite = new Database(join(home, FILE))
  sqlite.pragma(pragma)
  sqlite.close()
}

const ofFile =
  (change: (bytes: Buffer, random: RandomStream) => Buffer, name = FILE): Damage =>
  (home, random) =>
    edit(join(home, name), (bytes) => change(bytes, random))

const flippedBits: Damage = ofFile((bytes, random) => {
  for (let i = random.below(3); i >= 0; i--) flip(bytes, random)
  return bytes
})
const flippedLog: Damage = ofFile(flip, `${FILE}-wal`)

/** One after the other; a flipped bit is most of them. */
const DAMAGES: readonly [name: string, damage: Damage][] = [
  ['flipped', flippedBits],
  ['truncated', ofFile((bytes, random) => bytes.subarray(0, random.below(bytes.length)))],
  ['flipped', flippedBits],
  ['log', flippedLog],
  ['emptied', ofFile(() => Buffer.alloc(0))],
  ['flipped', flippedBits],
  [
    'overwritten',
    ofFile((bytes, random) => {
      const page = 4096 * random.below(bytes.length / 4096)
      return Buffer.concat([
        bytes.subarray(0, page),
        Buffer.from(Array.from({ length: 4096 }, () => random.below(256))),
        bytes.subarray(page + 4096)
      ])
    })
  ],
  ['foreign', (home, random) => withPragma(home, `application_id = ${1 + random.below(1000)}`)],
  ['flipped', flippedBits],
  ['log', ofFile((bytes, random) => bytes.subarray(0, random.below(bytes.length)), `${FILE}-wal`)],
  ['newer', (home, random) => withPragma(home, `user_version = ${99 + random.below(1000)}`)],
  [
    'otherText',
    ofFile((bytes, random) => Buffer.from('this is a letter, and no database at all'.repeat(1 + random.below(bytes.length / 40))))
  ]
]

/** Opens it; what it says where it does not. */
function opened(home: string): Store | StoreError {
  try {
    return openStore(home)
  } catch (error) {
    expect(error).toBeInstanceOf(StoreError)
    return error as StoreError
  }
}

/** A folder that was closed as it should be: told to be lost with the backup offered, left alone, or every difference said. */
function checkClosed(home: string, sound: Sound, damage: () => void): Measures {
  const file = join(home, FILE)
  damage()
  const bad = readFileSync(file)
  const store = opened(home)
  if (store instanceof LostStoreError) {
    const kept = readdirSync(home).filter((name) => name.includes('damaged'))
    expect(kept).toHaveLength(1)
    expect(readFileSync(join(home, kept[0])).equals(bad)).toBe(true)
    expect(existsSync(file)).toBe(false)
    expect(store.message).toMatch(/newest intact backup is .*daily@/)
    const restored = openStore(home, { damaged: 'restore' })
    expect(restored.verify()).toEqual([])
    expect(JSON.stringify(everything(restored, sound))).toBe(JSON.stringify(sound.right))
    restored.close()
    expect(existsSync(join(home, kept[0]))).toBe(true)
    return { detected: 1 }
  }
  if (store instanceof Error) {
    // Another program's, or a newer version's: nothing is touched.
    expect(readFileSync(file).equals(bad)).toBe(true)
    return { detected: 1 }
  }
  try {
    const found = store.verify()
    const shown = everything(store, sound)
    if (found.length === 0) expect(JSON.stringify(shown)).toBe(JSON.stringify(sound.right))
    else expectRightOrSaid(shown, sound.right)
    return found.length === 0 ? { harmless: 1 } : { detected: 1 }
  } finally {
    store.close()
  }
}

/** A folder that a killed program left: nothing of its log is lost without a word. */
function checkLog(home: string, { ids = [] }: Sound, damage: () => void, mayBeCut: boolean): Measures {
  damage()
  const store = opened(home)
  if (store instanceof Error) {
    expect(store).toBeInstanceOf(LostStoreError)
    return { detected: 1 }
  }
  try {
    const found = store.runs.list().map(({ id }) => id)
    expect(store.verify()).toEqual([])
    expect(found).toEqual(ids.slice(0, found.length))
    if (found.length === ids.length) return { harmless: 1 }
    // A log that ends early is what a program that is killed while it writes leaves: only what it had not finished is gone.
    if (mayBeCut && store.recovery.lostChanges === undefined) return { harmless: 1 }
    expect(store.recovery.lostChanges).toMatch(/is damaged.*kept as/)
    expect(readdirSync(home).filter((name) => name.includes('.lost-'))).toHaveLength(2)
    return { detected: 1 }
  } finally {
    store.close()
  }
}

async function closedHome(home: string): Promise<Sound> {
  const filled = fillStore(home)
  const store = openStore(home)
  await store.backUpIfDue(Date.now())
  const right = everything(store, filled)
  store.close()
  return { ...filled, right }
}

function killedHome(scratch: Scratch): Sound {
  const [home, left] = [scratch.folder(), scratch.folder()]
  openStore(home).close()
  const store = openStore(home)
  const ids = Array.from(
    { length: 12 },
    (_, i) => store.addExperiment({ name: 'trial' }, [{ spec: sampleSpec(i), totalLearnSteps: 100 }], 1).runs[0]
  )
  for (const name of [FILE, `${FILE}-wal`]) cpSync(join(home, name), join(left, name))
  store.close()
  return { home: left, id: ids[0], document: '', right: {}, ids }
}

export const databases: Row = {
  name: 'databases',
  fault:
    'a database with bits flipped, cut off, emptied, overwritten in part or whole, of another program, of a newer version; its log with a bit flipped or cut off',
  holds: 'noticed, the bad file kept and the backup offered, or every value reads as it was written; nothing is lost without a word',
  cases: { ci: 36, soak: 600 },
  async begin(scratch): Promise<Case> {
    const closed = await closedHome(scratch.folder())
    const killed = killedHome(scratch)
    return (random, index, own) => {
      const [name, damage] = DAMAGES[index % DAMAGES.length]
      const sound = name === 'log' ? killed : closed
      const home = own.folder()
      cpSync(sound.home, home, { recursive: true })
      const harm = () => damage(home, random)
      const came = name === 'log' ? checkLog(home, sound, harm, damage !== flippedLog) : checkClosed(home, { ...sound, home }, harm)
      return { [name]: 1, ...came }
    }
  },
  figure: (tally) =>
    `${tally.total('detected')} noticed, ${tally.total('harmless')} harmless, 0 silent: ` +
    `${tally.total('flipped')} with flipped bits, ${tally.total('log')} with a bad log, ${tally.total('truncated')} cut off, ${tally.total('overwritten') + tally.total('otherText')} overwritten, ` +
    `${tally.total('emptied')} emptied, ${tally.total('foreign')} of other programs, ${tally.total('newer')} of newer versions`
}
