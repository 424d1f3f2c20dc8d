import { aligned, meanOverSeeds, type SeedCurve } from '@shared/curves/seedMean'
import { keptOf } from '@shared/curves/thinning'
import { describe, expect, it } from 'vitest'
import { fc } from '../properties'

const seed = (...points: [step: number, value: number][]): SeedCurve => ({
  steps: points.map(([step]) => step),
  values: points.map(([, value]) => value)
})

/** A noisy curve of `count` evaluations, another for each seed. */
function noisy(count: number, turn: number): SeedCurve {
  const steps = Float64Array.from({ length: count }, (_, i) => 10 * (i + 1))
  return { steps, values: steps.map((step, i) => 1 / step + 0.1 * (1 + Math.sin(i * 12.9898 + turn * 78.233))) }
}

describe('the mean over seeds', () => {
  it('spans the whole range at its full resolution, however many evaluations there are', () => {
    const rows = meanOverSeeds(
      [0, 1, 2].map((turn) => noisy(5000, turn)),
      1000
    )
    expect(rows.length).toBeGreaterThan(990)
    expect(rows.length).toBeLessThanOrEqual(1000)
    expect([rows[0].step, rows.at(-1)?.step]).toEqual([10, 50_000])
    for (let i = 1; i < rows.length; i++) expect(rows[i].step - rows[i - 1].step).toBeLessThanOrEqual(200)
    for (const { mean, values } of rows) expect(mean).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / 3, 12)
  })

  it('loses no point where curves were thinned apart', () => {
    const thinned = [0, 1, 2].map((turn) => {
      const { steps, values } = noisy(5000, turn)
      const kept = keptOf(steps.length, (i) => values[i], 2000)
      return { steps: kept.map((i) => steps[i]), values: kept.map((i) => values[i]) }
    })
    const rows = meanOverSeeds(thinned, 1000)
    expect(rows.length).toBeGreaterThan(990)
    expect([rows[0].step, rows.at(-1)?.step]).toEqual([10, 50_000])
    // Every third of the way has its third of the points.
    for (const third of [0, 1, 2]) {
      const there = rows.filter(({ step }) => Math.floor((step - 1) / (50_000 / 3)) === third)
      expect(there.length, `third ${third}`).toBeGreaterThan(300)
    }
  })

  it('is the mean of what each seed has there, on the line between its neighbours where it has no point', () => {
    const rows = meanOverSeeds([seed([0, 0], [10, 10], [20, 0]), seed([0, 1], [20, 3])], 100)
    expect(rows.map(({ step, mean }) => [step, mean])).toEqual([
      [0, 0.5],
      [10, 6],
      [20, 1.5]
    ])
  })

  it('begins with the last seed and ends with the first', () => {
    const rows = aligned([seed([0, 1], [10, 1], [20, 1]), seed([10, 2], [20, 2], [30, 2])])
    expect(rows.map(({ step }) => step)).toEqual([10, 20])
    expect(aligned([seed([0, 1]), seed([5, 1])])).toEqual([])
    expect(aligned([seed([0, 1]), seed()])).toEqual([])
  })

  it('has a gap where a seed has one, and is infinite where a seed is', () => {
    const rows = meanOverSeeds([seed([0, 1], [1, Number.NaN], [2, 1], [3, Infinity]), seed([0, 1], [1, 1], [2, 1], [3, 1])], 10)
    expect(rows.map(({ mean }) => mean)).toEqual([1, Number.NaN, 1, Number.POSITIVE_INFINITY])
  })

  it('is within its seeds at every step', () => {
    const curve = fc
      .array(fc.tuple(fc.integer({ min: 0, max: 200 }), fc.double({ min: -1e6, max: 1e6, noNaN: true })), { minLength: 1, maxLength: 40 })
      .map((points) => seed(...[...new Map(points)].sort(([a], [b]) => a - b)))
    fc.assert(
      fc.property(fc.array(curve, { minLength: 1, maxLength: 4 }), (curves) => {
        for (const { mean, values } of meanOverSeeds(curves, 50)) {
          expect(values.every(Number.isFinite)).toBe(true)
          const slack = 1e-9 * Math.max(1, ...values.map(Math.abs))
          expect(mean >= Math.min(...values) - slack && mean <= Math.max(...values) + slack).toBe(true)
        }
      })
    )
  })
})
