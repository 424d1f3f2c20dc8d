import { foreignSentence } from '@shared/algorithms/foreign'
import { nextStatus, type RunChange, type RunStatus } from '@shared/run/lifecycle'
import { DamagedRecordError, type RunState, type Store } from '../store'

/** What came of a request over several runs: all were changed, or none. */
export type ChangeResult =
  | { changed: string[] }
  /** Runs that are not there. */
  | { missing: string[] }
  /** Why it makes no sense now, a sentence each. */
  | { refused: string[] }

export type Request = 'pause' | 'resume' | 'cancel' | 'remove'

const PARTICIPLE: Record<Request, string> = {
  pause: 'paused',
  resume: 'resumed',
  cancel: 'cancelled',
  remove: 'removed'
}

/** The states of the runs of a request, or why it cannot be done. `shown` is the status a user sees. */
export function checkRequest(
  store: Store,
  request: Request,
  ids: readonly string[],
  shown: (state: RunState) => RunStatus
): { states: RunState[] } | Exclude<ChangeResult, { changed: string[] }> {
  const unique = [...new Set(ids)]
  const states: RunState[] = []
  const missing: string[] = []
  const refused: string[] = []
  for (const id of unique) {
    try {
      const state = store.runs.state(id)
      if (!state || state.deletedAt !== undefined) missing.push(id)
      else {
        states.push(state)
        const foreign = request === 'remove' ? undefined : store.foreign.get(id)
        const reason = foreign
          ? foreignSentence(id, foreign.source, `it cannot be ${PARTICIPLE[request]} here`)
          : reasonAgainst(request, state, shown(state))
        if (reason !== undefined) refused.push(reason)
      }
    } catch (error) {
      if (!(error instanceof DamagedRecordError)) throw error
      refused.push(error.message)
    }
  }
  if (missing.length > 0) return { missing }
  return refused.length > 0 ? { refused } : { states }
}

function reasonAgainst(request: Request, { id }: RunState, status: RunStatus): string | undefined {
  if (request === 'remove') return undefined
  const change: RunChange = request
  return nextStatus(status, change) === undefined ? `Run ${id} cannot be ${PARTICIPLE[request]}: it is ${status}.` : undefined
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
