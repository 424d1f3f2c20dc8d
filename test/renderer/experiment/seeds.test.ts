import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSeeds, seedsText } from '../../../src/renderer/experiment/seeds'

const seedsOf = (written: string) => {
  const parsed = parseSeeds(written)
  return 'seeds' in parsed ? parsed.seeds : parsed.fault.kind
}

describe('seeds as people write them', () => {
  it.each([
    ['1', [1]],
    ['1-5', [1, 2, 3, 4, 5]],
    ['1 – 3, 10', [1, 2, 3, 10]],
    ['4..6', [4, 5, 6]],
    ['2, 2, 1', [2, 1]],
    ['7;8 9', [7, 8, 9]]
  ])('reads %s', (written, seeds) => {
    expect(seedsOf(written)).toEqual(seeds)
  })

  it.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['one', 'unreadable'],
    ['1.5', 'unreadable'],
    ['5-1', 'reversed'],
    ['3000000000', 'great'],
    ['0-2000000000', 'many'],
    ['1-101', 'many']
  ])('refuses "%s": %s', (written, kind) => {
    expect(seedsOf(written)).toBe(kind)
  })

  it('reads back every list it writes', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(1000), { minLength: 1, maxLength: 60 }), (seeds) => {
        expect(seedsOf(seedsText(seeds))).toEqual(seeds)
      })
    )
  })
})
