import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { append, continued, lastValue, nearest, runningMean, thin } from '../../../src/renderer/charts/points'

const points = (...values: number[]) => Float64Array.from(values)
const curve = (values: readonly number[]) => Float64Array.from(values.flatMap((value, step) => [step, value]))

describe('appending points', () => {
  it('continues a curve', () => {
    expect(append(points(0, 5), [1, 2], [4, 3])).toEqual(points(0, 5, 1, 4, 2, 3))
  })

  it('replaces what a run makes again after it went back to a checkpoint', () => {
    expect(append(points(0, 5, 10, 4, 20, 3), [10, 20], [9, 8])).toEqual(points(0, 5, 10, 9, 20, 8))
  })

  it('keeps a value that is missing as a gap', () => {
    expect(append(points(), [1], [null])).toEqual(points(1, Number.NaN))
  })

  it('loses nothing and repeats nothing when what was read overlaps what arrived', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(40), fc.nat(40), (all, a, b) => {
        const whole = curve(Array.from({ length: all }, (_, i) => i * i))
        const [from, to] = [Math.min(a, all), Math.min(Math.max(a, b), all)]
        expect(continued(whole.slice(0, 2 * to), whole.slice(2 * from))).toEqual(whole)
      })
    )
  })
})

describe('thinning', () => {
  it('keeps least, greatest, first and last, in order, within the limit', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 400 }), (values) => {
        const whole = curve(values)
        const thinned = thin(whole, 20)
        expect(thinned.length / 2).toBeLessThanOrEqual(Math.max(20, 1))
        const ends = (points: Float64Array) => [Math.min, Math.max].map((of) => of(...points.filter((_, i) => i % 2 === 1)))
        expect(ends(thinned)).toEqual(ends(whole))
        expect([thinned[0], thinned.at(-2)]).toEqual([0, values.length - 1])
        const steps = [...thinned].filter((_, i) => i % 2 === 0)
        expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b))
      })
    )
  })

  it('leaves a stretch of gaps a gap', () => {
    const thinned = thin(curve([1, ...Array<number>(100).fill(Number.NaN), 2]), 10)
    expect([...thinned].some(Number.isNaN)).toBe(true)
  })
})

describe('reading a curve', () => {
  const steps = points(0, 10, 10, 20, 20, Number.NaN)

  it('finds its last number, not its last gap', () => {
    expect(lastValue(steps)).toBe(20)
    expect(lastValue(points())).toBeUndefined()
  })

  it('finds the nearest point, and none far past the end', () => {
    expect(nearest(steps, 6)).toEqual({ step: 10, value: 20 })
    expect(nearest(steps, 4)).toEqual({ step: 0, value: 10 })
    expect(nearest(steps, 1000)).toBeUndefined()
  })

  it('ends with what it came to, infinite or not', () => {
    const far = points(0, 1, 10, Number.POSITIVE_INFINITY, 20, Number.NaN)
    expect(lastValue(far)).toBe(Number.POSITIVE_INFINITY)
  })
})

describe('the running mean', () => {
  it('leaves a line a line, to its very ends', () => {
    const line = curve(Array.from({ length: 100 }, (_, i) => 3 * i))
    runningMean(line).forEach((value, i) => {
      expect(value).toBeCloseTo(line[i], 9)
    })
  })

  it('is the mean where there are as many neighbours on both sides', () => {
    const peak = curve(Array.from({ length: 100 }, (_, i) => (i === 50 ? 25 : 0)))
    expect(runningMean(peak)[2 * 50 + 1]).toBeCloseTo(1, 9)
  })

  it('is not bent by one last value that scatters', () => {
    const level = curve(Array.from({ length: 100 }, (_, i) => (i === 99 ? 10 : 1)))
    expect(lastValue(runningMean(level))).toBeLessThan(4)
  })

  it('leaves gaps gaps and lets none spread', () => {
    const smoothed = runningMean(curve(Array.from({ length: 100 }, (_, i) => (i === 50 ? Number.NaN : 1))))
    expect([...smoothed].filter((value, i) => i % 2 === 1 && Number.isNaN(value))).toHaveLength(1)
    expect(lastValue(smoothed)).toBeCloseTo(1, 9)
  })

  it('leaves short curves as they are', () => {
    const short = curve([1, 9, 1])
    expect(runningMean(short)).toBe(short)
  })
})
