import { describe, expect, it } from 'vitest'
import { bestAfter, epsilonAt, greedyPlace, minMaxRewards, qTarget } from '../../../src/main/learn/equations'

const all = Uint8Array.of(1, 1, 1)

describe('the greedy place', () => {
  it('is that of the greatest value, the first of equals', () => {
    expect(greedyPlace([0.1, 0.7, 0.3], 0, all, 0, 3)).toBe(1)
    expect(greedyPlace([-5, -2, -2], 0, all, 0, 3)).toBe(1)
  })

  it('reads values and permissions from where it is told', () => {
    expect(greedyPlace([9, 9, 9, 1, 2, 3], 3, Uint8Array.of(0, 0, 0, 1, 1, 0), 3, 3)).toBe(1)
  })

  it('is never one without a route, however great its value', () => {
    expect(greedyPlace([0.1, 100, Infinity], 0, Uint8Array.of(1, 0, 0), 0, 3)).toBe(0)
  })

  it('is none where nothing is allowed', () => {
    expect(greedyPlace([1, 2, 3], 0, new Uint8Array(3), 0, 3)).toBe(-1)
  })

  it('is still a place with a route where the values are not numbers any more', () => {
    expect(greedyPlace([Number.NaN, Number.NaN, Number.NaN], 0, Uint8Array.of(0, 1, 1), 0, 3)).toBe(1)
  })
})

describe('the target of eq. (18)', () => {
  it('is the reward and the discounted greatest value after it', () => {
    expect(qTarget(-2, 0.9, 5)).toBeCloseTo(2.5, 12)
    expect(qTarget(-2, 1, -3)).toBe(-5)
    expect(qTarget(-2, 0, 5)).toBe(-2)
  })

  it('under double Q-learning values by the frozen network what the online one chose', () => {
    const online = [1, 4, 2]
    const frozen = [10, 3, 5]
    expect(qTarget(-1, 0.5, frozen[greedyPlace(online, 0, all, 0, 3)])).toBe(0.5)
    expect(qTarget(-1, 0.5, frozen[greedyPlace(frozen, 0, all, 0, 3)])).toBe(4)
  })
})

describe('the rewards of the text', () => {
  const rewardsOf = (costs: number[]) => {
    const rewards = new Float64Array(costs.length)
    minMaxRewards(costs, rewards)
    return [...rewards]
  }

  it('pay the least F to the best proposal and the greatest F to every other', () => {
    expect(rewardsOf([3, 1, 2])).toEqual([-3, -1, -3])
  })

  it('pay proposals that agree with the best what it earns', () => {
    expect(rewardsOf([2, 1, 1, 5])).toEqual([-5, -1, -1, -5])
    expect(rewardsOf([2, 2])).toEqual([-2, -2])
  })

  it('pay a single proposal its own F', () => {
    expect(rewardsOf([4])).toEqual([-4])
  })
})

describe('exploration', () => {
  it('falls in a line over its share of the run and then stays', () => {
    expect([0, 250, 500, 999].map((step) => epsilonAt(step, 1000, 1, 0.05, 0.5))).toEqual([1, 0.525, 0.05, 0.05])
  })

  it('is at its end at once where it has no time to fall', () => {
    expect(epsilonAt(0, 1000, 1, 0.05, 0)).toBe(0.05)
  })

  it('falls to the very end where its share is the whole run', () => {
    expect(epsilonAt(999, 1000, 1, 0, 1)).toBeCloseTo(0.001, 12)
  })
})

describe('the best place by −F + V', () => {
  const costs = Float64Array.of(4, 2, 6)

  it('weighs the scaled step cost against the value of what comes after', () => {
    // −4/2 + 1, −2/2 + 0, −6/2 + 3.5
    expect(bestAfter(costs, 0, 2, [1, 0, 3.5], 0, all, 0, 3)).toBe(2)
    // With doubled costs: −4 + 1, −2 + 0, −6 + 3.5
    expect(bestAfter(costs, 0, 1, [1, 0, 3.5], 0, all, 0, 3)).toBe(1)
  })

  it('of the last task is the cheapest', () => {
    expect(bestAfter(costs, 0, 2, [99, 0, 99], -1, all, 0, 3)).toBe(1)
  })

  it('is never one without a route, and none where there is no route at all', () => {
    expect(bestAfter(Float64Array.of(4, Infinity, 6), 0, 2, [0, 100, 0], 0, Uint8Array.of(1, 0, 1), 0, 3)).toBe(0)
    expect(bestAfter(costs, 0, 2, [0, 0, 0], 0, new Uint8Array(3), 0, 3)).toBe(-1)
  })
})
