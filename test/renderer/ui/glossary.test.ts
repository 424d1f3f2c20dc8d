import { describe, expect, it } from 'vitest'
import { GLOSSARY, searchGlossary, termIn } from '../../../src/renderer/ui/glossary'
import { text } from '../../../src/renderer/ui/text'

describe('the term in a label', () => {
  it.each([
    ['Gap now', ['', 'Gap', ' now', 'gap']],
    ['Gap p95, %', ['Gap ', 'p95', ', %', 'p95']],
    ['Optimum Q* now', ['Optimum ', 'Q*', ' now', 'optimum']],
    ['Cost Q now, not adapted', ['', 'Cost Q', ' now, not adapted', 'cost']],
    ['δ = energy weight', ['δ = ', 'energy weight', '', 'delta']],
    ['the paper’s 20 workflows · δ 0.2', ['the paper’s 20 workflows · ', 'δ', ' 0.2', 'delta']],
    ['77.2 s · Q* 0.6967', ['77.2 s · ', 'Q*', ' 0.6967', 'optimum']],
    ['Exploration ε', ['Exploration ', 'ε', '', 'epsilon']],
    ['Parallel networks', ['', 'Parallel networks', '', 'unit']],
    ['learn steps', ['', 'learn steps', '', 'learnStep']]
  ])('of “%s” is the one that tells most', (label, [before, term, after, key]) => {
    expect(termIn(label)).toEqual({ before, term, after, key })
  })

  it('is never within another word, and some labels have none', () => {
    for (const label of ['Speed', 'energyJoules', 'gapless', 'unitary', 'Name', '']) expect(termIn(label)).toBeUndefined()
  })

  it('is always one of the glossary', () => {
    const keys = new Set(GLOSSARY.map(({ key }) => key as string))
    expect(text.glossary.labels.filter(([, key]) => !keys.has(key))).toEqual([])
  })
})

describe('a search in the glossary', () => {
  it('finds by word before meaning, each word of it somewhere', () => {
    expect(searchGlossary('gap')[0].key).toBe('gap')
    expect(searchGlossary('recover').map(({ key }) => key)).toContain('recovery')
    expect(searchGlossary('meta parameters')[0].key).toBe('psi')
    expect(searchGlossary('nothing of the kind')).toEqual([])
    expect(searchGlossary(' ')).toHaveLength(GLOSSARY.length)
  })
})
