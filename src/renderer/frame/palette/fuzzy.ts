/** Points for one word of a search in a text, both in lower case; undefined where it is not in it, not even letter by letter. */
function wordScore(word: string, text: string): number | undefined {
  const at = text.indexOf(word)
  if (at >= 0) {
    const startsWord = at === 0 || !isLetter(text[at - 1])
    const endsWord = at + word.length === text.length || !isLetter(text[at + word.length])
    return 100 + (startsWord ? 40 : 0) + (startsWord && endsWord ? 20 : 0) - Math.min(at, 40) / 2
  }
  if (word.length < 2) return undefined
  let score = 30
  let from = 0
  for (const letter of word) {
    const next = text.indexOf(letter, from)
    if (next < 0) return undefined
    const startsWord = next === 0 || !isLetter(text[next - 1])
    // Letters that follow each other or begin words are what people mean; far ones are chance.
    score += next === from ? 4 : startsWord ? 6 : -Math.min(next - from, 10)
    from = next + 1
  }
  return score > 0 ? score : undefined
}

function isLetter(sign: string): boolean {
  return /[\p{L}\p{N}]/u.test(sign)
}

/**
 * How well a text answers a search: each word of it must be there, whole or as letters in their order. The greater the
 * better; undefined where it does not answer. `text` in lower case.
 */
export function fuzzyScore(search: string, text: string): number | undefined {
  let sum = 0
  for (const word of search.toLowerCase().split(/\s+/)) {
    if (word === '') continue
    const score = wordScore(word, text)
    if (score === undefined) return undefined
    sum += score
  }
  // Of equals, the shorter text says less beside what was asked.
  return sum - Math.min(text.length, 100) / 20
}

/** The `most` entries that answer a search best, in order; all of the first `most` where nothing is searched for. */
export function bestOf<Entry extends { search: string }>(search: string, entries: readonly Entry[], most: number): Entry[] {
  if (search.trim() === '') return entries.slice(0, most)
  const scored: { entry: Entry; score: number }[] = []
  for (const entry of entries) {
    const score = fuzzyScore(search, entry.search)
    if (score !== undefined) scored.push({ entry, score })
  }
  return scored
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ entry }) => entry)
}
