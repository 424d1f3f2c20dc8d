import type { BinEntry, BinUse } from './contract/bin'
import type { DocumentKind } from './contract/library'
import { count } from './format'

/** The bin in words, for the page and the command line alike. */

/** Days for which it keeps what was deleted. */
export const BIN_DAYS = 30

const NOUNS: Record<BinUse['by'], readonly [one: string, many: string]> = {
  experiment: ['experiment', 'experiments'],
  environments: ['environment set', 'environment sets'],
  run: ['run', 'runs'],
  comparison: ['comparison', 'comparisons'],
  study: ['study', 'studies']
}

/** Names a document's entry in the bin. */
export const entryOfDocument = (kind: DocumentKind, id: string): string => `${kind}-${id}`

const counted = (n: number, [one, many]: readonly [string, string]): string => count(n, one, many)

/** "3 experiments, 12 runs"; empty where nothing uses it. */
export function usesText(uses: readonly BinUse[]): string {
  return uses.map(({ by, count: users }) => counted(users, NOUNS[by])).join(', ')
}

/** Users of one kind by their names: "experiments A and B", "runs A, B and 3 more". */
export function usersText({ by, count, names }: BinUse): string {
  const rest = count - names.length
  const listed = rest > 0 ? [...names, `${rest.toLocaleString('en')} more`] : names
  const last = listed[listed.length - 1]
  const text = listed.length > 1 ? `${listed.slice(0, -1).join(', ')} and ${last}` : last
  return `${NOUNS[by][count === 1 ? 0 : 1]} ${text}`
}

/** What an entry is, in a few words: "topology, 4 versions", "8 runs", "policy". */
export function whatText({ kind, runs, versions }: Pick<BinEntry, 'kind' | 'runs' | 'versions'>): string {
  if (kind === 'run') return counted(runs?.length ?? 1, NOUNS.run)
  const noun = kind === 'environments' ? 'environment set' : kind
  if (versions === undefined) return noun
  return versions === 0 ? `${noun}, never saved` : `${noun}, ${counted(versions, ['version', 'versions'])}`
}

/** What is lost where entries are deleted for good: "2 topologies, 8 runs". */
export function lossText(entries: readonly BinEntry[]): string {
  const kinds = new Map<string, { n: number; nouns: readonly [string, string] }>()
  for (const { kind, runs } of entries) {
    const nouns = PLURALS[kind]
    const known = kinds.get(kind) ?? { n: 0, nouns }
    kinds.set(kind, { n: known.n + (runs?.length ?? 1), nouns })
  }
  return [...kinds.values()].map(({ n, nouns }) => counted(n, nouns)).join(', ')
}

const PLURALS: Record<BinEntry['kind'], readonly [string, string]> = {
  run: NOUNS.run,
  topology: ['topology', 'topologies'],
  workload: ['workload', 'workloads'],
  experiment: NOUNS.experiment,
  environments: NOUNS.environments,
  comparison: NOUNS.comparison,
  policy: ['policy', 'policies'],
  view: ['view', 'views']
}

/** "in the bin for 30 days". */
export const KEPT_TEXT = `in the bin for ${BIN_DAYS} days`
