import { courseOf } from '@shared/curves/course'
import { describe, expect, it } from 'vitest'
import { fc } from '../properties'

describe('the course of a gap curve', () => {
  it('is its area over the learn steps, by the trapezoidal rule', () => {
    expect(courseOf([0, 100, 300], [1, 0.5, 0.1])?.meanGap).toBeCloseTo((100 * 0.75 + 200 * 0.3) / 300, 12)
    expect(courseOf([0, 10], [0.2, 0.2])).toMatchObject({ meanGap: 0.2, bestGap: 0.2, bestStep: 0 })
    expect(courseOf([0, 10], [0.2, 0.2])?.logMeanGap).toBeCloseTo(0.2, 12)
  })

  it('weighs decades alike in the geometric mean, and takes a gap of 0 for 0.0001 %', () => {
    expect(courseOf([0, 1], [1, 0.01])?.logMeanGap).toBeCloseTo(0.1, 12)
    expect(courseOf([0, 1], [1, 0])?.logMeanGap).toBeCloseTo(1e-3, 12)
  })

  it('names the first of the least gaps', () => {
    expect(courseOf([0, 10, 20, 30], [1, 0.1, 0.3, 0.1])).toMatchObject({ bestGap: 0.1, bestStep: 10 })
    expect(courseOf([0, 10], [Number.NaN, 0.5])).toMatchObject({ bestGap: 0.5, bestStep: 10 })
    expect(courseOf([5], [0.1])).toBeUndefined()
  })

  it('does not change with points that say what a line through their neighbours says', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.001, max: 2, noNaN: true }), { minLength: 2, maxLength: 20 }), (gaps) => {
        const steps = gaps.map((_, i) => 10 * i)
        const between = gaps.flatMap((gap, i) => (i === 0 ? [gap] : [(gaps[i - 1] + gap) / 2, gap]))
        const finer = between.map((_, i) => 5 * i)
        expect(courseOf(finer, between)?.meanGap).toBeCloseTo(courseOf(steps, gaps)?.meanGap ?? Number.NaN, 12)
      })
    )
  })
})
