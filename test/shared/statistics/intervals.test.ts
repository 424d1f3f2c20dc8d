import { COVERED_SEEDS, simulatedCoverage } from '@shared/statistics/coverage'
import { mean } from '@shared/statistics/descriptive'
import { estimateOf, meanInterval95, pairedSeedDifference, welchDifference } from '@shared/statistics/intervals'
import { studentQuantile, studentTwoSided } from '@shared/statistics/student'
import { describe, expect, it } from 'vitest'
import { fc } from '../properties'

describe('Student’s t', () => {
  it('has the 97.5 % points of SciPy 1.16, to twelve digits', () => {
    for (const [freedom, point] of [
      [1, 12.706204736174694],
      [2, 4.302652729749462],
      [3, 3.1824463052837078],
      [4, 2.7764451051977934],
      [9, 2.262157162798205],
      [30, 2.0422724563012378],
      [4.5, 2.6589123472044034],
      [200, 1.9718962236339088]
    ])
      expect(Math.abs(studentQuantile(0.05, freedom) / point - 1)).toBeLessThan(1e-12)
  })

  it('has tails that its quantiles undo, far out too', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 0.999, noNaN: true }), fc.double({ min: 0.6, max: 400, noNaN: true }), (p, freedom) => {
        expect(studentTwoSided(studentQuantile(p, freedom), freedom) / p).toBeCloseTo(1, 9)
      })
    )
    // One and two degrees of freedom have closed forms.
    for (const t of [0.1, 1, 5, 40]) {
      expect(studentTwoSided(t, 1)).toBeCloseTo(1 - (2 / Math.PI) * Math.atan(t), 13)
      expect(studentTwoSided(t, 2)).toBeCloseTo(1 - t / Math.sqrt(2 + t * t), 13)
    }
  })
})

describe('the 95 % interval of a mean', () => {
  it('is Student’s t: R’s t.test(c(5.1, 4.9, 5.6, 5.8, 5.6))', () => {
    const [low, high] = meanInterval95([5.1, 4.9, 5.6, 5.8, 5.6]) as [number, number]
    const half = 2.7764451051977934 * Math.sqrt(0.145 / 5)
    expect(low).toBeCloseTo(5.4 - half, 12)
    expect(high).toBeCloseTo(5.4 + half, 12)
    expect(estimateOf([5.1, 4.9, 5.6, 5.8, 5.6]).n).toBe(5)
  })

  it('is none for fewer than two values, and a point where all are the same', () => {
    expect(meanInterval95([])).toBeUndefined()
    expect(meanInterval95([3])).toBeUndefined()
    expect(meanInterval95([3, 3, 3])).toEqual([3, 3])
    expect(estimateOf([3])).toEqual({ mean: 3, n: 1 })
  })

  it('is none of values that are infinite or no numbers, nor is a test', () => {
    for (const odd of [Number.POSITIVE_INFINITY, Number.NaN]) {
      expect(meanInterval95([1, 2, odd])).toBeUndefined()
      expect(pairedSeedDifference([1, 2], [1, odd])).toBeUndefined()
      expect(welchDifference([1, 2], [1, odd])).toBeUndefined()
    }
  })

  it('holds the mean and moves with its numbers', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 40 }), (values) => {
        const [low, high] = meanInterval95(values) as [number, number]
        expect(low <= mean(values) && mean(values) <= high).toBe(true)
        expect(meanInterval95(values.map((value) => value + 10))?.[0]).toBeCloseTo(low + 10, 6)
      })
    )
  })
})

describe('differences over seeds', () => {
  it('of pairs are the interval and the test of their differences', () => {
    const [a, b] = [
      [0.05, 0.06, 0.04, 0.055, 0.07],
      [0.04, 0.045, 0.041, 0.05, 0.052]
    ]
    const found = pairedSeedDifference(a, b)
    expect(found?.interval).toEqual(meanInterval95(b.map((value, i) => value - a[i])))
    // SciPy: ttest_rel(b, a).
    expect(found?.p).toBeCloseTo(0.0512255473756959, 10)
    expect(() => pairedSeedDifference([1, 2], [1])).toThrow(RangeError)
    expect(pairedSeedDifference([1], [2])).toBeUndefined()
  })

  it('of independent seeds are Welch’s: SciPy’s ttest_ind(…, equal_var=False)', () => {
    const found = welchDifference([0.05, 0.06, 0.04, 0.055, 0.07], [1.8, 2.2, 1.1, 0.06, 2.0])
    expect(found?.p).toBeCloseTo(0.024187752006391443, 10)
    expect(found?.difference).toBeCloseTo(1.377, 12)
    expect(welchDifference([1], [2, 3])).toBeUndefined()
  })

  it('say so where nothing varies', () => {
    expect(pairedSeedDifference([1, 1], [2, 2])).toMatchObject({ p: 0, interval: [1, 1] })
    expect(welchDifference([1, 1], [1, 1])).toMatchObject({ p: 1, difference: 0 })
  })
})

describe('a 95 % interval covers 95 %', () => {
  const rows = simulatedCoverage(10_000)

  it.each(rows.filter(({ data }) => data.startsWith('normal')))('of $interval on data $data: 93 to 97 %%', ({ shares }) => {
    expect(shares).toHaveLength(COVERED_SEEDS.length)
    for (const share of shares) {
      expect(share).toBeGreaterThan(0.93)
      expect(share).toBeLessThan(0.97)
    }
  })

  // Skewed as gaps of trained policies are, the interval covers less; by how much is stated, not corrected.
  it('less on skewed data, the less the more skewed', () => {
    const skewed = rows.filter(({ data }) => data.startsWith('lognormal')).map(({ shares }) => shares)
    expect(skewed).toHaveLength(3)
    for (const [k, expected] of [0.94, 0.92, 0.83].entries())
      for (const share of skewed[k]) expect(Math.abs(share - expected)).toBeLessThan(0.04)
    for (const n of COVERED_SEEDS.keys()) expect(skewed[2][n]).toBeLessThan(skewed[0][n])
  })

  it('by the same numbers whenever it is simulated', () => {
    expect(simulatedCoverage(50)).toEqual(simulatedCoverage(50))
  })
})
