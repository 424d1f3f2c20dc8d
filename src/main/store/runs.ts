import { runKey } from '@shared/run/identity'
import { randomBytes } from 'node:crypto'
import type { EvaluationSummary, Machine, RunRow } from '@shared/contract/records'
import type { AlgorithmCard } from '@shared/algorithms/card'
import type { RunSpec } from '@shared/run/spec'
import type { RunStatus } from '@shared/run/lifecycle'
import type { Scenario } from '@shared/model/scenario'
import type { Connection } from './connection'
import { DamagedRecordError, NoScenarioError, UnknownRunError } from './errors'
import type { StoredSpec } from './identities'
import { parseReals, stringifyReals } from './real-json'
import { RunIdentities } from './run-identities'
import { type NamedRun, type RunColumns, type RunIdentity, sealOf, shownRun, type UnsealedRun } from './run-rows'
import { completed, type RunSource, type RunSources } from './run-sources'
import { prepareRuns } from './run-statements'
import { NO_SCENARIO, type Scenarios } from './scenarios'

/** A run to be queued. */
export interface NewRun {
  spec: RunSpec
  /** Steps it will have made in the end (shared/run/steps.ts). */
  totalLearnSteps: number
  /** The versions of the library it comes from; of the parts of its scenario that are not here, those that its content tells. */
  sources?: readonly RunSource[]
}

/** What a run that was trained elsewhere has behind it. Times in milliseconds since 1970. */
export interface RunHistory {
  status: RunStatus
  message?: string
  attempt: number
  learnSteps: number
  seconds: number
  queuedAt: number
  startedAt?: number
  endedAt?: number
  latest: RunRow['latest']
  evaluation?: EvaluationSummary
  machine?: Machine
}

/** Where a run stands, for those who move it. Deleted runs have one too. */
export interface RunState {
  id: string
  status: RunStatus
  attempt: number
  /** The last batch recorded of the attempt; -1: none. */
  sequence: number
  learnSteps: number
  seconds: number
  latest: RunRow['latest']
  startedAt?: number
  deletedAt?: number
}

/** What of a run may change; null takes a value away. Times in milliseconds since 1970. */
export interface RunChanges {
  status?: RunStatus
  message?: string | null
  attempt?: number
  sequence?: number
  learnSteps?: number
  seconds?: number
  startedAt?: number
  endedAt?: number | null
  latest?: RunRow['latest']
  evaluation?: EvaluationSummary | null
  machine?: Machine | null
  deletedAt?: number | null
  /** Of a foreign run that was read again. */
  totalLearnSteps?: number
  parameters?: RunSpec['parameters']
}

/** A scenario that was written, and the versions of the library that its content tells. */
interface KeptScenario {
  id: string
  matching: readonly RunSource[]
}

export class Runs {
  readonly #db: Connection
  readonly #statements: ReturnType<typeof prepareRuns>
  readonly #scenarios: Scenarios
  readonly #sources: RunSources
  readonly #shown = new Map<string, Pick<RunRow, 'status' | 'message'>>()
  readonly #identities: RunIdentities

  constructor(db: Connection, scenarios: Scenarios, sources: RunSources) {
    this.#db = db
    this.#scenarios = scenarios
    this.#sources = sources
    this.#identities = new RunIdentities(scenarios, (id) => this.#soundColumns(id))
    this.#statements = prepareRuns(db)
  }

  /** The algorithms there are: their defaults stand for parameters that came later than a run. */
  useCatalogue(cards: readonly AlgorithmCard[]): void {
    this.#identities.useCatalogue(cards)
  }

  /** Every run that is not deleted, oldest first. */
  list(): RunRow[] {
    return this.#statements.list.all().map(this.#shownRow)
  }

  /** The runs of `ids` that are there and not deleted, oldest first. */
  rows(ids: readonly string[]): RunRow[] {
    return this.#statements.byId.all({ ids: JSON.stringify(ids) }).map(this.#shownRow)
  }

  /** The runs of any of these scenarios that are not deleted, oldest first. */
  ofScenarios(ids: readonly string[]): RunRow[] {
    return this.#statements.byScenario.all({ ids: JSON.stringify(ids) }).map(this.#shownRow)
  }

  row(id: string): RunRow | undefined {
    return this.rows([id])[0]
  }

  /** Deleted runs included. Throws DamagedRecordError. */
  state(id: string): RunState | undefined {
    const row = this.#columns(id)
    if (!row) return undefined
    const { status, attempt, sequence, learnSteps, seconds } = row
    const latest = parseReals<RunRow['latest']>(row.latest)
    return {
      id,
      status,
      attempt,
      sequence,
      learnSteps,
      seconds,
      latest,
      startedAt: row.startedAt ?? undefined,
      deletedAt: row.deletedAt ?? undefined
    }
  }

  /** What identifies a run but for its seed, also where it is deleted; undefined where there is none, or its record is damaged. */
  identityOf(id: string): (RunIdentity & { scenarioId: string; seed: number }) | undefined {
    const row = this.#soundColumns(id)
    if (!row) return undefined
    const { seed }: StoredSpec = JSON.parse(row.spec)
    return { ...this.#identities.of(row).identity, scenarioId: row.scenarioId, seed }
  }

  /** Whether another tracker recorded it. Throws UnknownRunError, DamagedRecordError. */
  isForeign(id: string): boolean {
    return this.#known(id).scenarioId === NO_SCENARIO
  }

  /** Everything the run is, enough to run it again. Throws UnknownRunError, DamagedRecordError, NoScenarioError. */
  spec(id: string): RunSpec {
    const row = this.#known(id)
    if (row.scenarioId === NO_SCENARIO) throw new NoScenarioError(id)
    const spec: StoredSpec = JSON.parse(row.spec)
    return { ...spec, scenario: this.#scenarios.get(row.scenarioId) }
  }

  /** Where the run was trained last; undefined before its worker has said. Throws UnknownRunError, DamagedRecordError. */
  machine(id: string): Machine | undefined {
    const { machine } = this.#known(id)
    return machine === null ? undefined : parseReals<Machine>(machine)
  }

  /** Queues runs of an experiment, in order; returns their ids. All or none. */
  insert(experimentId: number, runs: readonly NewRun[], now: number): string[] {
    // The runs of an experiment share their scenarios, as objects too: each is written out and hashed once.
    const known = new Map<Scenario, KeptScenario>()
    const keptOf = (document: Scenario): KeptScenario => {
      const kept = known.get(document) ?? this.#keepScenario(document, now)
      known.set(document, kept)
      return kept
    }
    const history: RunHistory = { status: 'queued', attempt: 0, learnSteps: 0, seconds: 0, queuedAt: now, latest: {} }
    return this.#db.write(() => runs.map((added) => this.#add(experimentId, keptOf(added.spec.scenario), added, history)))
  }

  /** Keeps a run that was trained elsewhere, under an id of its own, which is returned. */
  adopt(experimentId: number, added: NewRun, history: RunHistory, now: number): string {
    return this.#db.write(() => this.#add(experimentId, this.#keepScenario(added.spec.scenario, now), added, history))
  }

  /** Keeps a run that another tracker recorded, which has no scenario, under an id of its own, which is returned. */
  adoptForeign(experimentId: number, spec: StoredSpec, history: RunHistory, now: number): string {
    const added = { spec, totalLearnSteps: history.learnSteps }
    return this.#db.write(() => this.#add(experimentId, { id: this.#scenarios.none(now), matching: [] }, added, history))
  }

  #keepScenario(document: Scenario, now: number): KeptScenario {
    return { id: this.#scenarios.put(document, now), matching: this.#sources.matching(document) }
  }

  #add(
    experimentId: number,
    scenario: KeptScenario,
    { spec: whole, totalLearnSteps, sources = [] }: Omit<NewRun, 'spec'> & { spec: StoredSpec & { scenario?: Scenario } },
    history: RunHistory
  ): string {
    const { scenario: _, ...spec } = whole
    const { latest, evaluation, machine } = history
    const row: UnsealedRun = {
      id: this.#freshId(),
      experimentId,
      scenarioId: scenario.id,
      spec: JSON.stringify(spec satisfies StoredSpec),
      totalLearnSteps,
      status: history.status,
      message: history.message ?? null,
      attempt: history.attempt,
      sequence: -1,
      learnSteps: history.learnSteps,
      seconds: history.seconds,
      queuedAt: history.queuedAt,
      startedAt: history.startedAt ?? null,
      endedAt: history.endedAt ?? null,
      latest: stringifyReals(latest),
      evaluation: evaluation ? stringifyReals(evaluation) : null,
      machine: machine ? JSON.stringify(machine) : null,
      deletedAt: null
    }
    this.#statements.insert.run({ ...row, seal: sealOf(row) })
    this.#sources.put(row.id, completed(sources, scenario.matching))
    return row.id
  }

  /** Throws UnknownRunError, DamagedRecordError. */
  update(id: string, { latest, evaluation, machine, parameters, ...plain }: RunChanges): void {
    this.#db.write(() => {
      const before = this.#known(id)
      const changes = {
        ...plain,
        ...(parameters && { spec: JSON.stringify({ ...(JSON.parse(before.spec) as StoredSpec), parameters }) }),
        ...(latest && { latest: stringifyReals(latest) }),
        ...(evaluation !== undefined && { evaluation: evaluation && stringifyReals(evaluation) }),
        ...(machine !== undefined && { machine: machine && JSON.stringify(machine) })
      }
      const defined = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
      const after: RunColumns = { ...before, ...defined }
      this.#statements.update.run({ ...after, seal: sealOf(after) })
    })
  }

  /**
   * Shows a run under a status that cannot be written now, as on a full disk, until called with undefined.
   * Only this process sees it.
   */
  show(id: string, shown: Pick<RunRow, 'status' | 'message'> | undefined): void {
    if (shown) this.#shown.set(id, shown)
    else this.#shown.delete(id)
  }

  readonly #shownRow = ({ run, ...names }: { run: RunColumns } & Omit<NamedRun, keyof RunColumns>): RunRow => {
    const row = shownRun({ ...run, ...names }, this.#identities.of(run))
    const shown = this.#shown.get(row.id)
    return shown ? { ...row, ...shown } : row
  }

  /** Names the results of a run that is asked for (`runKey`); `world` is `worldIdOf` its scenario. */
  keyOf({ scenario: _, ...spec }: RunSpec, world: string): string {
    return runKey(this.#identities.alikeOf(spec, world), spec.seed)
  }

  #soundColumns(id: string): RunColumns | undefined {
    const row = this.#statements.columns.get({ id })
    return row && row.seal === sealOf(row) ? row : undefined
  }

  #columns(id: string): RunColumns | undefined {
    const row = this.#statements.columns.get({ id })
    if (row && row.seal !== sealOf(row)) throw new DamagedRecordError(id, 'record')
    return row
  }

  #known(id: string): RunColumns {
    const row = this.#columns(id)
    if (!row) throw new UnknownRunError(id)
    return row
  }

  #freshId(): string {
    for (;;) {
      const id = randomBytes(4).toString('hex')
      if (!this.#columns(id)) return id
    }
  }
}
