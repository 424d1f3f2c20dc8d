import type { DocumentCard, DocumentKind } from '@shared/contract/library'
import { LIBRARY_VERSION, type LibraryVersion, type PartKind } from '@shared/formats'
import { presetOf } from '@shared/presets'
import type { RunRow } from '@shared/contract/records'
import { computed, type Ref } from 'vue'
import type { LocationQueryRaw } from 'vue-router'
import { text } from '../ui/text'
import { useHistory } from './history'

/** The pages of documents, by kind; environment sets have none. */
const PAGE: Partial<Record<DocumentKind, string>> = { topology: 'topology', workload: 'workload', experiment: 'plan' }

/** The address of a document's own page; undefined where its kind has none. */
export function documentPage(kind: DocumentKind, id: string): { name: string; params: { id: string } } | undefined {
  const name = PAGE[kind]
  return name === undefined ? undefined : { name, params: { id } }
}

/** The address of the runs that came from a version of a document: by its name, or by its id where no condition could hold the name. */
export function runsOfVersion(
  kind: DocumentKind,
  { id, name, version }: { id: string; name: string; version: number }
): {
  name: string
  query: LocationQueryRaw
} {
  const called = name.includes('"') ? text.versions.of(id, version) : text.versions.of(name, version)
  return { name: 'runs', query: { words: `${kind} = "${called}"` } }
}

const sourceOf = (row: RunRow, kind: DocumentKind) => row.sources?.[kind]

/** How many runs came from each version of a document, as the table of runs counts them: archived ones apart. */
export function useRunCounts(kind: DocumentKind, id: () => string): Ref<ReadonlyMap<number, number>> {
  const history = useHistory()
  return computed(() => {
    const counts = new Map<number, number>()
    for (const row of history.rows.values()) {
      const source = sourceOf(row, kind)
      if (source?.id !== id() || source.version === undefined || row.archived) continue
      counts.set(source.version, (counts.get(source.version) ?? 0) + 1)
    }
    return counts
  })
}

/** The newest version of a document, as other documents hold it. */
export function newestOf({ id, version, name, contentId }: DocumentCard): LibraryVersion {
  return { format: LIBRARY_VERSION, id, version, name, ...(contentId !== undefined && { content: contentId }) }
}

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()

/** What a name means: undefined where it is a preset's, or nothing is called so, now or before. */
export function cardNamed(cards: readonly DocumentCard[], name: string, kind: PartKind): DocumentCard | undefined {
  if (presetOf(name, kind) !== undefined) return undefined
  return cards.find((card) => same(card.name, name)) ?? cards.find((card) => card.formerly?.some((former) => same(former, name)))
}
