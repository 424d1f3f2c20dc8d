/** Seeds as people write them: `1-5`, `1, 2, 3`, `1-3, 10`. */

const MOST_SEEDS = 100
const GREATEST_SEED = 2 ** 31

export type SeedList = { seeds: number[] } | { fault: SeedFault }
export type SeedFault =
  | { kind: 'empty' }
  | { kind: 'unreadable'; part: string }
  | { kind: 'reversed'; part: string }
  | { kind: 'great'; part: string }
  | { kind: 'many'; most: number }

/** The seeds a text names, in its order, each once. */
export function parseSeeds(written: string): SeedList {
  const parts = written.split(/[\s,;]+/).filter(Boolean)
  const joined = written.replace(/\s*[-–…]\s*|\s*\.\.\s*/g, '-')
  const pieces = joined.split(/[\s,;]+/).filter(Boolean)
  if (parts.length === 0) return { fault: { kind: 'empty' } }
  const seeds = new Set<number>()
  for (const part of pieces) {
    const match = /^(\d+)(?:-(\d+))?$/.exec(part)
    if (!match) return { fault: { kind: 'unreadable', part } }
    const from = Number(match[1])
    const to = match[2] === undefined ? from : Number(match[2])
    if (from > GREATEST_SEED || to > GREATEST_SEED) return { fault: { kind: 'great', part } }
    if (to < from) return { fault: { kind: 'reversed', part } }
    // Looked at before counting up: 0-2000000000 must not be walked through.
    if (to - from >= MOST_SEEDS) return { fault: { kind: 'many', most: MOST_SEEDS } }
    for (let seed = from; seed <= to; seed++) seeds.add(seed)
    if (seeds.size > MOST_SEEDS) return { fault: { kind: 'many', most: MOST_SEEDS } }
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
