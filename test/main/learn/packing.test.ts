import { describe, expect, it } from 'vitest'
import { pack, unpack } from '../../../src/main/learn/packing'

const PACKED = {
  data: { steps: 3 },
  arrays: { floats: Float32Array.of(1, 2, 3), doubles: Float64Array.of(0.1, Number.NaN), bytes: Uint8Array.of(7) }
}

describe('packed state', () => {
  it('comes back as it was', () => {
    expect(unpack(pack(PACKED))).toEqual(PACKED)
  })

  it('comes back from the middle of a larger buffer, as databases and processes hand it over', () => {
    const bytes = pack(PACKED)
    const pool = Buffer.alloc(bytes.length + 64, 255)
    pool.set(bytes, 13)
    expect(unpack(pool.subarray(13, 13 + bytes.length))).toEqual(PACKED)
  })

  it('is refused where it is cut off or something else', () => {
    const bytes = pack(PACKED)
    for (const wrong of [
      bytes.subarray(0, 3),
      bytes.subarray(0, bytes.length - 9),
      new Uint8Array(64),
      new TextEncoder().encode('not packed at all, but long enough')
    ]) {
      expect(() => unpack(wrong)).toThrow(RangeError)
    }
  })
})
