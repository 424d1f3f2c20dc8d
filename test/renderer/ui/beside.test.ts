import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { beside } from '../../../src/renderer/ui/beside'

const window = { width: 683, height: 467 }
const anchor = (left: number, top: number, width = 80, height = 28) => ({ left, top, right: left + width, bottom: top + height })

describe('a panel beside its anchor', () => {
  it('stands under it, at the edge it is asked to keep to', () => {
    expect(beside(anchor(100, 40), { width: 200, height: 120 }, window)).toEqual({ left: 100, top: 72, height: 120 })
    expect(beside(anchor(300, 40), { width: 200, height: 120 }, window, { side: 'right' })).toEqual({ left: 180, top: 72, height: 120 })
  })

  it('stands over it where it is asked to, or where there is no room under it', () => {
    expect(beside(anchor(100, 300), { width: 200, height: 120 }, window, { up: true })).toEqual({ left: 100, top: 176, height: 120 })
    expect(beside(anchor(100, 400), { width: 200, height: 120 }, window)).toEqual({ left: 100, top: 276, height: 120 })
    expect(beside(anchor(100, 40), { width: 200, height: 120 }, window, { up: true })).toEqual({ left: 100, top: 72, height: 120 })
  })

  it('is never beyond the window and never over its anchor, however large it would like to be', () => {
    const size = fc.record({ width: fc.integer({ min: 10, max: 675 }), height: fc.integer({ min: 10, max: 2000 }) })
    const at = fc.record({ left: fc.integer({ min: 0, max: 600 }), top: fc.integer({ min: 0, max: 430 }), up: fc.boolean() })
    fc.assert(
      fc.property(at, size, fc.constantFrom('left' as const, 'right' as const), ({ left, top, up }, panel, side) => {
        const box = anchor(left, top)
        const place = beside(box, panel, window, { side, up })
        expect(place.left).toBeGreaterThanOrEqual(4)
        expect(place.left + panel.width).toBeLessThanOrEqual(window.width - 4)
        expect(place.top).toBeGreaterThanOrEqual(0)
        expect(place.top + place.height).toBeLessThanOrEqual(window.height)
        expect(place.top >= box.bottom || place.top + place.height <= box.top).toBe(true)
      })
    )
  })
})
