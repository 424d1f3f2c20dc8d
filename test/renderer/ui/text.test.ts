// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { de } from '../../../src/renderer/ui/text/de'
import { en } from '../../../src/renderer/ui/text/en'

type Say = (...given: unknown[]) => string
/** A word of a catalogue, or a function that makes one. */
type Word = string | Say

const isGroup = (value: unknown): value is object => typeof value === 'object' && value !== null

/** Every word by its path, such as `runs.title` or `tour.steps.0.title`. */
function wordsOf(catalogue: object, path = ''): Map<string, Word> {
  return new Map(
    Object.entries(catalogue).flatMap(([key, value]: [string, unknown]) =>
      isGroup(value) ? [...wordsOf(value, `${path}${key}.`)] : [[`${path}${key}`, value as Word] as const]
    )
  )
}

const english = wordsOf(en)
const german = wordsOf(de)
const pairs = [...english].flatMap(([path, word]) => (german.has(path) ? [{ path, word, other: german.get(path) as Word }] : []))

/**
 * Arguments of a kind each, as many as a word may take. A word is asked only with those that it can do something with: some take
 * a list of names, most take numbers or text. Numbers from 1,000 on show how they are written.
 */
const ARGUMENTS: readonly unknown[][] = [
  [2345, 3456, 4567, 5678, 6789, 7891],
  [1, 1, 1, 1, 1, 1],
  [0, 0, 0, 0, 0, 0],
  ['17.5', '18.5', '19.5', '20.5', '21.5', '22.5'],
  [['17', '18', '19']],
  ['native', 'none'],
  [true, true],
  [false, false],
  ['17.5', false],
  ['', '18.5', '19.5', '20.5'],
  [7, 8, '21.5'],
  []
]

/** What a word says to each of the arguments; nothing where it cannot do anything with them. */
function sayings(word: Word): (string | undefined)[] {
  if (typeof word === 'string') return [word]
  return ARGUMENTS.map((given) => {
    try {
      return String(word(...given))
    } catch {
      return undefined
    }
  })
}

/** Digits behind a letter belong to a name, such as Pos1. */
const NUMBER = /∞|(?<!\p{L})\d+(?:[.,]\d+)*/gu
/** Units and symbols that are written alike in every language, standing by themselves. */
const SIGN =
  /(?<![\p{L}\p{N}’'])(?:%|±|×|Q\*|MB\/s|s|ms|J|mJ|MB|MHz|Mc|px|p95|log|CSV|PNG|SVG|JSON|HTML|LaTeX|IQM|DMRO\+?|[QTEKNpδψεαβv])(?![\p{L}\p{N}*’])/gu

const found = (pattern: RegExp, said: string | undefined) => [...(said ?? '').matchAll(pattern)].map(([match]) => match).sort()

const differing = (of: (said: string | undefined) => unknown) =>
  pairs.flatMap(({ path, word, other }) => {
    const ours = sayings(word)
    const theirs = sayings(other)
    return ours.flatMap((said, i) => {
      if (said === undefined) return []
      const [here, there] = [JSON.stringify(of(said)), JSON.stringify(of(theirs[i]))]
      return here === there ? [] : [`${path}: “${said}” has ${here}, „${theirs[i]}“ ${there}`]
    })
  })

describe('the German catalogue', () => {
  it('has every word of the English one and none beyond', () => {
    expect([...english.keys()].filter((path) => !german.has(path))).toEqual([])
    expect([...german.keys()].filter((path) => !english.has(path))).toEqual([])
  })

  it('has functions where English has them, of as many arguments', () => {
    const shape = (word: Word) => (typeof word === 'function' ? word.length : typeof word)
    expect(pairs.filter(({ word, other }) => shape(word) !== shape(other)).map(({ path }) => path)).toEqual([])
  })

  it('leaves no word empty that English has', () => {
    const empty = (word: Word) => typeof word === 'string' && word.trim() === ''
    expect(pairs.filter(({ word, other }) => empty(word) !== empty(other)).map(({ path }) => path)).toEqual([])
  })

  it('says the same numbers, written alike', () => expect(differing((said) => found(NUMBER, said))).toEqual([]))

  it('says the same units and symbols', () => expect(differing((said) => found(SIGN, said))).toEqual([]))

  it('leaves no sentence in English', () => {
    const isSentence = (said: string) => (said.replace(/undefined|true|false/g, '').match(/\b[a-z]{3,}\b/g) ?? []).length >= 3
    const kept = pairs.filter(({ word, other }) => sayings(word).some((said, i) => said && isSentence(said) && said === sayings(other)[i]))
    expect(kept.map(({ path }) => path)).toEqual([])
  })

  it('writes its own quotation marks', () => {
    const foreign = pairs.filter(({ other }) =>
      sayings(other).some((said) => /[”‘’]|“(?![^„]*$)/.test(said?.replace(/„[^“]*“/g, '') ?? ''))
    )
    expect(foreign.map(({ path }) => path)).toEqual([])
  })
})
