import { agentNameOf } from '@shared/algorithms/agents'
import type { GroupRow, LiveBatch, RunRow } from '@shared/contract/records'
import { evaluatedOn } from '@shared/run/evaluated'
import { foreignSentence } from '@shared/algorithms/foreign'
import { groupRuns } from '@shared/run/grouping'
import type { RunSpec } from '@shared/run/spec'
import { NotInspectableError } from '../computing/looking'
import { createLiveFeed } from '../queue/supervisor-feed'
import type { ChangeResult } from '../queue/supervisor-changes'
import type { Store } from '../store'
import { computed } from './computed'
import { api } from './context'
import type { Lab } from './lab'
import { orInvalid } from './documents'
import { lookedInto, runReferenceOf } from './inspections'
import { runAgain } from './run-again'
import { inexactRuns } from './inexact-runs'
import { BundleTooLargeError } from '../archive/errors'
import { TransferError } from '../transfers/transfers'
import { exportedTransfer, TooManyTransfersError } from './run-exports'
import { exportRuns } from './run-export'
import { markRuns } from './run-marks'
import { oneStream } from './streams'

/** The rows of `ids` in their order, and those that are not there. */
function found(store: Store, ids: readonly string[]): { rows: RunRow[]; missing: string[] } {
  const rows = new Map(store.runs.rows(ids).map((row) => [row.id, row]))
  return {
    rows: ids.flatMap((id) => rows.get(id) ?? []),
    missing: ids.filter((id) => !rows.has(id))
  }
}

type Change = 'pause' | 'cancel'

function change(lab: Lab, what: Change, ids: readonly string[]): ChangeResult {
  return lab.supervisor ? lab.supervisor[what](ids) : readOnlyOf(lab)
}

interface ChangeErrors {
  NOT_FOUND(options: { message: string; data: { ids: string[] } }): Error
  REFUSED(options: { message: string; data: { reasons: string[] } }): Error
}

/** What was changed; anything else is thrown as the contract has it. */
function changedOf(result: ChangeResult, errors: ChangeErrors): { changed: string[] } {
  if ('changed' in result) return result
  if ('missing' in result)
    throw errors.NOT_FOUND({ message: `There is no run ${result.missing.join(', ')}.`, data: { ids: result.missing } })
  throw errors.REFUSED({ message: result.refused.join(' '), data: { reasons: result.refused } })
}

const readOnlyOf = ({ store }: Lab): ChangeResult => ({ refused: [store.readOnly ?? 'Nothing can be changed here.'] })

function changeRoom(what: Change) {
  return api.runs[what].handler(({ input, errors, context: { lab } }) => changedOf(change(lab, what, input.ids), errors))
}

/** What was found in a run, or why it cannot be looked into. */
async function inspected<T>(
  lab: Lab,
  id: string,
  errors: ChangeErrors,
  look: (run: ReturnType<typeof lookedInto>) => Promise<T>
): Promise<T> {
  if (!lab.store.runs.row(id)) throw errors.NOT_FOUND({ message: `There is no run ${id}.`, data: { ids: [id] } })
  try {
    return await look(lookedInto(lab.store, id))
  } catch (error) {
    if (!(error instanceof NotInspectableError)) throw error
    throw errors.REFUSED({ message: error.message, data: { reasons: [error.message] } })
  }
}

/** The stream where nothing may be written: nothing moves, and it stays open for as long as someone listens. */
async function* still(signal: AbortSignal | undefined): AsyncGenerator<LiveBatch, void> {
  yield { runs: [], removed: [], points: [], system: { running: 0, workers: 0, queued: 0, learnStepsPerSecond: 0 } }
  if (signal && !signal.aborted) await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}

/** What a run of the lab's own was trained and evaluated on. Rejects with ComputationError. */
async function worldOf(lab: Lab, scenarioId: string, spec: RunSpec, signal: AbortSignal | undefined) {
  const { scenario, heldOut, split } = spec
  const { references, optimum } = await runReferenceOf(lab, scenarioId, spec, signal)
  return { scenario, objective: scenario.objective, references, optimum, evaluatedOn: evaluatedOn(scenario.workload, heldOut, split) }
}

/** The groups of runs alike but for their seed. */
export function storedGroups(rows: readonly RunRow[]): GroupRow[] {
  return groupRuns(rows).map((group) => ({ ...group }))
}

export const runsRoom = {
  list: api.runs.list.handler(({ context: { lab } }) => lab.store.runs.list()),

  get: api.runs.get.handler(async ({ input: { id }, errors, signal, context: { lab } }) => {
    const run = lab.store.detail(id)
    if (!run) throw errors.NOT_FOUND({ message: `There is no run ${id}.`, data: { ids: [id] } })
    // What is kept of a program is what it placed: its policy lives in it.
    const policyBytes = agentNameOf(run.row.algorithm) === undefined ? lab.store.policies.size(id) : undefined
    return {
      row: run.row,
      ...(run.spec && (await worldOf(lab, run.row.scenarioId, run.spec, signal))),
      machine: run.machine,
      attempts: run.attempts,
      metrics: run.curves.map((curve) => curve.metric),
      checkpoint: lab.store.checkpoints.summary(id),
      policy: policyBytes === undefined ? undefined : { bytes: policyBytes },
      log: run.log
    }
  }),

  curve: api.runs.curve.handler(({ input: { id, metric, maxPoints, range }, errors, context: { lab } }) => {
    if (!lab.store.runs.row(id)) throw errors.NOT_FOUND({ message: `There is no run ${id}.`, data: { ids: [id] } })
    const { steps, values } = lab.store.curves.read(id, metric, maxPoints, range)
    const points = new Float64Array(steps.length * 2)
    steps.forEach((step, i) => {
      points[2 * i] = step
      points[2 * i + 1] = values[i]
    })
    return new Blob([points])
  }),

  compare: api.runs.compare.handler(({ input: { ids }, errors, context: { lab } }) => {
    const { rows, missing } = found(lab.store, ids)
    if (missing.length > 0) throw errors.NOT_FOUND({ message: `There is no run ${missing.join(', ')}.`, data: { ids: missing } })
    return { runs: rows, groups: storedGroups(rows) }
  }),

  pause: changeRoom('pause'),
  resume: api.runs.resume.handler(async ({ input: { ids, approximate = false }, errors, context: { lab } }) => {
    const inexact = approximate ? [] : await inexactRuns(lab, ids)
    if (inexact.length > 0) {
      const reasons = inexact.map(({ reason }) => reason)
      throw errors.INEXACT({ message: reasons.join(' '), data: { ids: inexact.map(({ id }) => id), reasons } })
    }
    return changedOf(lab.supervisor?.resume(ids, approximate) ?? readOnlyOf(lab), errors)
  }),
  cancel: changeRoom('cancel'),
  remove: api.runs.remove.handler(({ input: { ids }, errors, context: { lab } }) => {
    const { changed } = changedOf(lab.supervisor?.remove(ids) ?? readOnlyOf(lab), errors)
    lab.notices.tell({ bin: true })
    return { changed, bin: lab.store.bin.entryOfRuns(lab.store.runs.state(changed[0])?.deletedAt ?? 0) }
  }),

  mark: api.runs.mark.handler(({ input, errors, context: { lab } }) => {
    const result = lab.supervisor ? markRuns(lab.store, lab.supervisor, input) : readOnlyOf(lab)
    if ('otherNote' in result)
      throw errors.OTHER_NOTE({ message: 'The note has been changed in another window.', data: { note: result.otherNote } })
    return changedOf(result, errors)
  }),

  prioritise: api.runs.prioritise.handler(({ input: { ids, priority }, errors, context: { lab } }) =>
    changedOf(lab.supervisor?.prioritise(ids, priority) ?? readOnlyOf(lab), errors)
  ),

  move: api.runs.move.handler(({ input: { id, before }, errors, context: { lab } }) =>
    changedOf(lab.supervisor?.move(id, before) ?? readOnlyOf(lab), errors)
  ),

  again: api.runs.again.handler(({ input: { ids, fromTheirWeights = false }, errors, signal, context: { lab } }) =>
    orInvalid(errors.INVALID, async () => {
      const { rows, missing } = found(lab.store, ids)
      if (missing.length > 0) throw errors.NOT_FOUND({ message: `There is no run ${missing.join(', ')}.`, data: { ids: missing } })
      const foreign = rows.find((row) => row.foreign)
      if (foreign?.foreign) {
        const reason = foreignSentence(foreign.id, foreign.foreign.source, 'it cannot be run here')
        throw errors.REFUSED({ message: reason, data: { reasons: [reason] } })
      }
      const added = await runAgain(lab, ids, fromTheirWeights, signal)
      if (added) return added
      const reason = lab.store.readOnly ?? 'Nothing can be started here.'
      throw errors.REFUSED({ message: reason, data: { reasons: [reason] } })
    })
  ),

  placements: api.runs.placements.handler(({ input: { id }, errors, signal, context: { lab } }) =>
    inspected(lab, id, errors, (run) => computed(lab, { what: 'placements', ...run }, `Placements of run ${id}`, signal))
  ),

  inspect: api.runs.inspect.handler(({ input: { id, workflow }, errors, signal, context: { lab } }) =>
    inspected(lab, id, errors, async (run) => {
      const found = await computed(lab, { what: 'workflow', ...run, workflow }, `Placements of run ${id}`, signal)
      if (found) return found
      throw new NotInspectableError(`Run ${id} has no held-out workflow "${workflow}".`)
    })
  ),

  inspectBatch: api.runs.inspectBatch.handler(({ input: { id, batch }, errors, signal, context: { lab } }) =>
    inspected(lab, id, errors, async (run) => {
      const found = await computed(lab, { what: 'batch', ...run, batch }, `Placements of run ${id}`, signal)
      if (found) return found
      throw new NotInspectableError(`Run ${id} has no held-out batch "${batch}".`)
    })
  ),

  export: api.runs.export.handler(({ input: { ids }, errors, context: { lab } }) => {
    const { missing } = found(lab.store, ids)
    if (missing.length > 0) throw errors.NOT_FOUND({ message: `There is no run ${missing.join(', ')}.`, data: { ids: missing } })
    return new Blob([exportRuns(lab.store, ids)], { type: 'application/json' })
  }),

  exportAs: api.runs.exportAs.handler(({ input: { ids, form }, errors, context: { lab } }) => {
    const { missing } = found(lab.store, ids)
    if (missing.length > 0) throw errors.NOT_FOUND({ message: `There is no run ${missing.join(', ')}.`, data: { ids: missing } })
    try {
      return exportedTransfer(lab, ids, form)
    } catch (error) {
      if (error instanceof TooManyTransfersError) throw errors.BUSY({ message: error.message, data: { most: 8 } })
      if (error instanceof BundleTooLargeError || error instanceof TransferError)
        throw errors.REFUSED({ message: error.message, data: { reasons: [error.message] } })
      throw error
    }
  }),

  live: api.runs.live.handler(async function* ({ input: { curves }, errors, signal, context: { lab } }) {
    yield* oneStream(lab, errors, () => (lab.supervisor ? createLiveFeed(lab.supervisor, { curves, signal }) : still(signal)))
  })
}
