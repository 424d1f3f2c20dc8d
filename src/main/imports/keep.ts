import { createHash } from 'node:crypto'
import type { ForeignLook, ForeignLooks } from '@shared/contract/foreign'
import { foreignName, sourceTitle } from '@shared/algorithms/foreign'
import type { Store } from '../store'
import { foreignRuns } from './found'
import type { ForeignFiles } from './files'
import { BadForeignError, type ForeignRun } from './foreign-run'

/** What keeping runs did. */
export interface ForeignOutcome extends ForeignLooks {
  /** Ids of its runs, in their order. */
  ids: string[]
}

/** Names of metrics here by their names there. */
export type Renaming = Readonly<Record<string, string>>

/** A run whose curves are called as somebody chose. Throws BadForeignError where two would be called alike. */
function renamed(run: ForeignRun, rename: Renaming): ForeignRun {
  const curves = run.curves.map((curve) => ({
    ...curve,
    metric: Object.hasOwn(rename, curve.metric) ? rename[curve.metric] : curve.metric
  }))
  const names = curves.map(({ metric }) => metric)
  const twice = names.find((metric, i) => names.indexOf(metric) !== i)
  if (twice !== undefined) throw new BadForeignError(run.name, `has two curves that would be called "${twice}"`)
  return { ...run, curves }
}

/** SHA-256 of all that is kept of a run. */
function digestOf({ name, parameters, curves, status }: ForeignRun): string {
  const hash = createHash('sha256').update(JSON.stringify([name, Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1)), status]))
  for (const { metric, steps, values } of curves) {
    hash.update(JSON.stringify([metric, steps.length]))
    for (const floats of [steps, values]) hash.update(new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength))
  }
  return hash.digest('hex')
}

function lookAt(store: Store, run: ForeignRun, digest: string): ForeignLook {
  const { source, key, name, experiment, place, troubles, notes, curves, parameters } = run
  const known = store.foreign.find(source, key)
  return {
    source,
    name,
    experiment,
    place,
    notes: [...troubles, ...notes],
    metrics: curves.map(({ metric }) => metric),
    points: curves.reduce((sum, { steps }) => sum + steps.length, 0),
    parameters: Object.keys(parameters).length,
    here: known === undefined ? 'no' : known.digest === digest ? 'same' : 'older'
  }
}

/** Reads everything through and keeps nothing. Other work of the program goes on between the runs. Rejects with BadForeignError. */
export async function lookThrough(store: Store, files: ForeignFiles): Promise<ForeignLooks> {
  const { runs, notes } = foreignRuns(files)
  const looks: ForeignLook[] = []
  for (const run of runs) {
    looks.push(lookAt(store, run, digestOf(run)))
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { runs: looks, notes: [...notes] }
}

/**
 * Keeps the runs of other trackers in one transaction, a run in memory at a time. What is here as it was read is left alone; what has gone on
 * since gets its curves and parameters again and keeps its id, tags and note. Throws BadForeignError, DiskFullError, ReadOnlyStoreError.
 */
export function keepForeign(store: Store, files: ForeignFiles, { now, rename = {} }: { now: number; rename?: Renaming }): ForeignOutcome {
  const { runs, notes } = foreignRuns(files)
  return store.write(() => {
    const outcome: ForeignOutcome = { runs: [], ids: [], notes: [...notes] }
    const experiments = new Map<string, number>()
    for (const read of runs) {
      const run = renamed(read, rename)
      const digest = digestOf(run)
      const look = lookAt(store, run, digest)
      const known = store.foreign.find(run.source, run.key)
      const id = known?.id ?? added(store, run, experiments, now)
      if (look.here === 'older') renew(store, id, run)
      if (look.here !== 'same')
        fill(store, id, run, { place: [files.name, run.place].filter((part) => part !== '').join('/'), digest, now })
      outcome.runs.push(look)
      outcome.ids.push(id)
    }
    return outcome
  })
}

function added(store: Store, run: ForeignRun, experiments: Map<string, number>, now: number): string {
  const known = experiments.get(run.experiment)
  const experiment = known ?? store.experiments.insert({ name: run.experiment.slice(0, 300) || sourceTitle(run.source) }, now)
  experiments.set(run.experiment, experiment)
  const spec = { algorithm: foreignName(run.source, run.name), parameters: { ...run.parameters }, seed: seedOf(run), heldOut: 1, split: 0 }
  return store.runs.adoptForeign(
    experiment,
    spec,
    { ...historyOf(run), queuedAt: Math.round(run.startedAt) || now, attempt: 0, latest: {} },
    now
  )
}

function renew(store: Store, id: string, run: ForeignRun): void {
  const { message = null, ...history } = historyOf(run)
  store.curves.clear(id)
  store.runs.update(id, { ...history, totalLearnSteps: history.learnSteps, message, parameters: { ...run.parameters } })
}

function fill(store: Store, id: string, run: ForeignRun, { place, digest, now }: { place: string; digest: string; now: number }): void {
  const { source, key, name } = run
  store.foreign.put(id, { source, key, name, place, digest, importedAt: now })
  for (const curve of run.curves) store.curves.append(id, curve)
  if (run.pace && !run.curves.some(({ metric }) => metric === run.pace?.metric)) store.curves.append(id, run.pace)
  store.log.add(id, { at: now, level: 'info', text: `Read from ${place}, a run of ${sourceTitle(source)}.` })
  for (const text of run.troubles) store.log.add(id, { at: now, level: 'warning', text })
  for (const text of run.notes) store.log.add(id, { at: now, level: 'info', text })
}

function historyOf({ curves, status, startedAt, endedAt, troubles }: ForeignRun) {
  const learnSteps = curves.reduce((most, { steps }) => Math.max(most, steps[steps.length - 1] ?? 0), 0)
  return {
    status,
    ...(troubles.length > 0 && { message: troubles.join(' ') }),
    learnSteps: Math.min(Number.MAX_SAFE_INTEGER, Math.round(learnSteps)),
    seconds: Math.max(0, (endedAt - startedAt) / 1000),
    ...(startedAt > 0 && { startedAt: Math.round(startedAt) }),
    ...(endedAt > 0 && { endedAt: Math.round(endedAt) })
  }
}

/** The parameter called so, where it is a whole number; 0 otherwise, as for the lab's own runs without one. */
function seedOf({ parameters }: ForeignRun): number {
  const seed = Number(parameters.seed)
  return /^\d{1,15}$/.test(parameters.seed ?? '') && Number.isSafeInteger(seed) ? seed : 0
}
