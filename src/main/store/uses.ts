import { type BinKind, type BinUse, USER_KINDS } from '@shared/contract/bin'
import type { DocumentKind } from '@shared/contract/library'
import { namedParts } from '@shared/formats'
import { partsOf } from '@shared/formats/read'
import { runsName } from './bin-runs'
import type { Connection } from './connection'
import { intactName } from './seals'

/** Names told of the users of each kind. */
const TOLD = 5

/** A thing by what others know it by: of runs their ids, of the rest its name, of documents their id too. */
export interface Thing {
  kind: BinKind
  /** Of runs: several that are asked about together. */
  names: readonly string[]
  /** Of documents: what holds a version knows them by. */
  documents?: readonly string[]
}

export interface User {
  by: BinUse['by']
  id: string
  name: string
}

interface LiveRun {
  id: string
  scenarioId: string
  scenario: string
  algorithm: string | null
  seed: number | null
  environments: string | null
  weights: string | null
  /** What is known of the versions it came from, as JSON: kinds and documents. */
  sources: string
}

/** Users of each kind, counted; the first few named. */
export function tally(users: readonly User[]): BinUse[] {
  return USER_KINDS.flatMap((by) => {
    const found = new Map(users.filter((user) => user.by === by).map(({ id, name }) => [id, name]))
    return found.size === 0 ? [] : [{ by, count: found.size, names: [...found.values()].slice(0, TOLD) }]
  })
}

const keyOf = (kind: BinKind, name: string): string => `${kind} ${name.toLowerCase()}`
/** No name is like it. */
const idOf = (document: string): string => `\n${document}`

/**
 * Who refers to what: saved experiments and environment sets to versions of documents, or to documents, policies and runs by name; runs to
 * the versions they came from, or else to the world they were trained in by name, and to the weights they started from; saved comparisons
 * to runs. Nothing that is deleted counts.
 */
export class Uses {
  readonly #db: Connection

  constructor(db: Connection) {
    this.#db = db
  }

  /** Who uses any of a thing, read once for all that are asked about afterwards. */
  read(): (thing: Thing) => User[] {
    const users = new Map<string, User[]>()
    const note = (kind: BinKind, name: unknown, user: User): void => {
      if (typeof name !== 'string') return
      const key = keyOf(kind, name)
      const known = users.get(key)
      if (known) known.push(user)
      else users.set(key, [user])
    }
    this.#noteDocuments(note)
    this.#noteRuns(note)
    this.#noteComparisons(note)
    return ({ kind, names, documents = [] }) => {
      const asked = new Set([...names, ...documents.map(idOf)])
      return [...asked].flatMap((name) => users.get(keyOf(kind, name)) ?? []).filter((user) => kind !== 'run' || !asked.has(user.id))
    }
  }

  #noteDocuments(note: (kind: BinKind, name: unknown, user: User) => void): void {
    const documents = this.#db.sqlite
      .prepare<[], { id: string; by: 'experiment' | 'environments'; name: string; content: string }>(
        `select d.id, d.kind as "by", ${intactName('document', 'd')} as name, v.content from document d
         join document_version v on v.document = d.id and v.version = d.version
         where d.deleted_at is null and d.kind in ('experiment', 'environments') order by d.name`
      )
      .all()
    for (const { content, ...user } of documents) {
      for (const [kind, name] of referencesOf(content)) note(kind, name, user)
    }
  }

  #noteRuns(note: (kind: BinKind, name: unknown, user: User) => void): void {
    const { sqlite } = this.#db
    const runs = sqlite
      .prepare<[], LiveRun>(
        `select r.id, r.scenario_id as scenarioId, ${intactName('scenario', 's')} as scenario, json_extract(r.spec, '$.algorithm') as algorithm,
           json_extract(r.spec, '$.seed') as seed, json_extract(r.spec, '$.environments.name') as environments,
           json_extract(r.spec, '$.initialWeights.name') as weights,
           (select json_group_object(kind, document) from run_source where run_source.run = r.number) as sources
         from run r join scenario s on s.id = r.scenario_id where r.deleted_at is null and json_valid(r.spec) order by r.number`
      )
      .all()
    const worlds = sqlite
      .prepare<[], { id: string; topology: string | null; workload: string | null }>(
        `select id, json_extract(document, '$.topology.name') as topology, json_extract(document, '$.workload.name') as workload
         from scenario where json_valid(document)`
      )
      .all()
    const worldOf = new Map(worlds.map((world) => [world.id, world]))
    for (const run of runs) {
      const user: User = { by: 'run', id: run.id, name: runsName([run]) }
      const world = worldOf.get(run.scenarioId)
      const from: Partial<Record<DocumentKind, string>> = JSON.parse(run.sources)
      const known = (kind: DocumentKind, name?: string | null) => {
        const document = from[kind]
        note(kind, document === undefined ? name : idOf(document), user)
      }
      known('topology', world?.topology)
      known('workload', world?.workload)
      known('environments', run.environments)
      known('experiment')
      note('policy', run.weights, user)
      note('run', run.weights, user)
    }
  }

  #noteComparisons(note: (kind: BinKind, name: unknown, user: User) => void): void {
    const comparisons = this.#db.sqlite
      .prepare<[], { id: number; name: string; runs: string }>(
        `select id, ${intactName('comparison')} as name, runs from comparison where deleted_at is null order by saved_at desc`
      )
      .all()
    for (const { id, name, runs } of comparisons) {
      for (const run of JSON.parse(runs)) note('run', run, { by: 'comparison', id: String(id), name })
    }
  }
}

/** What a saved experiment or environment set names instead of holding it; nothing where it is unreadable. */
function referencesOf(content: string): [BinKind, unknown][] {
  let document: unknown
  try {
    document = JSON.parse(content)
  } catch {
    return []
  }
  const parts = namedParts(document).flatMap(({ part, kind }): [BinKind, unknown][] =>
    kind === 'scenario' ? [] : [[kind, typeof part === 'string' ? part : idOf(part.id)]]
  )
  const { algorithms } = partsOf(document)
  const weights = (Array.isArray(algorithms) ? algorithms : []).map((algorithm: unknown) => partsOf(algorithm).initialWeights)
  return [
    ...parts,
    ...weights.flatMap((name): [BinKind, unknown][] => [
      ['policy', name],
      ['run', name]
    ])
  ]
}
