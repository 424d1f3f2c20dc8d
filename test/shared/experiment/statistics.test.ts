import { mean, meanInterval95, quantile } from '@shared/experiment/statistics'
import { describe, expect, it } from 'vitest'
import { fc } from '../properties'

const numbers = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 })

describe('the mean', () => {
  it('is the sum divided by the count, of any kind of list', () => {
    expect(mean([1, 2, 6])).toBe(3)
    expect(mean(Float64Array.of(-1, 1))).toBe(0)
    expect(mean([])).toBeNaN()
  })
})

describe('a quantile', () => {
  it('lies between its neighbours as R and NumPy have it', () => {
    // quantile(c(1, 2, 4, 8, 16), c(0, .25, .5, .9, .95, 1)) in R.
    expect([0, 0.25, 0.5, 0.9, 0.95, 1].map((q) => quantile([16, 1, 8, 2, 4], q))).toEqual([1, 2, 4, 12.8, 14.399999999999999, 16])
    expect(quantile([7], 0.95)).toBe(7)
  })

  it('orders numbers as numbers, leaves its list alone and never leaves its range', () => {
    const list = [100, 20, 3]
    expect(quantile(list, 0.5)).toBe(20)
    expect(list).toEqual([100, 20, 3])
    fc.assert(
      fc.property(numbers, fc.double({ min: 0, max: 1, noNaN: true }), (values, q) => {
        const value = quantile(values, q)
        expect(value >= Math.min(...values) && value <= Math.max(...values)).toBe(true)
      })
    )
  })
})

describe('infinite values', () => {
  it('are values like any other to a quantile', () => {
    const some = [0.1, Number.POSITIVE_INFINITY, 0.2, Number.POSITIVE_INFINITY]
    expect([0, 1 / 3, 0.5, 0.95, 1].map((q) => quantile(some, q))).toEqual([0.1, 0.2, Infinity, Infinity, Infinity])
    expect(quantile([1, 2, Number.POSITIVE_INFINITY], 0.5)).toBe(2)
    expect(quantile([Number.NEGATIVE_INFINITY, 0], 0.5)).toBe(Number.NEGATIVE_INFINITY)
  })

  it('have a mean and no interval', () => {
    expect(mean([1, Number.POSITIVE_INFINITY])).toBe(Number.POSITIVE_INFINITY)
    expect(meanInterval95([1, 2, Number.POSITIVE_INFINITY])).toBeUndefined()
    expect(meanInterval95([1, Number.NaN])).toBeUndefined()
  })

  it('do not hide what is no number', () => {
    expect(quantile([1, 2, Number.NaN], 0)).toBeNaN()
  })
})

describe('the 95 % interval of a mean', () => {
  it('is Student’s t, by tables', () => {
    // Mean 5.4, standard deviation √0.145, t = 2.776 for 4 degrees of freedom.
    const [low, high] = meanInterval95([5.1, 4.9, 5.6, 5.8, 5.6]) ?? []
    expect(low).toBeCloseTo(5.4 - (2.776 * Math.sqrt(0.145)) / Math.sqrt(5), 4)
    expect(high).toBeCloseTo(5.4 + (2.776 * Math.sqrt(0.145)) / Math.sqrt(5), 4)
    // Two values: 12.706 standard errors.
    expect(meanInterval95([0, 2])?.[1]).toBeCloseTo(1 + 12.706, 3)
  })

  it('beyond the table stays within a hundredth of the true point', () => {
    // 97.5 % points for 40, 60 and 120 degrees of freedom.
    for (const [freedom, point] of [
      [40, 2.021],
      [60, 2.0],
      [120, 1.98]
    ]) {
      const values = Array.from({ length: freedom + 1 }, (_, i) => (i % 2 ? 1 : -1))
      const centre = mean(values)
      const error = Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / freedom / (freedom + 1))
      const [low, high] = meanInterval95(values) ?? [Number.NaN, Number.NaN]
      expect(Math.abs((high - low) / 2 / error - point)).toBeLessThan(0.01)
    }
  })

  it('is none for fewer than two values, and a point where all are the same', () => {
    expect(meanInterval95([])).toBeUndefined()
    expect(meanInterval95([3])).toBeUndefined()
    expect(meanInterval95([3, 3, 3])).toEqual([3, 3])
  })

  it('holds the mean and moves with its numbers', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 40 }), (values) => {
        const [low, high] = meanInterval95(values) ?? [Number.NaN, Number.NaN]
        expect(low <= mean(values) && mean(values) <= high).toBe(true)
        expect(meanInterval95(values.map((value) => value + 10))?.[0]).toBeCloseTo(low + 10, 6)
      })
    )
  })
})
