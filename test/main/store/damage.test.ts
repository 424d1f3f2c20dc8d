import { copyFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { randomStream } from '@shared/model/random'
import { DamagedStoreError, NewerStoreError, openStore, StoreError } from '../../../src/main/store'
import { sampleEvaluation, sampleSpec, temporaryHome } from './samples'

/** A closed data folder with a run that has everything a run can have. */
function filledHome(): { home: string; id: string } {
  const home = temporaryHome()
  const store = openStore(home)
  const { runs } = store.addExperiment({ name: 'filled' }, [{ spec: sampleSpec(), totalLearnSteps: 100 }], 1)
  const [id] = runs
  const steps = Float64Array.from({ length: 3000 }, (_, i) => i)
  store.curves.append(id, { metric: 'loss', steps, values: steps.map((step) => Math.sin(step)) })
  store.checkpoints.put(id, { learnSteps: 100, seconds: 1, state: new Uint8Array(5000).fill(7) })
  store.policies.put(id, new Uint8Array(5000).fill(3))
  store.setEvaluation(id, sampleEvaluation())
  store.close()
  return { home, id }
}

const fileOf = (home: string) => join(home, 'lab.sqlite')

describe('a damaged database', () => {
  it.each([
    ['nothing at all', () => Buffer.alloc(0)],
    ['cut in half', (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length / 2))],
    ['other text', () => Buffer.from('this is a letter, and no database at all'.repeat(100))],
    ['a zeroed first page', (bytes: Buffer) => Buffer.concat([Buffer.alloc(4096), bytes.subarray(4096)])]
  ])('that is %s is kept under another name, and nothing is opened in its place', (_, damage) => {
    const { home } = filledHome()
    const broken = damage(readFileSync(fileOf(home)))
    writeFileSync(fileOf(home), broken)
    let error: unknown
    try {
      openStore(home)
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(DamagedStoreError)
    const { kept } = error as DamagedStoreError
    expect(readFileSync(kept)).toEqual(broken)
    expect(existsSync(fileOf(home))).toBe(false)
    // The folder stays shut until somebody decides.
    expect(() => openStore(home)).toThrow(DamagedStoreError)
    const fresh = openStore(home, { damaged: 'fresh' })
    expect(fresh.runs.list()).toEqual([])
    fresh.close()
    expect(existsSync(kept)).toBe(true)
  })

  it('gives way to the newest intact backup where that is wished', async () => {
    const { home, id } = filledHome()
    const store = openStore(home)
    await store.backUpIfDue(Date.now())
    store.close()
    truncateSync(fileOf(home), 5000)
    expect(() => openStore(home)).toThrow(/newest intact backup is .*daily@/)
    const restored = openStore(home, { damaged: 'restore' })
    expect(restored.runs.row(id)).toBeDefined()
    expect(restored.verify()).toEqual([])
    restored.close()
  })

  it('with any single bit flipped is noticed, or reads as it was written', () => {
    const { home, id } = filledHome()
    const bytes = readFileSync(fileOf(home))
    const store = openStore(home, { mode: 'read' })
    const before = JSON.stringify([store.detail(id), store.evaluation(id)])
    store.close()
    const random = randomStream(1, 'workload')
    let noticed = 0
    for (let i = 0; i < 60; i++) {
      const flipped = Buffer.from(bytes)
      const at = random.below(flipped.length)
      flipped[at] ^= 1 << random.below(8)
      const other = temporaryHome()
      copyFileSync(fileOf(home), fileOf(other))
      writeFileSync(fileOf(other), flipped)
      try {
        const reopened = openStore(other, { mode: 'read' })
        const findings = reopened.verify()
        if (findings.length > 0) noticed++
        else {
          expect(JSON.stringify([reopened.detail(id), reopened.evaluation(id)])).toBe(before)
          expect([...reopened.curves.read(id, 'loss').values]).toEqual(Array.from({ length: 3000 }, (_, step) => Math.sin(step)))
        }
        reopened.close()
      } catch (error) {
        expect(error).toBeInstanceOf(StoreError)
        noticed++
      }
    }
    expect(noticed).toBeGreaterThan(5)
  })

  it('of another program is not touched', () => {
    const home = temporaryHome()
    openStore(home).close()
    const other = new Database(fileOf(home))
    other.pragma('application_id = 42')
    other.close()
    expect(() => openStore(home)).toThrow(/written by another program/)
  })

  it('of a newer version stays as it is, and says which version it needs', () => {
    const { home } = filledHome()
    const newer = new Database(fileOf(home))
    newer.pragma('user_version = 99')
    newer.close()
    const before = readFileSync(fileOf(home))
    expect(() => openStore(home)).toThrow(NewerStoreError)
    expect(readFileSync(fileOf(home))).toEqual(before)
  })
})
