import { clockOf, secondsAt, stepAt, upTo, valueBy } from '@shared/curves/clock'
import { describe, expect, it } from 'vitest'
import { fc } from '../properties'

const speed = { steps: [100, 200, 400], values: [100, 50, 100] }

describe('the clock of a run', () => {
  it('adds up its stretches: 100 steps at 100 a second, 100 at 50, 200 at 100 are 1, 2 and 2 seconds', () => {
    const clock = clockOf(speed, 400, 5)
    expect([0, 50, 100, 150, 200, 300, 400].map((step) => secondsAt(clock, step))).toEqual([0, 0.5, 1, 2, 3, 4, 5])
    expect([0, 1, 3, 5].map((second) => stepAt(clock, second))).toEqual([0, 100, 200, 400])
  })

  it('ends at the seconds that were recorded, whatever its speeds add up to, and stays there', () => {
    const clock = clockOf(speed, 400, 10)
    expect([100, 400, 500].map((step) => secondsAt(clock, step))).toEqual([2, 10, 10])
    expect(stepAt(clock, 11)).toBe(400)
  })

  it('is even where no speed was recorded, and its own sum where no seconds were', () => {
    expect(secondsAt(clockOf({ steps: [], values: [] }, 400, 8), 100)).toBe(2)
    expect(secondsAt(clockOf(speed, 400, 0), 400)).toBe(5)
  })

  it('reaches the last step in exactly the seconds of the run, so that its last evaluation counts as made by then', () => {
    const pace = fc.double({ min: 0.01, max: 1e5, noNaN: true })
    fc.assert(
      fc.property(fc.array(pace, { minLength: 1, maxLength: 30 }), fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (values, seconds) => {
        const steps = values.map((_, i) => 10 * (i + 1))
        const last = 10 * values.length
        const clock = clockOf({ steps, values }, last, seconds)
        expect(secondsAt(clock, last)).toBe(seconds)
        expect(stepAt(clock, seconds)).toBe(last)
      })
    )
  })
})

describe('what a curve came to by a step', () => {
  const curve = { steps: Float64Array.of(0, 50, 100), values: Float64Array.of(3, 2, 1) }

  it('is its last point at or before it, and nothing before its first', () => {
    expect([0, 49, 50, 99.9, 100, 1e9].map((step) => valueBy(curve, step))).toEqual([3, 3, 2, 2, 1, 1])
    expect(valueBy(curve, -1)).toBeUndefined()
    expect(valueBy({ steps: [], values: [] }, 5)).toBeUndefined()
  })

  it('is the end of the curve up to there', () => {
    expect([...Array.from(upTo(curve, 60).steps)]).toEqual([0, 50])
    expect([...Array.from(upTo(curve, 100).values)]).toEqual([3, 2, 1])
    expect(upTo(curve, -1).steps).toHaveLength(0)
  })
})
