import { count } from '../format'
import { listFault, quoted } from '../numbers'

/** Seeds as people write them: `1-5`, `1, 2, 3`, `1,2`, `1-3, 10`. They are whole and nobody groups their digits: a comma always separates. */

const MOST_SEEDS = 100
export const GREATEST_SEED = 2 ** 31

export type SeedList = { seeds: number[] } | { fault: string }

/** The seeds a text names, in its order, each once, or a sentence about what cannot be read. */
export function parseSeeds(written: string, most = MOST_SEEDS): SeedList {
  const tooLong = listFault(written)
  if (tooLong !== undefined) return { fault: tooLong }
  const joined = written.replace(/(?<!\s)\s*(?:[-–…]|\.\.)\s*/g, '-')
  const pieces = joined.split(/[\s,;]+/).filter(Boolean)
  if (pieces.length === 0) return { fault: 'Give at least one seed, such as 1 or 1-5.' }
  const seeds = new Set<number>()
  for (const part of pieces) {
    const match = /^(0|[1-9]\d*)(?:-(0|[1-9]\d*))?$/.exec(part)
    if (!match) return { fault: `${quoted(part)} is not a seed: write whole numbers and spans, such as 1-5 or 1, 2, 3.` }
    const from = Number(match[1])
    const to = match[2] === undefined ? from : Number(match[2])
    if (from > GREATEST_SEED || to > GREATEST_SEED) return { fault: `${quoted(part)} is too large: seeds go up to ${GREATEST_SEED}.` }
    if (to < from) return { fault: `${quoted(part)} runs backwards: write the smaller seed first.` }
    // Looked at before counting up: 0-2000000000 must not be walked through.
    if (to - from >= most) return { fault: `At most ${count(most, 'seed', 'seeds')} at once.` }
    for (let seed = from; seed <= to; seed++) seeds.add(seed)
    if (seeds.size > most) return { fault: `At most ${count(most, 'seed', 'seeds')} at once.` }
  }
  return { seeds: [...seeds] }
}

/** The shortest text that names `seeds`: 1-5, 8. */
export function seedsText(seeds: readonly number[]): string {
  const spans: [number, number][] = []
  for (const seed of seeds) {
    const last = spans.at(-1)
    if (last && seed === last[1] + 1) last[1] = seed
    else spans.push([seed, seed])
  }
  return spans.map(([from, to]) => (to > from + 1 ? `${from}-${to}` : to > from ? `${from}, ${to}` : String(from))).join(', ')
}
