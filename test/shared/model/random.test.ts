import { RandomStream, randomStream, type StreamName } from '@shared/model/random'
import { describe, expect, it } from 'vitest'
import { fc } from '../properties'

/** sfc32 in whole numbers without any trick, after its author's C. */
function* plainSfc32([a, b, c, d]: readonly number[]): Generator<number> {
  const mask = 0xffffffffn
  let [x, y, z, counter] = [a, b, c, d].map((word) => BigInt(word) & mask)
  for (;;) {
    const sum = (x + y + counter) & mask
    counter = (counter + 1n) & mask
    x = y ^ (y >> 9n)
    y = (z + (z << 3n)) & mask
    z = (((z << 21n) | (z >> 11n)) + sum) & mask
    yield Number(sum)
  }
}

const take = (stream: RandomStream, count: number) => Array.from({ length: count }, () => stream.uint32())

describe('the generator', () => {
  it('is sfc32, whatever its state', () => {
    const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
    fc.assert(
      fc.property(fc.tuple(word, word, word, word), (state) => {
        const plain = plainSfc32(state)
        expect(take(new RandomStream(state), 20)).toEqual(Array.from({ length: 20 }, () => plain.next().value))
      })
    )
  })

  it.each([
    [1, 'workload', [807071214, 1621957944, 682210336, 961221506], 0.4335813869740359],
    [0, 'init', [122287638, 639477445, 1510524970, 3341287543], 0.12303322713445031],
    [7, 'evaluation', [3413716081, 899900270, 2153551196, 1227614654], 0.7022270094047453]
  ] as const)(
    'gives the numbers of seed %i, stream "%s", that it has always given: stored runs rest on them',
    (seed, name, words, uniform) => {
      const stream = randomStream(seed, name)
      expect(take(stream, 4)).toEqual(words)
      expect(stream.uniform()).toBe(uniform)
    }
  )

  it('continues from its state as if never stopped', () => {
    const stream = randomStream(3, 'replay')
    take(stream, 100)
    const resumed = new RandomStream(JSON.parse(JSON.stringify(stream.state)))
    expect(take(resumed, 100)).toEqual(take(stream, 100))
  })

  it('has streams and seeds that differ', () => {
    const names: StreamName[] = ['init', 'environment', 'action', 'replay', 'workload', 'evaluation']
    const firsts = [0, 1, 2, 11, 12].flatMap((seed) => names.map((name) => randomStream(seed, name).uint32()))
    expect(new Set(firsts).size).toBe(firsts.length)
  })
})

describe('what is drawn', () => {
  const stream = randomStream(1, 'action')
  const draws = 40_000
  const mean = (draw: () => number) => Array.from({ length: draws }, draw).reduce((sum, value) => sum + value, 0) / draws

  it('is uniform in [0, 1)', () => {
    const values = Array.from({ length: draws }, () => stream.uniform())
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true)
    const counts = new Array(20).fill(0)
    for (const value of values) counts[Math.floor(value * 20)]++
    const chiSquared = counts.reduce((sum, count) => sum + (count - draws / 20) ** 2 / (draws / 20), 0)
    // 99.9 % point for 19 degrees of freedom.
    expect(chiSquared).toBeLessThan(43.8)
  })

  it('stays between its bounds and below its count', () => {
    for (let i = 0; i < 1000; i++) {
      const value = stream.between(5, 7)
      expect(value >= 5 && value < 7).toBe(true)
      expect([0, 1, 2]).toContain(stream.below(3))
    }
    expect(stream.between(4, 4)).toBe(4)
  })

  it('is normal with mean 0 and variance 1', () => {
    expect(Math.abs(mean(() => stream.normal()))).toBeLessThan(0.02)
    expect(Math.abs(mean(() => stream.normal() ** 2) - 1)).toBeLessThan(0.03)
  })
})
