import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bestOf, fuzzyScore } from '../../../../src/renderer/frame/palette/fuzzy'

const entries = ['dmro-plus · seed 1', 'dmro · seed 1', 'dueling-dqn · seed 11', 'dqn · seed 1', 'go to runs'].map((search) => ({ search }))
const found = (search: string) => bestOf(search, entries, 9).map((entry) => entry.search)

describe('the search of the palette', () => {
  it('finds words in any order, whole ones before parts, parts before scattered letters', () => {
    expect(found('dqn 1')[0]).toBe('dqn · seed 1')
    expect(found('1 dmro')[0]).toBe('dmro · seed 1')
    expect(found('gtr')).toEqual(['go to runs'])
    expect(found('dmrp')).toEqual(['dmro-plus · seed 1'])
  })

  it('finds nothing where a word is nowhere', () => expect(found('dqn zebra')).toEqual([]))

  it('shows all in their order where nothing is searched for', () => expect(found(' ')).toEqual(entries.map(({ search }) => search)))

  it('finds every text by any piece of it', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9 ·-]{1,40}$/), fc.nat(), fc.nat(), (text, a, b) => {
        const [from, to] = [a % text.length, (b % text.length) + 1].sort((x, y) => x - y)
        expect(fuzzyScore(text.slice(from, to), text)).toBeDefined()
      })
    )
  })
})
