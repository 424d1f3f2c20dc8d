import { standardNormalTail } from '@shared/statistics/normal'
import { wilcoxonSignedRank } from '@shared/statistics/signed-rank'
import { holm } from '@shared/statistics/holm'
import { cliffsDelta, leastPermutationP, permutationTest } from '@shared/statistics/permutation'
import {
  meanProbabilityOfImprovement,
  performanceProfile,
  probabilityOfImprovement,
  stepsToWithin,
  strataOf
} from '@shared/statistics/profiles'
import { interquartileMean } from '@shared/statistics/descriptive'
import { describe, expect, it } from 'vitest'
import { fc } from '../properties'

describe('the interquartile mean', () => {
  it('is SciPy’s trim_mean(x, 0.25), which rliable uses', () => {
    expect(interquartileMean([1, 2, 3, 4, 5, 6, 7, 8, 9, 100])).toBe(5.5)
    expect(interquartileMean([5, 1, 3])).toBe(3)
    expect(interquartileMean([0, 10, 20, 1000])).toBe(15)
    expect(interquartileMean([])).toBeNaN()
  })
})

describe('the signed-rank test', () => {
  it('agrees with Hollander & Wolfe’s depression study (1973, p. 29): V = 5, two-sided p = 0.0391', () => {
    const before = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3]
    const after = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29]
    const found = wilcoxonSignedRank(after.map((value, i) => value - before[i]))
    expect(found.positive).toBe(5)
    expect(found.negative).toBe(40)
    expect(found.p).toBeCloseTo(0.0390625, 12)
  })

  it('agrees with Darwin’s maize, SciPy’s example: W− = 24, p = 0.04126', () => {
    const found = wilcoxonSignedRank([6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75])
    expect(found.negative).toBe(24)
    expect(found.p).toBeCloseTo(0.041259765625, 12)
  })

  it('agrees with Wilcoxon’s tables: the critical values for a two-sided 5 % are 8, 25, 52 and 89 for n = 10, 15, 20, 25', () => {
    // Ranks 1 … n; those of a subset made negative sum to w.
    const signed = (n: number, w: number) => {
      const differences = Array.from({ length: n }, (_, i) => i + 1)
      for (let rank = n, left = w; rank > 0 && left > 0; rank--)
        if (rank <= left) {
          differences[rank - 1] = -rank
          left -= rank
        }
      return wilcoxonSignedRank(differences)
    }
    for (const [n, critical] of [
      [10, 8],
      [15, 25],
      [20, 52],
      [25, 89]
    ]) {
      expect(signed(n, critical).negative).toBe(critical)
      expect(signed(n, critical).p).toBeLessThanOrEqual(0.05)
      expect(signed(n, critical + 1).p).toBeGreaterThan(0.05)
    }
  })

  it('counts out all signs, ties included', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 10 }), (differences) => {
        const kept = differences.filter((value) => value !== 0)
        const sizes = kept.map(Math.abs)
        const rank = (size: number) =>
          sizes.filter((other) => other < size).length + (sizes.filter((other) => other === size).length + 1) / 2
        const least = Math.min(
          sum(kept.map((value) => (value > 0 ? rank(value) : 0))),
          sum(kept.map((value) => (value < 0 ? rank(-value) : 0)))
        )
        let asSmall = 0
        for (let signs = 0; signs < 2 ** kept.length; signs++) {
          if (sum(sizes.map((size, i) => ((signs >> i) & 1 ? rank(size) : 0))) <= least) asSmall++
        }
        const expected = kept.length === 0 ? 1 : Math.min(1, (2 * asSmall) / 2 ** kept.length)
        expect(wilcoxonSignedRank(differences).p).toBeCloseTo(expected, 12)
      }),
      { numRuns: 60 }
    )
  })

  it('of many pairs agrees with SciPy’s normal approximation', () => {
    const differences = Array.from({ length: 80 }, (_, i) => ((i * 37) % 101) - 40.5 + (i % 3))
    const found = wilcoxonSignedRank(differences)
    expect(Math.min(found.positive, found.negative)).toBe(1016.5)
    expect(found.p).toBeCloseTo(0.0037954521146144164, 8)
  })

  it('says nothing where no pair differs', () => {
    expect(wilcoxonSignedRank([0, 0, 0])).toEqual({ positive: 0, negative: 0, pairs: 0, p: 1 })
  })
})

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

describe('the normal tail', () => {
  it('agrees with tables', () => {
    for (const [z, tail] of [
      [0, 0.5],
      [1, 0.158655254],
      [1.96, 0.0249978951],
      [3, 0.00134989803],
      [6, 9.86587645e-10]
    ])
      expect(Math.abs(standardNormalTail(z) / tail - 1)).toBeLessThan(2e-7)
  })
})

describe('the permutation test', () => {
  it('tries every regrouping of few seeds: 6 of 252 are as far apart, as SciPy finds', () => {
    expect(permutationTest([0.05, 0.06, 0.04, 0.055, 0.07], [1.8, 2.2, 1.1, 0.06, 2.0])).toBeCloseTo(6 / 252, 12)
  })

  it('of two sides without overlap is the least there can be, of equal sides 1', () => {
    expect(permutationTest([1, 2, 3, 4, 5], [11, 12, 13, 14, 15])).toBeCloseTo(2 / 252, 12)
    expect(permutationTest([1, 2, 3], [1, 2, 3])).toBe(1)
    expect(permutationTest([1], [])).toBeUndefined()
  })

  it('of many seeds draws regroupings by a seed', () => {
    const a = Array.from({ length: 15 }, (_, i) => i)
    const b = a.map((value) => value + 3)
    const found = permutationTest(a, b) ?? Number.NaN
    expect(found).toBe(permutationTest(a, b))
    // Student's t test of the same lists: t = 1.837, p = 0.0769.
    expect(Math.abs(found - 0.077)).toBeLessThan(0.01)
  })
})

describe('what so few seeds can come to', () => {
  it('is the p of two sides without overlap', () => {
    for (const [m, n] of [
      [3, 3],
      [5, 5],
      [3, 5],
      [2, 4]
    ]) {
      const low = Array.from({ length: m }, (_, i) => i)
      const high = Array.from({ length: n }, (_, i) => 100 + i)
      expect(permutationTest(low, high)).toBeCloseTo(leastPermutationP(m, n), 12)
    }
  })
})

describe('Cliff’s δ', () => {
  it('is the balance of pairs, and twice the probability of improvement less one', () => {
    expect(cliffsDelta([3, 4], [1, 2])).toBe(1)
    expect(cliffsDelta([1, 2], [1, 2])).toBe(0)
    // Two that are infinitely far are as far as each other.
    expect(cliffsDelta([Infinity, 1], [Infinity, Infinity])).toBe(-0.5)
    const list = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(list, list, (x, y) => {
        expect(cliffsDelta(y, x)).toBeCloseTo(2 * probabilityOfImprovement(x, y) - 1, 12)
      })
    )
  })
})

describe('Holm’s correction', () => {
  it('agrees with R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")', () => {
    expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02])
  })

  it('leaves out what was not tested and never passes 1', () => {
    expect(holm([0.6, undefined, 0.7])).toEqual([1, undefined, 1])
  })
})

describe('the probability of improvement', () => {
  it('is Mann–Whitney’s U over the pairs, ties counting half', () => {
    // SciPy: mannwhitneyu([3, 1, 4, 1, 5], [9, 2, 6, 5, 3, 5]) gives U = 6.5 for "greater"; less is better here.
    expect(probabilityOfImprovement([3, 1, 4, 1, 5], [9, 2, 6, 5, 3, 5])).toBeCloseTo((30 - 6.5) / 30, 12)
    expect(probabilityOfImprovement([1, 1], [1, 1])).toBe(0.5)
  })

  it('and its converse come to 1; over strata it is their mean', () => {
    const list = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(list, list, (x, y) => {
        expect(probabilityOfImprovement(x, y) + probabilityOfImprovement(y, x)).toBeCloseTo(1, 12)
      })
    )
    expect(meanProbabilityOfImprovement(strataOf([[0, 1]]), strataOf([[1, 1]]))).toBe(0.75)
  })

  it('over strata is the mean of each stratum’s own, whatever the order of its seeds', () => {
    const seeds = (n: number) =>
      fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: n })
    fc.assert(
      fc.property(seeds(5), seeds(3), (x, y) => {
        const each = [0, 1, 2, 3].map((s) =>
          probabilityOfImprovement(
            x.map((seed) => seed[s]),
            y.map((seed) => seed[s])
          )
        )
        const expected = each.reduce((sum, chance) => sum + chance, 0) / 4
        expect(meanProbabilityOfImprovement(strataOf(x), strataOf(y))).toBeCloseTo(expected, 12)
      })
    )
  })
})

describe('a performance profile', () => {
  it('is the share of values within each threshold', () => {
    expect(performanceProfile([0, 0.01, 0.02, 0.5], [0, 0.01, 0.1, 1])).toEqual([0.25, 0.5, 0.75, 1])
    expect(performanceProfile([], [1])).toEqual([Number.NaN])
  })
})

describe('steps to within a gap', () => {
  it('count from where the curve comes to stay, not from a lucky dip', () => {
    const [steps, gaps] = [
      [0, 100, 200, 300, 400],
      [1, 0.04, 0.2, 0.05, 0.01]
    ]
    expect(stepsToWithin(steps, gaps, 0.05)).toBe(300)
    expect(stepsToWithin(steps, gaps, 0.001)).toBeUndefined()
    expect(stepsToWithin([], [], 0.05)).toBeUndefined()
    expect(stepsToWithin([0, 100], [0.01, Number.NaN], 0.05)).toBeUndefined()
  })
})
