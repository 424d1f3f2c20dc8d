import { describe, expect, it } from 'vitest'
import { forestPlace, forestWhisker } from '../../../src/renderer/runs/forest'

const WIDTH = 164

describe('the gap axis of the table', () => {
  it('has 0.01 to 100 % on it, by their logarithm', () => {
    expect([1e-4, 1e-2, 1].map((gap) => forestPlace(gap, WIDTH))).toEqual([{ x: 14 }, { x: 82 }, { x: 150 }])
  })

  it('draws nothing beyond it as if it were its end: what is there is beside the axis, and says so', () => {
    for (const gap of [1.0001, 3, Number.POSITIVE_INFINITY]) {
      const place = forestPlace(gap, WIDTH)
      expect(place?.beyond, String(gap)).toBe('high')
      expect(place?.x).toBeGreaterThan(forestPlace(1, WIDTH)?.x ?? 0)
    }
    for (const gap of [0, -0.1, 9e-5]) {
      expect(forestPlace(gap, WIDTH)?.beyond, String(gap)).toBe('low')
      expect(forestPlace(gap, WIDTH)?.x).toBeLessThan(14)
    }
  })

  it('has no place for what is not a number', () => {
    expect([undefined, null, Number.NaN].map((gap) => forestPlace(gap, WIDTH))).toEqual([undefined, undefined, undefined])
  })

  it('ends an interval only where its end is on the axis', () => {
    expect(forestWhisker(1e-2, 3, WIDTH)).toEqual({ from: 82, to: 157, ends: [82] })
    expect(forestWhisker(-0.1, 1e-2, WIDTH)).toEqual({ from: 7, to: 82, ends: [82] })
    expect(forestWhisker(1.5, 3, WIDTH)).toBeUndefined()
    expect(forestWhisker(undefined, 3, WIDTH)).toBeUndefined()
  })
})
