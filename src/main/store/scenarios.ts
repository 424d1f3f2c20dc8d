import { createHash } from 'node:crypto'
import { canonicalJson } from '@shared/canonicalJson'
import { eq, like } from 'drizzle-orm'
import { factsOf, type Scenario } from '@shared/model/scenario'
import type { Connection } from './connection'
import { NO_SCENARIO_NAME } from '@shared/algorithms/foreign'
import { NoScenarioError, StoreError } from './errors'
import { scenario } from './schema'

/** Names a scenario's content: SHA-256 of its canonical JSON, in hexadecimal. */
export function scenarioIdOf(document: Scenario): string {
  return hash(canonicalJson(document))
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** What must be said wherever the scenario stands: the notes of its parts, each once. */
function noteOf(document: Scenario): string | undefined {
  const notes = [document.topology.note, document.workload.note].filter((note) => note !== undefined && note !== '')
  return notes.length > 0 ? [...new Set(notes)].join(' ') : undefined
}

/** Stands where a run has no scenario, in its own row of the table: the name of the document `null`. */
export const NO_SCENARIO = hash('null')

/** Scenarios that are kept as they were understood. */
const MOST_READ = 16

/** Scenarios by content: equal ones are kept once. What is given is shared and not to be written to. */
export class Scenarios {
  readonly #db: Connection
  /** Those read last: the runs of an experiment share their scenario, and large ones take long to understand. */
  readonly #read = new Map<string, Scenario>()

  constructor(db: Connection) {
    this.#db = db
  }

  /** Keeps a scenario and returns its id. */
  put(document: Scenario, now: number): string {
    const text = canonicalJson(document)
    const id = hash(text)
    this.#db.write(() =>
      this.#db.orm
        .insert(scenario)
        .values({
          id,
          name: document.name,
          note: noteOf(document),
          facts: JSON.stringify(factsOf(document)),
          document: text,
          createdAt: now
        })
        .onConflictDoNothing()
        .run()
    )
    return id
  }

  /** The row that stands for none, and its id. */
  none(now: number): string {
    this.#db.write(() =>
      this.#db.orm
        .insert(scenario)
        .values({ id: NO_SCENARIO, name: NO_SCENARIO_NAME, facts: 'null', document: 'null', createdAt: now })
        .onConflictDoNothing()
        .run()
    )
    return NO_SCENARIO
  }

  /** The ids of those that name an execution, oldest first: of graphs, or of chains as such. */
  ofGraphs(): string[] {
    return this.#db.orm
      .select({ id: scenario.id })
      .from(scenario)
      .where(like(scenario.document, '%"execution":"%'))
      .orderBy(scenario.createdAt, scenario.id)
      .all()
      .map(({ id }) => id)
  }

  /** A kept scenario. Throws NoScenarioError for that of foreign runs, StoreError where there is none, or what is there is not what its id says. */
  get(id: string): Scenario {
    const known = this.#read.get(id)
    if (known) return known
    if (id === NO_SCENARIO) throw new NoScenarioError()
    const row = this.#db.orm.select({ document: scenario.document }).from(scenario).where(eq(scenario.id, id)).get()
    if (!row) throw new StoreError(`There is no scenario ${id}.`)
    if (hash(row.document) !== id) throw new StoreError(`The stored scenario ${id} is damaged: its content does not match its id.`)
    const document = JSON.parse(row.document) as Scenario
    if (this.#read.size >= MOST_READ) this.#read.delete([...this.#read.keys()][0])
    this.#read.set(id, document)
    return document
  }
}
