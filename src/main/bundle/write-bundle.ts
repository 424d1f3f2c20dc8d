import { writeEnvironments, writeScenario } from '@shared/formats'
import { foreignSentence } from '@shared/algorithms/foreign'
import { type Store, stringifyReals, UnknownDocumentError, UnknownRunError } from '../store'
import { version } from '../version'
import { BundleTooLargeError, ForeignBundleError } from '../archive/errors'
import { BUNDLE, type ComparisonRecord, MANIFEST, type Manifest, paths, type RunRecord } from '../archive/records'
import { packRunData } from '../archive/run-data'
import { sourceRecords, WantedVersions } from './write-documents'
import { type WrittenFile, zipWriter } from './zip-writer'

/**
 * What is to be bundled: runs, and from the library what was chosen. The runs of comparisons come along, and of documents the versions that
 * the runs came from or that other documents of the bundle hold.
 */
export interface BundleRequest {
  runs: readonly string[]
  documents?: readonly string[]
  comparisons?: readonly number[]
  /** Names of kept policies. */
  policies?: readonly string[]
}

/** What was bundled. */
export interface WrittenBundle {
  runs: string[]
  bytes: number
}

const MOST_RUNS = 1000

/**
 * Writes a bundle (`dmro-bundle/1`) piece by piece to `take`, letting other work continue between runs. Rejects with
 * UnknownRunError, UnknownDocumentError, DamagedRecordError, BundleTooLargeError, ForeignBundleError. Foreign runs of comparisons stay here.
 */
export async function writeBundle(
  store: Store,
  request: BundleRequest,
  take: (bytes: Uint8Array) => void,
  now: number
): Promise<WrittenBundle> {
  let bytes = 0
  const zip = zipWriter((part) => {
    bytes += part.length
    take(part)
  }, now)
  const files: WrittenFile[] = []
  const add = (path: string, content: Uint8Array | string): string => {
    files.push(zip.add(path, content))
    return path
  }
  const comparisons = (request.comparisons ?? []).map((id) => {
    const found = store.comparisons.get(id)
    if (!found) throw new UnknownDocumentError(String(id))
    return found
  })
  const runs = wanted(store, [...request.runs, ...comparisons.flatMap((comparison) => present(store, comparison.runs))])
  const documents = new WantedVersions(store)
  for (const id of request.documents ?? []) documents.add(id)
  const world = new Worlds(store, add)
  const experiments: string[] = []
  const experimentAt = new Map<number, number>()
  for (const id of runs) {
    const { experimentId } = store.runs.row(id) ?? { experimentId: 0 }
    if (!experimentAt.has(experimentId)) {
      experimentAt.set(experimentId, experiments.length)
      const { name = 'runs', note, document } = store.experiments.get(experimentId) ?? {}
      experiments.push(add(paths.experiment(experiments.length), JSON.stringify({ name, note, document }, null, 1)))
    }
    writeRun(store, id, experimentAt.get(experimentId) ?? 0, world, add)
    for (const source of store.sources.of(id)) documents.addSource(source)
    await new Promise((resolve) => setImmediate(resolve))
  }
  const policies = (request.policies ?? []).map((name) => {
    const named = store.keptPolicies.find(name)
    if (!named) throw new UnknownDocumentError(name)
    world.policy(named.policy)
    return { name, note: named.note, run: named.run, weights: named.policy }
  })
  const manifest: Manifest = {
    format: BUNDLE,
    app: version,
    bundledAt: now,
    experiments,
    runs,
    documents: documents.records().map((record, i) => add(paths.document(i), JSON.stringify(record, null, 1))),
    comparisons: comparisons.map(({ name, note, runs: compared, against, look }, i) => {
      const kept = compared.filter((id) => runs.includes(id))
      const record: ComparisonRecord = {
        name,
        note,
        runs: kept,
        against: against !== undefined && kept.includes(against) ? against : undefined,
        look
      }
      return add(paths.comparison(i), JSON.stringify(record, null, 1))
    }),
    policies,
    // The last one, so that everything before it is listed.
    files
  }
  zip.add(MANIFEST, JSON.stringify(manifest, null, 1))
  zip.end()
  return { runs, bytes }
}

function present(store: Store, ids: readonly string[]): string[] {
  const rows = new Set(store.runs.rows(ids).flatMap(({ id, foreign }) => (foreign ? [] : [id])))
  return ids.filter((id) => rows.has(id))
}

/** Each once, oldest first. Throws UnknownRunError, ForeignBundleError, BundleTooLargeError. */
function wanted(store: Store, ids: readonly string[]): string[] {
  const rows = store.runs.rows([...new Set(ids)]).map(({ id }) => id)
  const found = new Set(rows)
  const missing = ids.find((id) => !found.has(id))
  if (missing !== undefined) throw new UnknownRunError(missing)
  const foreign = store.runs.rows(ids).find((row) => row.foreign)
  if (foreign?.foreign)
    throw new ForeignBundleError(
      foreignSentence(foreign.id, foreign.foreign.source, 'a bundle cannot hold it; hand on the files it was read from')
    )
  if (rows.length > MOST_RUNS) throw new BundleTooLargeError(`A bundle holds ${MOST_RUNS.toLocaleString('en')} runs at most; choose fewer.`)
  return rows
}

/** Scenarios and policies by their content: each is written once, however many need it. */
class Worlds {
  readonly #store: Store
  readonly #add: (path: string, content: Uint8Array | string) => void
  readonly #written = new Set<string>()

  constructor(store: Store, add: (path: string, content: Uint8Array | string) => void) {
    this.#store = store
    this.#add = add
  }

  scenario(id: string): void {
    this.#once(paths.scenario(id), () => JSON.stringify(writeScenario(this.#store.scenarios.get(id))))
  }

  policy(sha: string): void {
    const bytes = this.#store.keptPolicies.get(sha)
    if (bytes) this.#once(paths.policy(sha), () => bytes)
  }

  #once(path: string, content: () => Uint8Array | string): void {
    if (this.#written.has(path)) return
    this.#written.add(path)
    this.#add(path, content())
  }
}

/** Read without a pause, so that what a running run reports falls before or after it as a whole. */
function writeRun(
  store: Store,
  id: string,
  experiment: number,
  world: Worlds,
  add: (path: string, content: Uint8Array | string) => void
): void {
  const run = store.detail(id)
  const state = store.runs.state(id)
  if (!run || !state) throw new UnknownRunError(id)
  const { row, machine, log } = run
  const { scenario: _, environments, ...spec } = store.runs.spec(id)
  world.scenario(row.scenarioId)
  if (spec.initialWeights?.policy !== undefined) world.policy(spec.initialWeights.policy)
  const checkpoint = store.checkpoints.get(id)
  const record: RunRecord = {
    id,
    firstId: store.origins.get(id)?.firstId ?? id,
    experiment,
    scenario: row.scenarioId,
    spec: { ...spec, ...(environments && { environments: writeEnvironments(environments) }) },
    totalLearnSteps: row.totalLearnSteps,
    status: state.status,
    message: row.message,
    attempt: state.attempt,
    learnSteps: row.learnSteps,
    seconds: row.seconds,
    queuedAt: row.queuedAt,
    startedAt: row.startedAt,
    endedAt: row.endedAt,
    latest: row.latest,
    evaluation: row.evaluation,
    machine,
    attempts: run.attempts,
    sources: sourceRecords(store, id),
    marks: { tags: row.tags, note: row.note, pinned: row.pinned, archived: row.archived },
    log,
    checkpoint: checkpoint && { learnSteps: checkpoint.learnSteps, seconds: checkpoint.seconds },
    curves: run.curves.map(({ metric }) => metric)
  }
  add(paths.run(id), stringifyReals(record))
  const data = packRunData({
    curves: new Map(run.curves.map(({ metric }) => [metric, store.curves.read(id, metric)])),
    values: store.evaluations.get(id),
    policy: store.policies.get(id),
    checkpoint: checkpoint?.state
  })
  add(paths.data(id), data)
}
