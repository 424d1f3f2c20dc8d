import type { DocumentKind } from '@shared/contract/library'
import type { Lineage, LineageDocument, LineageRuns } from '@shared/contract/lineage'
import { type FoundPart, isLibraryVersion, namedParts } from '@shared/formats'
import type { Connection } from './connection'
import { UnknownRunError } from './errors'
import { type Library, UnknownDocumentError } from './library'
import { intactName, intactRow } from './seals'

type Held = LineageRuns['from'][number]

interface VersionColumns {
  id: string
  kind: DocumentKind
  name: string
  deletedAt: number | null
  editedAt: number | null
  version: number
  savedAt: number
  note: string | null
  /** Of documents that hold others. */
  content: string | null
}

interface RunColumns {
  id: string
  experimentId: number
  experiment: string
  queuedAt: number
  algorithm: string | null
  /** JSON: [document, version, by content] of each. */
  sources: string
}

const HOLDING: readonly DocumentKind[] = ['experiment', 'environments']

/** What came of what: documents that hold versions of others, runs that came from them, comparisons of these. */
export class Lineages {
  readonly #db: Connection
  readonly #library: Library

  constructor(db: Connection, library: Library) {
    this.#db = db
    this.#library = library
  }

  /** Everything near a document. Throws UnknownDocumentError. */
  ofDocument(id: string): Lineage {
    const documents = this.#documents()
    if (!documents.has(id)) throw new UnknownDocumentError(id)
    const shown = new Set([id])
    // What holds it, and what holds that: a topology is in an environment set, the set in an experiment.
    const holders = (of: string) =>
      [...documents.values()].filter((each) => each.versions.some(({ holds }) => holds.some((held) => held.id === of)))
    for (const set of holders(id)) {
      shown.add(set.id)
      for (const { id: experiment } of holders(set.id)) shown.add(experiment)
    }
    const runs = this.#runs([id])
    for (const { sources } of runs) for (const [document] of sources) shown.add(document)
    for (const each of [...shown]) for (const { holds } of documents.get(each)?.versions ?? []) for (const held of holds) shown.add(held.id)
    return this.#lineage(documents, shown, runs)
  }

  /** Everything a run came from, the runs queued with it and what compares them. Throws UnknownRunError. */
  ofRun(id: string): Lineage {
    const [own] = this.#runs(undefined, id)
    if (!own) throw new UnknownRunError(id)
    const together = this.#runs(undefined, undefined, own.experimentId).filter(({ key }) => key === own.key)
    const documents = this.#documents()
    return this.#lineage(documents, new Set(own.sources.map(([document]) => document)), together)
  }

  #lineage(documents: ReadonlyMap<string, LineageDocument>, shown: ReadonlySet<string>, runs: readonly SourcedRun[]): Lineage {
    const groups = grouped(runs)
    const keys = new Map(runs.map(({ id, key }) => [id, key]))
    const comparisons = this.#db.sqlite
      .prepare<[], { id: number; name: string; savedAt: number; runs: string }>(
        `select id, name, saved_at as savedAt, runs from comparison where deleted_at is null and ${intactRow('comparison')} order by saved_at desc`
      )
      .all()
      .flatMap(({ runs: compared, ...comparison }) => {
        const all: string[] = JSON.parse(compared)
        const counts = new Map<string, number>()
        for (const id of all) {
          const key = keys.get(id)
          if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1)
        }
        return counts.size === 0 ? [] : [{ ...comparison, ids: all, of: [...counts].map(([key, count]) => ({ key, runs: count })) }]
      })
    return { documents: [...shown].flatMap((id) => documents.get(id) ?? []), runs: groups, comparisons }
  }

  /** Every document, deleted ones too: runs came from them, and plans hold them still. */
  #documents(): Map<string, LineageDocument> {
    const rows = this.#db.sqlite
      .prepare<[], VersionColumns>(
        `select d.id, d.kind, ${intactName('document', 'd')} as name, d.deleted_at as deletedAt, e.edited_at as editedAt, v.version, v.saved_at as savedAt, case when ${intactRow('document_version', 'v')} then v.note else '(damaged)' end as note,
           case when d.kind in (${HOLDING.map((kind) => `'${kind}'`).join()}) then v.content end as content
         from document d join document_version v on v.document = d.id left join draft e on e.id = d.id and e.deleted_at is null
         order by d.created_at, d.id, v.version`
      )
      .all()
    const documents = new Map<string, LineageDocument>()
    for (const { id, kind, name, deletedAt, editedAt, version, savedAt, note, content } of rows) {
      const isDeleted = deletedAt === null ? {} : { isDeleted: true as const }
      const document = documents.get(id) ?? { id, kind, name, ...isDeleted, ...(editedAt !== null && { editedAt }), versions: [] }
      documents.set(id, document)
      const holds = content === null || deletedAt !== null ? [] : this.#heldIn(content)
      document.versions.push({ version, savedAt, ...(note !== null && { note }), holds })
    }
    return documents
  }

  #heldIn(content: string): Held[] {
    let document: unknown
    try {
      document = JSON.parse(content)
    } catch {
      // A damaged version is reported where it is opened.
      return []
    }
    const held = namedParts(document).flatMap((found) => this.#heldBy(found))
    return [...new Map(held.map((each) => [`${each.id} ${each.version}`, each])).values()]
  }

  #heldBy({ part, kind }: FoundPart): Held[] {
    if (kind === 'scenario') return []
    if (isLibraryVersion(part)) return [{ id: part.id, version: part.version }]
    const card = typeof part === 'string' ? this.#library.meant(part, kind) : undefined
    return card ? [{ id: card.id, version: card.version, byName: true }] : []
  }

  /** Runs that came from any version of these documents, or all, or one, or those of an experiment; newest first. */
  #runs(documents?: readonly string[], id?: string, experimentId?: number): SourcedRun[] {
    return this.#db.sqlite
      .prepare<[{ documents: string | null; id: string | null; experimentId: number | null }], RunColumns>(
        `select r.id, r.experiment_id as experimentId, ${intactName('experiment', 'e')} as experiment, r.queued_at as queuedAt,
           json_extract(r.spec, '$.algorithm') as algorithm,
           (select json_group_array(json_array(document, version, by_content)) from run_source where run = r.number and ${intactRow('run_source')}) as sources
         from run r join experiment e on e.id = r.experiment_id
         where r.deleted_at is null and json_valid(r.spec)
           and (@id is null or r.id = @id) and (@experimentId is null or r.experiment_id = @experimentId)
           and (@documents is null
             or exists (select 1 from run_source where run = r.number and document in (select value from json_each(@documents))))
         order by r.number desc`
      )
      .all({ documents: documents ? JSON.stringify(documents) : null, id: id ?? null, experimentId: experimentId ?? null })
      .map((row) => ({ ...row, sources: JSON.parse(row.sources) as SourcedRun['sources'], key: `${row.experimentId} ${row.sources}` }))
  }
}

interface SourcedRun extends Omit<RunColumns, 'sources'> {
  sources: [document: string, version: number, byContent: number][]
  /** The same for runs that were queued together and came from the same versions. */
  key: string
}

function grouped(runs: readonly SourcedRun[]): LineageRuns[] {
  const groups = new Map<string, LineageRuns>()
  for (const { key, experimentId, experiment, queuedAt, algorithm, sources } of runs) {
    const from = sources.map(([id, version, byContent]) => ({ id, version, ...(byContent === 1 && { byContent: true as const }) }))
    const group: LineageRuns = groups.get(key) ?? { key, experimentId, experiment, queuedAt, runs: 0, algorithms: [], from }
    groups.set(key, group)
    group.runs++
    const counted = group.algorithms.find((each) => each.algorithm === algorithm)
    if (counted) counted.runs++
    // Rows come newest first, algorithms in the order they were queued.
    else group.algorithms.unshift({ algorithm: algorithm ?? 'unknown', runs: 1 })
  }
  return [...groups.values()]
}
