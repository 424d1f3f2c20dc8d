import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Ring } from '../../../src/main/learn/ring'

const itemsOf = (ring: Ring<number>) => Array.from({ length: ring.size }, (_, i) => ring.at(i)).sort((a, b) => a - b)

describe('the memory pool', () => {
  it('keeps the newest items, however many came', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 70 }), (capacity, count) => {
        const ring = new Ring<number>(capacity)
        for (let item = 0; item < count; item++) ring.push(item)
        const kept = Math.min(capacity, count)
        expect(ring.size).toBe(kept)
        expect(itemsOf(ring)).toEqual(Array.from({ length: kept }, (_, i) => count - kept + i))
      })
    )
  })

  it('continues from its state as if it had never been put away', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 0, max: 50 }),
        fc.integer({ min: 0, max: 50 }),
        (capacity, before, after) => {
          const ring = new Ring<number>(capacity)
          for (let item = 0; item < before; item++) ring.push(item)
          const { items, next } = ring.state
          const restored = Ring.from(capacity, [...items], next)
          for (let item = before; item < before + after; item++) {
            ring.push(item)
            restored.push(item)
          }
          expect(restored.state).toEqual(ring.state)
        }
      )
    )
  })
})
