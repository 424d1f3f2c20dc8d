import { mean, quantile } from '@shared/statistics/descriptive'
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
  it('is between its neighbours as R and NumPy have it', () => {
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
  it('are values like any other to a mean and a quantile', () => {
    const some = [0.1, Number.POSITIVE_INFINITY, 0.2, Number.POSITIVE_INFINITY]
    expect([0, 1 / 3, 0.5, 0.95, 1].map((q) => quantile(some, q))).toEqual([0.1, 0.2, Infinity, Infinity, Infinity])
    expect(quantile([1, 2, Number.POSITIVE_INFINITY], 0.5)).toBe(2)
    expect(quantile([Number.NEGATIVE_INFINITY, 0], 0.5)).toBe(Number.NEGATIVE_INFINITY)
    expect(mean([1, Number.POSITIVE_INFINITY])).toBe(Number.POSITIVE_INFINITY)
  })

  it('do not hide what is not a number', () => {
    expect(quantile([1, 2, Number.NaN], 0)).toBeNaN()
  })
})
