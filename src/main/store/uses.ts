import { type BinKind, type BinUse, USER_KINDS } from '@shared/contract/bin'
import { runsName } from './bin-runs'
import type { Connection } from './connection'

/** Names told of the users of each kind. */
const TOLD = 5

/** A thing by what others know it by: of runs their ids, of the rest its name. */
export interface Thing {
  kind: BinKind
  /** Of runs: several that are asked about together. */
  names: readonly string[]
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
}

/** Users of each kind, counted; the first few named. */
export function tally(users: readonly User[]): BinUse[] {
  return USER_KINDS.flatMap((by) => {
    const found = new Map(users.filter((user) => user.by === by).map(({ id, name }) => [id, name]))
    return found.size === 0 ? [] : [{ by, count: found.size, names: [...found.values()].slice(0, TOLD) }]
  })
}

const keyOf = (kind: BinKind, name: string): string => `${kind} ${name.toLowerCase()}`

/**
 * Who refers to what: saved experiments and environment sets to documents, policies and runs by name; runs to the world they were
 * trained in and the weights they started from; saved comparisons to runs. Nothing that is deleted counts.
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
    return ({ kind, names }) => {
      const asked = new Set(names)
      return [...asked].flatMap((name) => users.get(keyOf(kind, name)) ?? []).filter((user) => kind !== 'run' || !asked.has(user.id))
    }
  }

  #noteDocuments(note: (kind: BinKind, name: unknown, user: User) => void): void {
    const documents = this.#db.sqlite
      .prepare<[], { id: string; by: 'experiment' | 'environments'; name: string; content: string }>(
        `select d.id, d.kind as "by", d.name, v.content from document d
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
        `select r.id, r.scenario_id as scenarioId, s.name as scenario, json_extract(r.spec, '$.algorithm') as algorithm,
           json_extract(r.spec, '$.seed') as seed, json_extract(r.spec, '$.environments.name') as environments,
           json_extract(r.spec, '$.initialWeights.name') as weights
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
      note('topology', world?.topology, user)
      note('workload', world?.workload, user)
      note('environments', run.environments, user)
      note('policy', run.weights, user)
      note('run', run.weights, user)
    }
  }

  #noteComparisons(note: (kind: BinKind, name: unknown, user: User) => void): void {
    const comparisons = this.#db.sqlite
      .prepare<[], { id: number; name: string; runs: string }>(
        'select id, name, runs from comparison where deleted_at is null order by saved_at desc'
      )
      .all()
    for (const { id, name, runs } of comparisons) {
      for (const run of JSON.parse(runs)) note('run', run, { by: 'comparison', id: String(id), name })
    }
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const listed = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** What a saved experiment or environment set names instead of holding it; nothing where it is unreadable. */
function referencesOf(content: string): [BinKind, unknown][] {
  let document: unknown
  try {
    document = JSON.parse(content)
  } catch {
    return []
  }
  if (!isRecord(document)) return []
  const environments = (set: unknown): [BinKind, unknown][] => {
    if (!isRecord(set)) return [['environments', set]]
    const around = isRecord(set.family) ? set.family.around : undefined
    return [...listed(set.topologies), around].map((topology) => ['topology', topology])
  }
  return [
    ...listed(document.scenarios).flatMap((scenario): [BinKind, unknown][] =>
      isRecord(scenario)
        ? [
            ['topology', scenario.topology],
            ['workload', scenario.workload]
          ]
        : []
    ),
    ...listed(document.algorithms).flatMap((algorithm): [BinKind, unknown][] =>
      isRecord(algorithm)
        ? [...environments(algorithm.environments), ['policy', algorithm.initialWeights], ['run', algorithm.initialWeights]]
        : []
    ),
    ...environments(document)
  ]
}
