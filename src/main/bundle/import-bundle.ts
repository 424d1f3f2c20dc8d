import { canonicalJson } from '@shared/canonicalJson'
import type { DocumentKind } from '@shared/contract/library'
import type { RunStatus } from '@shared/run/lifecycle'
import { DamagedRecordError, type Store } from '../store'
import { type DocumentOptions, untakenName, ImportedDocuments } from './import-documents'
import type { BundledRun, KeepableBundle } from '../archive/read-bundle'

/** What importing a bundle did, or would do. Of runs: their ids in the bundle and here. */
export interface ImportOutcome {
  runs: { from: string; id: string }[]
  /** Those that were here before; nothing was changed about them. */
  here: { from: string; id: string }[]
  experiments: { id: number; name: string }[]
  documents: { id: string; kind: DocumentKind; name: string }[]
  documentsHere: number
  comparisons: { id: number; name: string }[]
  comparisonsHere: number
  policies: string[]
  policiesHere: number
}

export interface ImportOptions extends DocumentOptions {
  isTaken(kind: DocumentKind | 'policy', name: string): boolean
}

const LEFT = 'It had not ended when it was bundled; it continues from its last checkpoint when resumed.'

/** Nobody here trains what was training there. */
const statusHere = (status: RunStatus): RunStatus => (status === 'queued' || status === 'running' ? 'interrupted' : status)

/** The run that stands for a bundled one here already: the same run, as far as it had come. */
export function runHere(store: Store, { record, spec }: BundledRun): string | undefined {
  const { scenario: _, ...rest } = spec
  const text = canonicalJson(rest)
  return store.origins.of(record.firstId).find((id) => {
    try {
      const row = store.runs.row(id)
      if (!row || row.scenarioId !== record.scenario || row.queuedAt !== record.queuedAt) return false
      const { scenario: __, ...own } = store.runs.spec(id)
      return (
        row.learnSteps === record.learnSteps &&
        row.seconds === record.seconds &&
        statusHere(row.status) === statusHere(record.status) &&
        canonicalJson(own) === text
      )
    } catch (error) {
      if (error instanceof DamagedRecordError) return false
      throw error
    }
  })
}

/** Keeps everything of a bundle that is not here yet, in one transaction: all of it or nothing. Throws BadBundleError, DiskFullError. */
export function importBundle(store: Store, bundle: KeepableBundle, options: ImportOptions): ImportOutcome {
  return store.write(() => {
    const outcome: ImportOutcome = {
      runs: [],
      here: [],
      experiments: [],
      documents: [],
      documentsHere: 0,
      comparisons: [],
      comparisonsHere: 0,
      policies: [],
      policiesHere: 0
    }
    const documents = new ImportedDocuments(store, bundle, options)
    Object.assign(outcome, { documents: documents.added, documentsHere: documents.here })
    importRuns(store, bundle, { ...options, documents }, outcome)
    importComparisons(store, bundle, options, outcome)
    importPolicies(store, bundle, options, outcome)
    return outcome
  })
}

type RunOptions = Pick<ImportOptions, 'name' | 'now'> & { documents: ImportedDocuments }

function importRuns(store: Store, bundle: KeepableBundle, options: RunOptions, outcome: ImportOutcome): void {
  const { name, now } = options
  const experiments = new Map<number, number>()
  for (const run of bundle.runs) {
    const { record, spec } = run
    const here = runHere(store, run)
    if (here !== undefined) {
      outcome.here.push({ from: record.id, id: here })
      continue
    }
    let experimentId = experiments.get(record.experiment)
    if (experimentId === undefined) {
      const experiment = bundle.experiments[record.experiment]
      experimentId = store.experiments.insert(experiment, now)
      experiments.set(record.experiment, experimentId)
      outcome.experiments.push({ id: experimentId, name: experiment.name })
    }
    const policy = spec.initialWeights?.policy
    if (policy !== undefined) store.keptPolicies.keep(bundle.policy(policy), now)
    const id = adopt(store, bundle, run, experimentId, options)
    store.origins.put(id, { firstId: record.firstId, bundle: name, importedAt: now })
    const made = new Date(bundle.manifest.bundledAt).toISOString().slice(0, 10)
    store.log.add(id, {
      at: now,
      level: 'info',
      text: `Imported from ${name}, bundled ${made} by DMRO Lab ${bundle.manifest.app}; it was run ${record.id} there.`
    })
    outcome.runs.push({ from: record.id, id })
  }
}

function adopt(store: Store, bundle: KeepableBundle, run: BundledRun, experimentId: number, { now, documents }: RunOptions): string {
  const { record, spec } = run
  const { curves, values, policy, checkpoint } = bundle.data(run)
  const status = statusHere(record.status)
  const message = status === record.status ? record.message : LEFT
  const added = { spec, totalLearnSteps: record.totalLearnSteps, sources: documents.sourcesOf(record.sources) }
  const id = store.runs.adopt(experimentId, added, { ...record, status, message }, now)
  for (const [metric, curve] of curves) store.curves.append(id, { metric, ...curve })
  if (values) store.evaluations.put(id, values)
  if (policy) store.policies.put(id, policy)
  if (checkpoint && record.checkpoint) store.checkpoints.put(id, { ...record.checkpoint, state: checkpoint })
  // Of runs from an older program only the last machine is known.
  const known = record.attempts ?? (record.machine ? [{ attempt: record.attempt, fromStep: 0, machine: record.machine }] : [])
  for (const attempt of known) store.attempts.put(id, attempt)
  for (const line of record.log) store.log.add(id, line)
  store.marks.update(id, record.marks)
  return id
}

function importComparisons(store: Store, bundle: KeepableBundle, { now }: ImportOptions, outcome: ImportOutcome): void {
  const ids = new Map([...outcome.runs, ...outcome.here].map(({ from, id }) => [from, id]))
  for (const { runs, against, ...record } of bundle.comparisons) {
    const comparison = {
      ...record,
      runs: runs.flatMap((id) => ids.get(id) ?? []),
      ...(against !== undefined && { against: ids.get(against) })
    }
    const text = canonicalJson(comparison)
    const isHere = store.comparisons.list().some(({ id: _, savedAt: __, ...kept }) => canonicalJson(kept) === text)
    if (isHere) outcome.comparisonsHere++
    else {
      const saved = store.comparisons.save(comparison, now)
      if (saved) outcome.comparisons.push({ id: saved.id, name: saved.name })
    }
  }
}

function importPolicies(store: Store, bundle: KeepableBundle, { now, isTaken }: ImportOptions, outcome: ImportOutcome): void {
  for (const { name, note, run, weights } of bundle.manifest.policies) {
    if (store.keptPolicies.list().some(({ policy }) => policy === weights)) {
      outcome.policiesHere++
      continue
    }
    const called = untakenName(name, (wish) => isTaken('policy', wish) || store.keptPolicies.find(wish) !== undefined, 100)
    store.keptPolicies.name({ name: called, note, run }, bundle.policy(weights), now)
    outcome.policies.push(called)
  }
}
