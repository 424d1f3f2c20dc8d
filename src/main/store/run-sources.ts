import { and, eq, getTableColumns, isNull, sql } from 'drizzle-orm'
import type { DocumentKind } from '@shared/contract/library'
import type { Source, Sources } from '@shared/contract/sources'
import type { Scenario } from '@shared/model/scenario'
import type { Connection } from './connection'
import { CONTENT_KINDS, contentIdsOf, isPresetContent } from './contents'
import type { Library } from './library'
import { DamagedRecordError } from './errors'
import { document, run, runSource } from './schema'
import { intact } from './seals'

/** A version of the library that a run came from. */
export interface RunSource {
  kind: DocumentKind
  /** The document's id. */
  document: string
  version: number
  /** It was not recorded: this version alone has the run's content. */
  byContent?: boolean
}

/** From which versions of the library runs came. */
export class RunSources {
  readonly #db: Connection
  readonly #library: Library
  /** Written out once: an experiment adds thousands. */
  readonly #insert: ReturnType<typeof prepareInsert>

  constructor(db: Connection, library: Library) {
    this.#db = db
    this.#library = library
    this.#insert = prepareInsert(db)
  }

  /** Keeps what a run came from, of each kind one. Throws UnknownRunError. */
  put(id: string, sources: readonly RunSource[]): void {
    if (sources.length === 0) return
    const number = this.#db.numberOf(id)
    this.#db.write(() => {
      for (const { kind, document: from, version, byContent = false } of sources)
        this.#insert.run({ run: number, kind, document: from, version, byContent: Number(byContent) })
    })
  }

  /** Throws UnknownRunError, DamagedRecordError. */
  of(id: string): RunSource[] {
    return this.#db.orm
      .select({ ...getTableColumns(runSource), isIntact: sql<number>`${intact(runSource)}` })
      .from(runSource)
      .where(eq(runSource.run, this.#db.numberOf(id)))
      .all()
      .map(({ kind, document: from, version, byContent, isIntact }) => {
        if (isIntact !== 1) throw new DamagedRecordError(id, 'record of what it came from')
        return { kind, document: from, version, ...(byContent === 1 && { byContent: true }) }
      })
  }

  /** Runs that came from any version of these documents and are not deleted. */
  runsOf(documents: readonly string[]): string[] {
    return this.#db.orm
      .selectDistinct({ id: run.id, number: run.number })
      .from(runSource)
      .innerJoin(run, eq(run.number, runSource.run))
      .where(and(isNull(run.deletedAt), sql`${runSource.document} in (select value from json_each(${JSON.stringify(documents)}))`))
      .orderBy(run.number)
      .all()
      .map(({ id }) => id)
  }

  /** What a scenario's parts are known from by their content: a version that alone has it. What equals a preset came from that. */
  matching(scenario: Scenario): RunSource[] {
    const ids = contentIdsOf(scenario)
    return CONTENT_KINDS.flatMap((kind): RunSource[] => {
      if (isPresetContent(ids[kind])) return []
      const [found, another] = this.#library.withContent(kind, ids[kind])
      return found && !another ? [{ kind, document: found.id, version: found.version, byContent: true }] : []
    })
  }
}

function prepareInsert({ orm }: Connection) {
  const of = (name: string) => sql`${sql.placeholder(name)}`
  const columns = { document: of('document'), version: of('version'), byContent: of('byContent') }
  return orm
    .insert(runSource)
    .values({ run: of('run'), kind: of('kind'), ...columns })
    .onConflictDoUpdate({ target: [runSource.run, runSource.kind], set: columns })
    .prepare()
}

/** What was recorded, and, of kinds of which nothing was, what is known by content. */
export function completed(recorded: readonly RunSource[], matching: readonly RunSource[]): RunSource[] {
  return [...recorded, ...matching.filter(({ kind }) => recorded.every((source) => source.kind !== kind))]
}

/** The sources of a run with the present names of their documents, as JSON. */
export const SOURCES = sql<string>`(select json_group_array(json_object('kind', ${runSource.kind}, 'id', ${runSource.document}, 'version', ${runSource.version}, 'byContent', ${runSource.byContent}, 'name', case when ${document.id} is null then null when ${intact(document)} then ${document.name} else '(damaged)' end))
  from ${runSource} left join ${document} on ${document.id} = ${runSource.document} where ${runSource.run} = ${run.number})`

interface NamedSource {
  kind: DocumentKind
  id: string
  version: number
  byContent: number
  /** Null where the document was deleted for good. */
  name: string | null
}

/** What a run itself calls what it came from. */
export type OwnNames = { topology: string; workload: string; experiment: string; environments?: string }

/** From what a run came, as it is shown. `text` is `SOURCES` of it. */
export function shownSources(text: string, own: OwnNames): Sources {
  const found = JSON.parse(text) as NamedSource[]
  const sourceOf = (kind: DocumentKind, name: string): Source => {
    const source = found.find((each) => each.kind === kind)
    if (!source) return { name }
    const { id, version, byContent } = source
    return {
      name: source.name ?? name,
      id,
      version,
      ...(byContent === 1 && { byContent: true }),
      ...(source.name === null && { isGone: true })
    }
  }
  const has = (kind: DocumentKind) => found.some((each) => each.kind === kind)
  return {
    topology: sourceOf('topology', own.topology),
    workload: sourceOf('workload', own.workload),
    ...(has('experiment') && { experiment: sourceOf('experiment', own.experiment) }),
    ...(own.environments !== undefined && { environments: sourceOf('environments', own.environments) })
  }
}
