import { crc32 } from 'node:zlib'
import { type NamedPart, type PartKind, readExperiment, writeExperiment } from '@shared/formats'
import { presetOf } from '@shared/presets'
import { experimentText } from '@shared/run/identity'
import type { Connection } from './connection'
import { contentIdOf } from './contents'
import { StoreError } from './errors'
import { completed, type RunSource, type RunSources } from './run-sources'
import type { Scenarios } from './scenarios'

/** The schema since which runs have what they came from with them. */
export const SOURCES_SCHEMA = 12

/** A version of a saved experiment, as it may have been started. */
interface SavedPlan {
  document: string
  version: number
  /** What its document was called when it was saved, and is called now. */
  names: readonly string[]
  content: object
}

/**
 * Finds by content what runs came from that were queued before it was recorded. Done once, when the database is brought up to date: of
 * each part the version that alone has its content, or none.
 */
export function findOldSources(db: Connection, { scenarios, sources }: { scenarios: Scenarios; sources: RunSources }): void {
  db.write(() => {
    nameContents(db)
    const plans = savedPlans(db)
    const runs = db.sqlite
      .prepare<[], { id: string; scenario: string; experiment: number }>(
        'select id, scenario_id as scenario, experiment_id as experiment from run order by number'
      )
      .all()
    const ofScenario = new Map<string, readonly RunSource[]>()
    const ofExperiment = new Map<number, readonly RunSource[]>()
    for (const { id, scenario, experiment } of runs) {
      const matching = ofScenario.get(scenario) ?? matchingOf(scenarios, sources, scenario)
      ofScenario.set(scenario, matching)
      const started = ofExperiment.get(experiment) ?? startedFrom(db, plans, experiment)
      ofExperiment.set(experiment, started)
      sources.put(id, completed(sources.of(id), [...matching, ...started]))
    }
  })
}

/** Names the content of versions that were saved before there was a column for it. */
function nameContents({ sqlite }: Connection): void {
  const rows = sqlite
    .prepare<[], { document: string; version: number; kind: 'topology' | 'workload'; crc: number; content: string }>(
      `select v.document, v.version, d.kind, v.crc, v.content from document_version v join document d on d.id = v.document
       where v.content_id is null and d.kind in ('topology', 'workload')`
    )
    .all()
  const set = sqlite.prepare('update document_version set content_id = ? where document = ? and version = ?')
  for (const { document, version, kind, crc, content } of rows)
    set.run(crc === crc32(content) ? contentIdOf(kind, JSON.parse(content)) : '', document, version)
  sqlite.exec("update document_version set content_id = '' where content_id is null")
}

function matchingOf(scenarios: Scenarios, sources: RunSources, id: string): readonly RunSource[] {
  try {
    return sources.matching(scenarios.get(id))
  } catch (error) {
    // A damaged scenario has no content to be found by; it is reported where it is opened.
    if (error instanceof StoreError) return []
    throw error
  }
}

function savedPlans({ sqlite }: Connection): SavedPlan[] {
  return sqlite
    .prepare<[], { document: string; version: number; name: string; crc: number; content: string }>(
      `select v.document, v.version, d.name, v.crc, v.content from document_version v join document d on d.id = v.document
       where d.kind = 'experiment' and d.deleted_at is null`
    )
    .all()
    .flatMap(({ document, version, name, crc, content }) => {
      if (crc !== crc32(content)) return []
      const plan: { name?: string } = JSON.parse(content)
      return [{ document, version, names: [name, plan.name ?? name], content: plan }]
    })
}

/** The saved experiment that an experiment was started from: the version that alone asks for the same. */
function startedFrom(db: Connection, plans: readonly SavedPlan[], id: number): readonly RunSource[] {
  const row = db.sqlite
    .prepare<[number], { name: string; document: string | null; createdAt: number }>(
      'select name, document, created_at as createdAt from experiment where id = ?'
    )
    .get(id)
  if (!row || row.document === null) return []
  const named = plans.filter(({ names }) => names.includes(row.name))
  if (named.length === 0) return []
  const resolve = (part: NamedPart, kind: PartKind) => presetOf(part, kind) ?? documentThen(db, part, kind, row.createdAt)
  const asked = textOf(JSON.parse(row.document), resolve)
  const same = asked === undefined ? [] : named.filter(({ content }) => textOf(content, resolve) === asked)
  return same.length === 1 ? [{ kind: 'experiment', document: same[0].document, version: same[0].version, byContent: true }] : []
}

/** What an experiment's document asks for, whatever its seeds; undefined where it cannot be read. */
function textOf(document: unknown, resolve: (part: NamedPart, kind: PartKind) => unknown): string | undefined {
  const read = readExperiment(document, { resolve })
  if (!read.ok) return undefined
  // Written and read once more, so that what was started and what was saved have the same defaults filled in.
  const again = readExperiment(writeExperiment(read.value))
  return again.ok ? experimentText(again.value) : undefined
}

/** What a name stood for at a moment: the newest version then, or the first. */
function documentThen({ sqlite }: Connection, part: NamedPart, kind: PartKind, then: number): unknown {
  if (typeof part !== 'string') return undefined
  const content = sqlite
    .prepare<[{ kind: string; name: string; then: number }], string>(
      `select v.content from document_version v join document d on d.id = v.document
       where d.kind = @kind and d.name = @name collate nocase and d.deleted_at is null
       order by v.saved_at <= @then desc, case when v.saved_at <= @then then -v.version else v.version end limit 1`
    )
    .pluck()
    .get({ kind, name: part, then })
  return content === undefined ? undefined : JSON.parse(content)
}
