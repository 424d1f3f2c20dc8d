import { seedInterval95 } from '@shared/experiment/seed-interval'
import { mean } from '@shared/experiment/statistics'
import { randomStream } from '@shared/model/random'
import { describe, expect, it } from 'vitest'

describe('the bootstrap interval of a mean', () => {
  it('weighs every resample: of two values the ends are the values', () => {
    expect(seedInterval95([1, 3])).toEqual([1, 3])
  })

  it('is nothing under two values and a point where all are alike', () => {
    expect(seedInterval95([1])).toBeUndefined()
    expect(seedInterval95([2, 2, 2])).toEqual([2, 2])
  })

  it('never leaves the range of the values, and holds their mean', () => {
    const values = [0.1, 0.15, 0.4, 0.12, 0.2]
    const [low, high] = seedInterval95(values) as [number, number]
    expect(low).toBeGreaterThanOrEqual(0.1)
    expect(high).toBeLessThanOrEqual(0.4)
    expect(low).toBeLessThan(mean(values))
    expect(high).toBeGreaterThan(mean(values))
  })

  it('is what a hundred thousand random resamples come to', () => {
    const values = [0.7, 1.1, 0.2, 2.9, 1.6]
    const random = randomStream(1, 'evaluation')
    const means = Array.from({ length: 100_000 }, () => mean(values.map(() => values[random.below(values.length)]))).sort((a, b) => a - b)
    const [low, high] = seedInterval95(values) as [number, number]
    expect(low).toBeCloseTo(means[2500], 1)
    expect(high).toBeCloseTo(means[97_500], 1)
  })
})
