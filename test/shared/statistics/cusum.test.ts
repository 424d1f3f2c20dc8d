import { randomStream } from '@shared/model/random'
import { Cusum } from '@shared/statistics/cusum'
import { describe, expect, it } from 'vitest'

/** Observations until the first alarm. */
function runLength(test: Cusum, shift: number, draw: () => number): number {
  for (let t = 1; ; t++) if (test.observe(shift + draw())) return t
}

/** The mean run length over `trials`. */
function meanRunLength(limit: number, shift: number, trials: number): number {
  const random = randomStream(5, 'statistics')
  let sum = 0
  for (let k = 0; k < trials; k++) sum += runLength(new Cusum(0.5, limit), shift, () => random.normal())
  return sum / trials
}

describe('the cumulative-sum test', () => {
  // Montgomery, Introduction to Statistical Quality Control, table of average run lengths for k = 1/2.
  it.each([
    [4, 0, 168],
    [4, 1, 8.38],
    [5, 0, 465],
    [5, 1, 10.4],
    [5, 2, 4.01]
  ])('with h %i after a shift of %f standard deviations alarms after %f observations on average', (limit, shift, expected) => {
    const found = meanRunLength(limit, shift, shift === 0 ? 600 : 3000)
    expect(Math.abs(found / expected - 1)).toBeLessThan(shift === 0 ? 0.12 : 0.04)
  })

  it('as it is used here finds a shift of one standard deviation after about 17, of three after about 4', () => {
    expect(Math.round(meanRunLength(8, 1, 2000))).toBeGreaterThanOrEqual(15)
    expect(Math.round(meanRunLength(8, 1, 2000))).toBeLessThanOrEqual(18)
    expect(Math.round(meanRunLength(8, 3, 2000))).toBe(4)
  })

  it('says nothing of what is as it should be, and begins again after an alarm', () => {
    const test = new Cusum()
    for (let i = 0; i < 1000; i++) expect(test.observe(i % 2 === 0 ? 0.4 : -0.4)).toBe(false)
    expect(test.observe(9)).toBe(true)
    expect(test.observe(0)).toBe(false)
  })
})
