import Database from 'better-sqlite3'
import fc from 'fast-check'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DamagedRecordError, thinnedCurve } from '../../../src/main/store'
import { openReader } from '../../../src/main/store/open-reader'
import { addRuns, openedStore, temporaryHome } from './samples'

const value = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Infinity, -Infinity, -0))

describe('curves', () => {
  it('come back to the bit however they were cut into batches, over the borders of chunks too', () => {
    const store = openedStore()
    let trial = 0
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(700), fc.boolean()), { maxLength: 6 }), fc.infiniteStream(value), (batches, values) => {
        const [id] = addRuns(store)
        const metric = `m${trial++ % 3}`
        const steps: number[] = []
        const kept: number[] = []
        for (const [length, even] of batches) {
          const first = (steps.at(-1) ?? -1) + 1
          const some = Array.from({ length }, (_, i) => first + (even ? i : i + i * i * 0.37))
          const others = Array.from({ length }, () => values.next().value ?? 0)
          store.curves.append(id, { metric, steps: Float64Array.from(some), values: Float64Array.from(others) })
          steps.push(...some)
          kept.push(...others)
        }
        const curve = store.curves.read(id, metric)
        expect(Buffer.from(curve.steps.buffer)).toEqual(Buffer.from(Float64Array.from(steps).buffer))
        expect(Buffer.from(curve.values.buffer)).toEqual(Buffer.from(Float64Array.from(kept).buffer))
      }),
      { numRuns: 40 }
    )
    expect(store.verify()).toEqual([])
  })

  it('are seen growing by another program that only reads, thinned ones too', () => {
    const home = temporaryHome()
    const writer = openedStore(home)
    const [id] = addRuns(writer)
    const add = (step: number) => writer.curves.append(id, { metric: 'gap', steps: Float64Array.of(step), values: Float64Array.of(step) })
    add(1)
    const reader = openReader(home, undefined)
    try {
      expect([...reader.curves.read(id, 'gap', 100).steps]).toEqual([1])
      add(2)
      expect([...reader.curves.read(id, 'gap', 100).steps]).toEqual([1, 2])
    } finally {
      reader.close()
    }
  })

  it('lose exactly the points beyond a step when they are cut', () => {
    const store = openedStore()
    fc.assert(
      fc.property(fc.array(fc.nat(3), { maxLength: 2500 }), fc.double({ min: -1, max: 4000, noNaN: true }), (widths, limit) => {
        const [id] = addRuns(store)
        let at = 0
        const steps = widths.map((width) => (at += width))
        store.curves.append(id, { metric: 'loss', steps: Float64Array.from(steps), values: Float64Array.from(steps) })
        store.curves.truncate(id, limit)
        const left = steps.filter((step) => step <= limit)
        expect([...store.curves.read(id, 'loss').steps]).toEqual(left)
        // The curve continues where it was cut.
        store.curves.append(id, { metric: 'loss', steps: Float64Array.of(limit + 1), values: Float64Array.of(7) })
        expect([...store.curves.read(id, 'loss').values]).toEqual([...left, 7])
      }),
      { numRuns: 40 }
    )
  })

  it('take no step back and no step that is not a number', () => {
    const store = openedStore()
    const [id] = addRuns(store)
    store.curves.append(id, { metric: 'loss', steps: Float64Array.of(5), values: Float64Array.of(1) })
    for (const bad of [4, Number.NaN, Infinity]) {
      expect(() => store.curves.append(id, { metric: 'loss', steps: Float64Array.of(6, bad), values: Float64Array.of(1, 2) })).toThrow(
        RangeError
      )
    }
    expect([...store.curves.read(id, 'loss').steps]).toEqual([5])
  })

  it('are summed up without reading their points', () => {
    const store = openedStore()
    const [id] = addRuns(store)
    const values = Float64Array.from({ length: 3000 }, (_, i) => (i % 7 === 0 ? Number.NaN : i))
    store.curves.append(id, { metric: 'loss', steps: Float64Array.from(values, (_, i) => i), values })
    const finite = [...values].filter(Number.isFinite)
    const mean = finite.reduce((sum, at) => sum + at, 0) / finite.length
    expect(store.curves.summaries(id)).toEqual([{ metric: 'loss', points: 3000, least: 1, greatest: 2999, mean }])
  })

  it('say which run and metric a flipped byte hit, and leave the others readable', () => {
    const home = temporaryHome()
    const store = openedStore(home)
    const [id, other] = addRuns(store, 2)
    const steps = Float64Array.from({ length: 1500 }, (_, i) => i * i)
    for (const run of [id, other]) store.curves.append(run, { metric: 'loss', steps, values: steps })
    store.close()
    const sqlite = new Database(join(home, 'lab.sqlite'))
    for (const column of ['curve_values', 'steps', 'last_step', 'finite', 'least']) {
      const kept = sqlite.prepare<[], { v: Buffer | number }>(`select ${column} as v from chunk where run = 1 and sequence = 1`).get()?.v
      if (kept === undefined) throw new Error('nothing to flip')
      const flipped = typeof kept === 'number' ? kept + 1 : Buffer.from(kept)
      if (typeof flipped !== 'number') flipped[1234] ^= 4
      const put = sqlite.prepare(`update chunk set ${column} = ? where run = 1 and sequence = 1`)
      put.run(flipped)
      const again = openedStore(home)
      expect(() => again.curves.read(id, 'loss')).toThrow(DamagedRecordError)
      expect(() => again.curves.read(id, 'loss', 100)).toThrow(`The stored curve "loss" of run ${id} is damaged`)
      expect(again.curves.read(other, 'loss').values).toEqual(steps)
      expect(again.verify()).toHaveLength(1)
      again.close()
      put.run(kept)
    }
    sqlite.prepare('delete from chunk where run = 1 and sequence = 0').run()
    sqlite.close()
    expect(() => openedStore(home).curves.read(id, 'loss')).toThrow(DamagedRecordError)
  })
})

describe('thinning', () => {
  it('keeps first and last, the least and the greatest value, the order and the limit', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 300 }), fc.integer({ min: 4, max: 80 }), (list, maxPoints) => {
        const curve = { steps: Float64Array.from(list, (_, i) => i), values: Float64Array.from(list) }
        const thinned = thinnedCurve(curve, maxPoints)
        const numbers = list.filter((item) => !Number.isNaN(item))
        const left = [...thinned.values].filter((item) => !Number.isNaN(item))
        expect(thinned.steps.length).toBeLessThanOrEqual(maxPoints)
        expect([thinned.steps[0], thinned.steps.at(-1)]).toEqual([0, list.length - 1])
        expect(Math.min(...left)).toBe(Math.min(...numbers))
        expect(Math.max(...left)).toBe(Math.max(...numbers))
        expect([...thinned.steps]).toEqual([...thinned.steps].sort((a, b) => a - b))
        for (const [i, step] of thinned.steps.entries()) expect(thinned.values[i]).toBe(list[step])
      })
    )
  })

  it('keeps a stretch without numbers as a gap, and everything where 0 is asked', () => {
    const values = Float64Array.from({ length: 100 }, (_, i) => (i >= 40 && i < 60 ? Number.NaN : i))
    const curve = { steps: values.map((_, i) => i), values }
    expect([...thinnedCurve(curve, 12).values]).toEqual([0, 1, 19, 20, 39, Number.NaN, 60, 78, 79, 98, 99])
    expect(thinnedCurve(curve, 0)).toBe(curve)
  })
})
