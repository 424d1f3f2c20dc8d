import { parseSeeds, seedsText } from '@shared/experiment/seeds'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const seedsOf = (written: string) => {
  const parsed = parseSeeds(written)
  return 'seeds' in parsed ? parsed.seeds : parsed.fault
}

describe('seeds as people write them', () => {
  it.each([
    ['1', [1]],
    ['1-5', [1, 2, 3, 4, 5]],
    ['1 – 3, 10', [1, 2, 3, 10]],
    ['4..6', [4, 5, 6]],
    ['2, 2, 1', [2, 1]],
    ['7;8 9', [7, 8, 9]],
    ['0,5', [0, 5]],
    ['100,101', [100, 101]]
  ])('reads %s', (written, seeds) => {
    expect(seedsOf(written)).toEqual(seeds)
  })

  it.each([
    ['', 'Give at least one seed, such as 1 or 1-5.'],
    ['  ', 'Give at least one seed, such as 1 or 1-5.'],
    ['one', '“one” is not a seed: write whole numbers and spans, such as 1-5 or 1, 2, 3.'],
    ['1.5', '“1.5” is not a seed: write whole numbers and spans, such as 1-5 or 1, 2, 3.'],
    ['10 000', '“000” is not a seed: write whole numbers and spans, such as 1-5 or 1, 2, 3.'],
    ['5-1', '“5-1” runs backwards: write the smaller seed first.'],
    ['3000000000', '“3000000000” is too large: seeds go up to 2147483648.'],
    ['0-2000000000', 'At most 100 seeds at once.'],
    ['1-101', 'At most 100 seeds at once.']
  ])('refuses "%s": %s', (written, fault) => {
    expect(seedsOf(written)).toBe(fault)
  })

  it('reads back every list it writes', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(1000), { minLength: 1, maxLength: 60 }), (seeds) => {
        expect(seedsOf(seedsText(seeds))).toEqual(seeds)
      })
    )
  })
})
