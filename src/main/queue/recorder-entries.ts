import { agentNameOf } from '@shared/algorithms/agents'
import type { LogLine, Machine } from '@shared/contract/records'
import type { RunSpec } from '@shared/run/spec'
import { nextStatus, type RunChange } from '@shared/run/lifecycle'
import { stepUnitOf, whereOf } from '@shared/run/steps'
import type { CurvePoints } from '@shared/run/metrics'
import { type Checkpoint, DamagedRecordError, DiskFullError, type RunState, type Store, StoreError } from '../store'
import type { StartedProgram } from '../agents/started'
import type { RunBatch, RunEnd, RunStart } from '../processes/protocol'

/** What the recorder writes, in the order it happened to a run. */
export type Entry =
  | RunBatch
  /** `change`: what the end means for the run's status. */
  | (RunEnd & { change: RunChange })
  | { type: 'machine'; run: string; attempt: number; machine: Machine; approximate?: string }
  | { type: 'note'; run: string; attempt: number; text: string }
  /** The supervisor's own verdict, where no worker speaks for the run any more. */
  | { type: 'settle'; run: string; attempt: number; change: RunChange; message?: string; level: LogLine['level'] }

/** Thrown where a batch is missing before one that came. */
export class MissingBatchError extends Error {
  override name = 'MissingBatchError'
}

/** Writes one entry; call within a transaction. Entries of older attempts and repeated batches change nothing. */
export function writeEntry(store: Store, entry: Entry, now: number): void {
  const state = store.runs.state(entry.run)
  if (!state || state.attempt !== entry.attempt) return
  if (entry.type === 'machine') writeMachine(store, state, entry, now)
  else if (entry.type === 'note') store.log.add(entry.run, { at: now, level: 'warning', text: entry.text })
  else if (entry.type === 'batch') writeBatch(store, state, entry)
  else writeChange(store, state, entry, now)
}

function writeMachine(store: Store, state: RunState, entry: Extract<Entry, { type: 'machine' }>, now: number): void {
  const { run, attempt, machine, approximate } = entry
  store.runs.update(run, { machine })
  store.attempts.put(run, { attempt, fromStep: state.learnSteps, machine, approximate, beganAt: now })
  if (approximate !== undefined) store.log.add(run, { at: now, level: 'warning', text: approximate })
}

function writeBatch(store: Store, state: RunState, batch: RunBatch): void {
  if (state.status !== 'running' || batch.sequence <= state.sequence) return
  if (batch.sequence > state.sequence + 1)
    throw new MissingBatchError(`batch ${state.sequence + 1} is missing before batch ${batch.sequence}`)
  const { run, sequence, learnSteps, seconds, checkpoint } = batch
  for (const points of batch.points) store.curves.append(run, points)
  if (checkpoint) store.checkpoints.put(run, { learnSteps, seconds, state: checkpoint })
  store.runs.update(run, { sequence, learnSteps, seconds, latest: { ...state.latest, ...latestOf(batch.points) } })
}

function latestOf(points: readonly CurvePoints[]): RunState['latest'] {
  const latest: RunState['latest'] = {}
  for (const { metric, values } of points) {
    if ((metric === 'gap' || metric === 'cost' || metric === 'speed') && values.length > 0) latest[metric] = values[values.length - 1]
  }
  return latest
}

function writeChange(store: Store, state: RunState, entry: Extract<Entry, { change: RunChange }>, now: number): void {
  const { run, change } = entry
  const status = nextStatus(state.status, change)
  if (status === undefined) return
  store.runs.update(run, { status, message: entry.message ?? null, endedAt: status === 'paused' ? null : now })
  store.attempts.end(run, entry.attempt, now)
  if (entry.type === 'end') {
    store.runs.update(run, { learnSteps: entry.learnSteps, seconds: entry.seconds })
    if (entry.evaluation) {
      store.setEvaluation(run, entry.evaluation)
      store.fillCourse(run)
    }
    if (entry.policy) store.policies.put(run, entry.policy)
    // Nothing continues from here.
    if (status === 'completed' || status === 'diverged') store.checkpoints.clear(run)
  }
  const { learnSteps } = entry.type === 'end' ? entry : state
  const level = entry.type === 'settle' ? entry.level : status === 'diverged' ? 'warning' : 'info'
  store.log.add(run, {
    at: now,
    level,
    text: entry.message ?? `${capitalised(status)} ${whereOf(stepUnitOf(store.runs.spec(run)), learnSteps)}.`
  })
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** What came of beginning some runs. */
interface Beginnings {
  begun: RunStart[]
  /** Runs that cannot begin, and why. */
  refused: Map<string, unknown>
  /** Runs that a full disk keeps waiting. */
  waiting: string[]
  full?: DiskFullError
}

/** Begins the next attempt of queued runs, in order, each by itself; none after the disk is full. */
export function beginAttempts(
  store: Store,
  runs: readonly string[],
  now: number,
  mayApproximate: ReadonlySet<string>,
  programOf: (name: string) => StartedProgram
): Beginnings {
  const beginnings: Beginnings = { begun: [], refused: new Map(), waiting: [] }
  for (const run of runs) {
    try {
      if (beginnings.full) beginnings.waiting.push(run)
      else {
        const program = agentNameOf(store.runs.spec(run).algorithm)
        const started = program === undefined ? {} : { program: programOf(program) }
        beginnings.begun.push({ ...beginAttempt(store, run, now, mayApproximate.has(run)), ...started })
      }
    } catch (error) {
      if (error instanceof DiskFullError) {
        beginnings.full = error
        beginnings.waiting.push(run)
      } else beginnings.refused.set(run, error)
    }
  }
  return beginnings
}

/**
 * Begins the next attempt of a queued run: from its checkpoint, with every point beyond it deleted, or from scratch with
 * all of them deleted. One transaction. Throws DiskFullError, DamagedRecordError, UnknownRunError.
 */
function beginAttempt(store: Store, run: string, now: number, mayApproximate: boolean): RunStart {
  return store.write(() => {
    const spec = store.runs.spec(run)
    const state = store.runs.state(run)
    const attempt = (state?.attempt ?? 0) + 1
    const checkpoint = soundCheckpoint(store, run, now)
    if (checkpoint) store.curves.truncate(run, checkpoint.learnSteps)
    else store.curves.clear(run)
    const learnSteps = checkpoint?.learnSteps ?? 0
    store.attempts.dropFrom(run, learnSteps)
    const machine = store.attempts.machineAt(run, learnSteps)
    store.policies.clear(run)
    store.setEvaluation(run, undefined)
    store.runs.update(run, {
      status: 'running',
      message: null,
      attempt,
      sequence: -1,
      learnSteps: checkpoint?.learnSteps ?? 0,
      seconds: checkpoint?.seconds ?? 0,
      startedAt: state?.startedAt ?? now,
      endedAt: null,
      latest: checkpoint ? { gap: store.curves.lastValue(run, 'gap'), cost: store.curves.lastValue(run, 'cost') } : {}
    })
    const from = checkpoint ? `Resumes ${whereOf(stepUnitOf(spec), checkpoint.learnSteps, 'from')}` : 'Starts from the beginning'
    store.log.add(run, { at: now, level: 'info', text: `${from} (attempt ${attempt}).` })
    return {
      run,
      attempt,
      spec,
      checkpoint: checkpoint?.state,
      before: machine && { machine, learnSteps, mayApproximate },
      initialPolicy: initialPolicyOf(store, spec)
    }
  })
}

/** The attempt a run is at; 0 where there is none, or its record is damaged: nothing is written to that. */
export function attemptOf(store: Store, run: string): number {
  try {
    return store.runs.state(run)?.attempt ?? 0
  } catch {
    // A damaged record is shown as such; the recorder will not write to it.
    return 0
  }
}

/** The policy a run starts from. Throws DamagedRecordError, and where it is not kept. */
function initialPolicyOf(store: Store, { initialWeights }: RunSpec): Uint8Array | undefined {
  if (!initialWeights) return undefined
  const bytes = initialWeights.policy === undefined ? undefined : store.keptPolicies.get(initialWeights.policy)
  if (!bytes)
    throw new StoreError(`The policy "${initialWeights.name}" that this run starts from is not kept; start it again by that name.`)
  return bytes
}

function soundCheckpoint(store: Store, run: string, now: number): Checkpoint | undefined {
  try {
    return store.checkpoints.get(run)
  } catch (error) {
    if (!(error instanceof DamagedRecordError)) throw error
    store.log.add(run, { at: now, level: 'warning', text: `${error.message} It cannot be resumed from there.` })
    store.checkpoints.clear(run)
    return undefined
  }
}
