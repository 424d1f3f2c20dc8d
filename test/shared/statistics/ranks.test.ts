import { cliquesOf, nemenyiDistance, rankingOf, ranksWithin } from '@shared/statistics/ranks'
import { fisherTail, studentTwoSided } from '@shared/statistics/student'
import { describe, expect, it } from 'vitest'
import { fc } from '../properties'

describe('ranks', () => {
  it('begin at 1 with the least, equal values share theirs', () => {
    expect(ranksWithin([0.3, 0.1, 0.3, 0.2])).toEqual([3.5, 1, 3.5, 2])
  })

  it('sum up to k(k + 1)/2, whatever the values', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 2, maxLength: 12 }), (values) => {
        const sum = ranksWithin(values).reduce((a, b) => a + b, 0)
        expect(sum).toBeCloseTo((values.length * (values.length + 1)) / 2, 12)
      })
    )
  })

  it('differ by the distances of Demšar’s Table 5(a) at 5 %', () => {
    for (const [k, q] of [
      [2, 1.96],
      [3, 2.343],
      [4, 2.569],
      [5, 2.728],
      [6, 2.85],
      [8, 3.031],
      [10, 3.164]
    ])
      expect(nemenyiDistance(k, 1) / Math.sqrt((k * (k + 1)) / 6)).toBeCloseTo(q, 2)
  })

  it('come to F 3.69 and mean ranks as in Demšar’s example of four classifiers on fourteen data sets', () => {
    // AUC of C4.5, +m, +cf, +m+cf; the greatest is the best there, so they are negated here.
    const auc = [
      [0.763, 0.768, 0.771, 0.798],
      [0.599, 0.591, 0.59, 0.569],
      [0.954, 0.971, 0.968, 0.967],
      [0.628, 0.661, 0.654, 0.657],
      [0.882, 0.888, 0.886, 0.898],
      [0.936, 0.931, 0.916, 0.931],
      [0.661, 0.668, 0.609, 0.685],
      [0.583, 0.583, 0.563, 0.625],
      [0.775, 0.838, 0.866, 0.875],
      [1, 1, 1, 1],
      [0.94, 0.962, 0.965, 0.962],
      [0.619, 0.666, 0.614, 0.669],
      [0.972, 0.981, 0.9751, 0.975],
      [0.957, 0.978, 0.946, 0.97]
    ]
    const { ranks, statistic, p, criticalDifference } = rankingOf(auc.map((block) => block.map((value) => -value)))
    expect(ranks.map((rank) => Number(rank.toFixed(3)))).toEqual([3.143, 2, 2.893, 1.964])
    expect(statistic).toBeCloseTo(3.69, 1)
    expect(p).toBeLessThan(0.05)
    expect(criticalDifference).toBeCloseTo(1.25, 2)
  })

  it('are refused of fewer than two blocks, and of blocks with holes', () => {
    expect(() => rankingOf([[1, 2]])).toThrow(RangeError)
    expect(() =>
      rankingOf([
        [1, 2],
        [1, Number.NaN]
      ])
    ).toThrow('a value of every algorithm')
  })

  it('join what lies within the distance, the widest groups alone', () => {
    expect(cliquesOf([1, 1.5, 2.4, 5], 1)).toEqual([
      [0, 1],
      [1, 2]
    ])
    expect(cliquesOf([1, 3, 5], 1)).toEqual([])
    expect(cliquesOf([1, 1.2, 1.4], 1)).toEqual([[0, 2]])
  })
})

describe('Fisher’s F', () => {
  it('of one and ν degrees of freedom is the square of Student’s t', () => {
    for (const [t, freedom] of [
      [0.5, 3],
      [2, 10],
      [4, 26]
    ])
      expect(fisherTail(t * t, 1, freedom)).toBeCloseTo(studentTwoSided(t, freedom), 12)
  })

  it('has the tail of SciPy: f.sf(3.69, 3, 39)', () => {
    expect(fisherTail(3.69, 3, 39)).toBeCloseTo(0.0197, 3)
    expect([fisherTail(0, 2, 3), fisherTail(Infinity, 2, 3)]).toEqual([1, 0])
  })
})
