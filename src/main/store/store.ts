import { statSync } from 'node:fs'
import type { Attempt, LogLine, Machine, RunRow } from '@shared/contract/records'
import type { Evaluation } from '@shared/run/evaluation'
import type { RunSpec } from '@shared/run/spec'
import { courseOf } from '@shared/curves/course'
import { Attempts } from './attempts'
import { backUpBeside, backUpIfDue, backUpNow, checked, copyDatabase } from './backups'
import { Bin } from './bin'
import { Checkpoints } from './checkpoints'
import { Comparisons } from './comparisons'
import { type Connection, connect } from './connection'
import { Curves, type CurveSummary } from './curves'
import { Drafts } from './drafts'
import { Evaluations } from './evaluations'
import { LostLockError, ReadOnlyStoreError } from './errors'
import { healFromBackups } from './heal'
import { Experiments, type NewExperiment } from './experiments'
import { ForeignRuns } from './foreign-runs'
import { KeptPolicies } from './kept-policies'
import { RunMarks } from './marks'
import { Library } from './library'
import { Lineages } from './lineage'
import { schemaVersion } from './migrate'
import { findOldSources, SOURCES_SCHEMA } from './old-sources'
import { Origins } from './origins'
import { Policies } from './policies'
import { type StoreRecovery, recover } from './recover'
import { healthOfBackup } from './restore'
import { RunLog } from './run-log'
import { RunSources } from './run-sources'
import { type NewRun, Runs } from './runs'
import { sealFindings } from './seals'
import { Scenarios } from './scenarios'
import { Typed } from './typed'
import { Uses } from './uses'
import { verify } from './verify'
import { Views } from './views'

/** All that is kept of one run but its points. */
export interface StoredRun {
  row: RunRow
  /** Undefined of a foreign run. */
  spec?: RunSpec
  machine?: Machine
  attempts: Attempt[]
  curves: CurveSummary[]
  log: LogLine[]
}

/** How a store was opened, and what to undo at closing. */
export interface StoreOrigin {
  home: string
  /** Why nothing can be written, as a sentence; undefined where it can. */
  readOnly?: string
  release: () => void
  /** Why the folder's lock no longer holds, as a sentence; undefined while it does. */
  lost?: () => string | undefined
}

/** An open data folder. Made by `openStore` and `openForReading`. */
export class Store {
  readonly home: string
  /** Why nothing can be written, as a sentence; undefined where it can. */
  readonly readOnly: string | undefined
  readonly scenarios: Scenarios
  readonly experiments: Experiments
  readonly runs: Runs
  readonly curves: Curves
  readonly evaluations: Evaluations
  readonly checkpoints: Checkpoints
  readonly attempts: Attempts
  readonly policies: Policies
  readonly keptPolicies: KeptPolicies
  readonly log: RunLog
  readonly marks: RunMarks
  readonly origins: Origins
  readonly foreign: ForeignRuns
  readonly sources: RunSources
  readonly lineages: Lineages
  readonly views: Views
  readonly library: Library
  readonly drafts: Drafts
  readonly typed: Typed
  readonly comparisons: Comparisons
  readonly bin: Bin
  readonly uses: Uses
  /** What was set right when it was opened. */
  recovery: StoreRecovery = { interrupted: [], purged: [] }
  readonly #db: Connection
  readonly #release: () => void
  readonly #lost: (() => string | undefined) | undefined
  #lockLost: ((why: string) => void) | undefined
  #damagedRows: readonly string[] | undefined

  constructor(sqlite: Connection['sqlite'], { home, readOnly, release, lost }: StoreOrigin) {
    const db = connect(home, sqlite, () => this.checkLock())
    this.#lost = lost
    this.home = home
    this.readOnly = readOnly
    this.#db = db
    this.#release = release
    this.scenarios = new Scenarios(db)
    this.experiments = new Experiments(db)
    this.library = new Library(db)
    this.sources = new RunSources(db, this.library)
    this.lineages = new Lineages(db, this.library)
    this.runs = new Runs(db, this.scenarios, this.sources)
    this.curves = new Curves(db)
    this.evaluations = new Evaluations(db)
    this.checkpoints = new Checkpoints(db)
    this.attempts = new Attempts(db)
    this.policies = new Policies(db)
    this.keptPolicies = new KeptPolicies(db)
    this.log = new RunLog(db)
    this.marks = new RunMarks(db)
    this.origins = new Origins(db)
    this.foreign = new ForeignRuns(db)
    this.views = new Views(db)
    this.drafts = new Drafts(db)
    this.typed = new Typed(db)
    this.comparisons = new Comparisons(db)
    this.bin = new Bin(db, this.runs, this.library)
    this.uses = new Uses(db)
  }

  /** Adds what a migration alone cannot, where the database had an older schema until now; `openStore` does so. */
  bringUpToDate(before: number): void {
    if (before < SOURCES_SCHEMA) findOldSources(this.#db, this)
  }

  /** Sets right what the last program left behind; `openStore` does so. */
  recover(now: number, options?: { keepBin?: boolean }): void {
    this.recovery = recover(this.#db, this, now, options)
  }

  /** Puts damaged rows right from sound backups, where these hold what was written. Returns what was done, a sentence each. */
  heal(now: number): string[] {
    this.checkLock()
    this.#damagedRows = undefined
    return healFromBackups(this.#db.sqlite, this.home, now)
  }

  /** Runs `work` in one transaction. Throws DiskFullError, ReadOnlyStoreError; whatever is thrown, nothing of it is kept. */
  write<T>(work: () => T): T {
    return this.#db.write(work)
  }

  /** Keeps an experiment with its runs, in the order they are to be queued. All or nothing. */
  addExperiment(experiment: NewExperiment, runs: readonly NewRun[], now: number): { experimentId: number; runs: string[] } {
    return this.write(() => {
      const experimentId = this.experiments.insert(experiment, now)
      return { experimentId, runs: this.runs.insert(experimentId, runs, now) }
    })
  }

  /** A run that is not deleted; undefined where there is none. Throws DamagedRecordError. */
  detail(id: string): StoredRun | undefined {
    const row = this.runs.row(id)
    if (!row) return undefined
    return {
      row,
      spec: row.foreign ? undefined : this.runs.spec(id),
      machine: this.runs.machine(id),
      attempts: this.attempts.of(id),
      curves: this.curves.summaries(id),
      log: this.log.of(id)
    }
  }

  /** A run's evaluation with the values of single workflows; undefined before there is one. Throws DamagedRecordError. */
  evaluation(id: string): Evaluation | undefined {
    const summary = this.runs.row(id)?.evaluation
    const values = summary && this.evaluations.get(id)
    return values && { ...summary, ...values }
  }

  /** Keeps a run's evaluation, or takes it away. */
  setEvaluation(id: string, evaluation: Evaluation | undefined): void {
    this.write(() => {
      if (!evaluation) {
        this.evaluations.clear(id)
        this.runs.update(id, { evaluation: null })
        return
      }
      const { gaps, costs, ...summary } = evaluation
      this.evaluations.put(id, { gaps, costs })
      this.runs.update(id, { evaluation: summary })
    })
  }

  /** Adds what a finished run's gap curve comes to, where that is missing. Throws DamagedRecordError, DiskFullError. */
  fillCourse(id: string): void {
    this.write(() => {
      const evaluation = this.runs.row(id)?.evaluation
      const { steps, values } = this.curves.read(id, 'gap')
      const course = courseOf(steps, values)
      if (evaluation && course) this.runs.update(id, { evaluation: { ...evaluation, course } })
    })
  }

  /** Of the database's tables, and of the library that reads it. */
  versions(): { schema: number; sqlite: string } {
    const { sqlite } = this.#db
    return { schema: schemaVersion(sqlite), sqlite: sqlite.prepare<[], string>('select sqlite_version()').pluck().get() ?? '' }
  }

  /** Bytes of the database and its log on disk. */
  databaseBytes(): number {
    return ['', '-wal'].reduce((sum, end) => sum + (statSync(this.#db.sqlite.name + end, { throwIfNoEntry: false })?.size ?? 0), 0)
  }

  /** A sentence for each row shown beside runs and their numbers that is damaged; read once. Lines of logs are looked at by `verify`. */
  damagedRows(): readonly string[] {
    this.#damagedRows ??= sealFindings(this.#db.sqlite, ['log'])
    return this.#damagedRows
  }

  /** Everything read against every checksum: a sentence for each finding. Takes seconds for large databases. */
  verify(onProgress?: (done: number, of: number) => void): string[] {
    return verify(this, this.#db, onProgress)
  }

  /** Copies the database beside other work if the last copy is more than a day old. Returns the copy's path. Rejects with DiskFullError. */
  backUpIfDue(now: number): Promise<string | undefined> {
    return this.readOnly === undefined ? backUpIfDue(this.#db.sqlite, this.home, now) : Promise.resolve(undefined)
  }

  /** A whole copy of the database among its backups, made now and checked. Returns its path. Throws DiskFullError, ReadOnlyStoreError, StoreError. */
  backUp(now: number): string {
    return checked(backUpNow(this.#db.sqlite, this.home, 'manual', now))
  }

  /**
   * As `backUp`, a few pages at a time beside other work; a large copy is checked as every opening does. Rejects with DiskFullError,
   * ReadOnlyStoreError, StoreError.
   */
  async backUpBeside(now: number): Promise<string> {
    if (this.readOnly !== undefined) throw new ReadOnlyStoreError(this.readOnly)
    const file = await backUpBeside(this.#db.sqlite, this.home, 'manual', now)
    return healthOfBackup(file) === 'unchecked' ? file : checked(file)
  }

  /** Copies the database into a folder that is empty or not there yet, as a data folder of its own. Throws StoreError, DiskFullError. */
  copyTo(folder: string): void {
    checked(copyDatabase(this.#db.sqlite, folder))
  }

  /** Has `listener` hear, once, that another program may write the folder: its lock file was deleted or replaced. */
  onLockLost(listener: (why: string) => void): void {
    this.#lockLost = listener
  }

  /** Has the listener of this store's lock listen to another's: the same folder was opened again. */
  followedBy(next: Store): void {
    next.#lockLost = this.#lockLost
  }

  /** Looks whether the folder is still this program's to write. Throws LostLockError where it is not. */
  checkLock(): void {
    const why = this.#lost?.()
    if (why === undefined) return
    const listener = this.#lockLost
    this.#lockLost = undefined
    listener?.(why)
    throw new LostLockError(why)
  }

  get isOpen(): boolean {
    return this.#db.sqlite.open
  }

  /** Writes the log back into the file and frees the data folder. */
  close(): void {
    if (!this.isOpen) return
    this.#db.sqlite.close()
    this.#release()
  }
}
