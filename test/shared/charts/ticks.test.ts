import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linearAxis, logAxis } from '@shared/charts/ticks'

const range = fc.tuple(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), fc.double({ min: 1.001, max: 1e6, noNaN: true }))

describe('axes', () => {
  it('hold every value between two round ends that carry ticks', () => {
    fc.assert(
      fc.property(range, fc.boolean(), ([least, factor], isNegative) => {
        const [from, to] = isNegative ? [-least * factor, least] : [least, least * factor]
        const { low, high, ticks } = linearAxis(from, to, 5)
        expect(low).toBeLessThanOrEqual(from + Math.abs(from) * 1e-8)
        expect(high).toBeGreaterThanOrEqual(to - Math.abs(to) * 1e-8)
        expect([ticks[0], ticks.at(-1)]).toEqual([low, high])
        expect(ticks.length).toBeGreaterThan(1)
        expect(ticks.length).toBeLessThan(9)
      })
    )
  })

  it('hold every value on a logarithmic scale, too, with two ticks at the least', () => {
    fc.assert(
      fc.property(range, ([from, factor]) => {
        const to = from * factor
        const { low, high, ticks } = logAxis(from, to, 5)
        expect(low).toBeGreaterThan(0)
        expect(low).toBeLessThanOrEqual(from * (1 + 1e-8))
        expect(high).toBeGreaterThanOrEqual(to * (1 - 1e-8))
        expect(ticks.length).toBeGreaterThan(1)
        expect(Math.min(...ticks)).toBeGreaterThanOrEqual(low * (1 - 1e-8))
        expect(Math.max(...ticks)).toBeLessThanOrEqual(high * (1 + 1e-8))
      })
    )
  })

  it('use powers of ten over many decades, and 1, 2, 5 over few', () => {
    expect(logAxis(1.5e-4, 0.7, 5)).toEqual({ low: 1e-4, high: 1, ticks: [1e-4, 1e-3, 1e-2, 1e-1, 1] })
    expect(logAxis(0.12, 1.7, 5)).toEqual({ low: 0.1, high: 2, ticks: [0.1, 0.2, 0.5, 1, 2] })
  })

  it('give a flat curve room', () => {
    for (const { low, high } of [linearAxis(0.05, 0.05, 5), logAxis(0.05, 0.05, 5)]) {
      expect(low).toBeLessThan(0.05)
      expect(high).toBeGreaterThan(0.05)
    }
  })
})
