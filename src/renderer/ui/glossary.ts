import { shallowRef } from 'vue'
import { text } from './text'

export type GlossaryKey = keyof typeof text.glossary.terms

/** A term of the glossary; what of its meaning is code stands between backticks. */
export interface GlossaryEntry {
  key: GlossaryKey
  word: string
  meaning: string
}

export const GLOSSARY: readonly GlossaryEntry[] = Object.entries(text.glossary.terms).map(([key, entry]) => ({
  ...entry,
  key: key as GlossaryKey
}))

/** The entry that the whole glossary is open at; `true`: at its beginning; undefined: it is closed. */
export const glossaryAt = shallowRef<GlossaryKey | true>()

/** The entries whose word or meaning has every word of a search, those found by their word first. */
export function searchGlossary(search: string): GlossaryEntry[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  const found = GLOSSARY.filter(({ word, meaning }) => words.every((each) => `${word} ${meaning}`.toLowerCase().includes(each)))
  const byWord = ({ word }: GlossaryEntry) => words.every((each) => word.toLowerCase().includes(each))
  return [...found.filter(byWord), ...found.filter((entry) => !byWord(entry))]
}

const LABELS = text.glossary.labels.map(([words, key]) => ({
  key: key as GlossaryKey,
  // Not within another word: "energy" is not in "energyJoules", nor δ beside a letter.
  pattern: new RegExp(`(?<![\\p{L}\\d])${words.replaceAll('*', '\\*')}(?![\\p{L}\\d*])`, 'iu')
}))

/** A label around the one term in it that tells most; undefined where it has none. */
export function termIn(label: string): { before: string; term: string; after: string; key: GlossaryKey } | undefined {
  for (const { key, pattern } of LABELS) {
    const found = pattern.exec(label)
    if (found) return { before: label.slice(0, found.index), term: found[0], after: label.slice(found.index + found[0].length), key }
  }
  return undefined
}
