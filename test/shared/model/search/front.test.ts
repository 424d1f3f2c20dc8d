import { randomStream } from '@shared/model/random'
import { Front } from '@shared/model/search/front'
import { describe, expect, it } from 'vitest'

describe('the rows that no other row is better than', () => {
  it('are those that a comparison of all pairs leaves, few or many, of few values or many', () => {
    const random = randomStream(1, 'action')
    const front = new Front()
    for (let trial = 0; trial < 200; trial++) {
      const width = 1 + random.below(trial % 10 === 0 ? 50 : 6)
      const count = 1 + random.below(trial % 4 === 0 ? 400 : 40)
      const values = trial % 2 === 0 ? 4 : 1e6
      const rows = Float64Array.from({ length: count * width }, () => random.below(values))
      const sum = (n: number) => rows.subarray(n * width, (n + 1) * width).reduce((total, value) => total + value, 0)
      const order = Int32Array.from({ length: count }, (_, n) => n).sort((a, b) => sum(a) - sum(b) || a - b)
      const offsets = order.map((n) => n * width)
      front.begin(width, rows, offsets, 0, count)
      const kept = [...order].filter((n) => front.offer(rows, n * width, n))
      const isNowhereAbove = (a: number, b: number) =>
        rows.subarray(a * width, (a + 1) * width).every((value, c) => value <= rows[b * width + c])
      const position = (n: number) => order.indexOf(n)
      const expected = [...order].filter((b) => ![...order].some((a) => position(a) < position(b) && isNowhereAbove(a, b)))
      expect(kept).toEqual(expected)
    }
  })

  it('keep a row that passes the comparison but not what is asked besides', () => {
    const front = new Front()
    const rows = Float64Array.of(1, 1, 2, 2, 3, 3)
    front.begin(2, rows, Int32Array.of(0, 2, 4), 0, 3)
    expect(front.offer(rows, 0, 7)).toBe(true)
    const asked: number[][] = []
    const never = (kept: number, offered: number) => {
      asked.push([kept, offered])
      return false
    }
    expect(front.offer(rows, 2, 8, never)).toBe(true)
    expect(front.offer(rows, 4, 9, () => true)).toBe(false)
    expect(asked).toEqual([[7, 8]])
  })
})
