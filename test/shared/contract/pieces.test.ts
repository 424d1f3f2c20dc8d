import { fc } from '../properties'
import { describe, expect, it } from 'vitest'
import { joinPieces, piecesOf } from '@shared/contract/pieces'

describe('a message in pieces', () => {
  it('comes together as it was, and no piece is longer than a frame or cut within a letter', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 2, max: 9 }), (written, most) => {
        const message = `{${written}`
        const join = joinPieces()
        const pieces = piecesOf(message, most)
        for (const piece of pieces) {
          expect(piece.length).toBeLessThanOrEqual(most + 1)
          expect(piece.isWellFormed()).toBe(message.isWellFormed())
        }
        const whole = pieces.map((piece) => join(piece))
        expect(whole.pop()).toBe(message)
        expect(whole.every((each) => each === undefined)).toBe(true)
      })
    )
  })

  it('is refused where it grows too long, before it is whole', () => {
    const join = joinPieces(10)
    const [first, second] = piecesOf(`{${'x'.repeat(12)}`, 8)
    expect(join(first)).toBeUndefined()
    expect(() => join(second)).toThrow(RangeError)
  })
})
