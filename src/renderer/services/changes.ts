import { isDefinedError, safe } from '@orpc/client'
import type { RunRow } from '@shared/contract/records'
import { shallowRef } from 'vue'
import { text } from '../ui/text'
import { useBin } from './bin'
import { useConnection } from './connection'
import { reasonOf } from './faults'
import { say } from './toasts'

export type Change = 'pause' | 'resume' | 'cancel'

/** Runs that were asked to resume and could not come to the same bits here. */
export interface InexactQuestion {
  ids: readonly string[]
  reasons: readonly string[]
  /** Resumes all of them, those approximately. */
  resume(): void
}

/** What is to be answered before runs resume. */
export const inexact = shallowRef<InexactQuestion>()

/** What can be done to runs, with a message about it at the bottom of the window. */
export function useChanges() {
  const { client } = useConnection()
  const bin = useBin()

  async function change(what: Change, runs: readonly RunRow[]): Promise<void> {
    if (what === 'resume') return resume(runs.map((row) => row.id))
    try {
      const { changed } = await client.runs[what]({ ids: runs.map((row) => row.id) })
      say(text.actions.changed[what](changed.length))
    } catch (error) {
      say(text.actions.failed(text.actions[what], reasonOf(error)), { kind: 'error' })
    }
  }

  /** Runs that can only be resumed approximately here are asked about first. */
  async function resume(ids: readonly string[], approximate = false): Promise<void> {
    const { error, data } = await safe(client.runs.resume({ ids: [...ids], approximate }))
    if (data) say(text.actions.changed.resume(data.changed.length))
    else if (isDefinedError(error) && error.code === 'INEXACT')
      inexact.value = { ids, reasons: error.data.reasons, resume: () => void resume(ids, true) }
    else say(text.actions.failed(text.actions.resume, reasonOf(error)), { kind: 'error' })
  }

  /** Moves runs to the bin, with a way back for ten seconds. True where it worked. */
  function remove(runs: readonly RunRow[]): Promise<boolean> {
    const ids = runs.map((row) => row.id)
    return bin.remove({
      kind: 'run',
      ids,
      question: text.bin.askRuns(ids.length),
      work: () => client.runs.remove({ ids }),
      said: text.actions.removed(ids.length),
      back: text.actions.restored(ids.length)
    })
  }

  return { change, remove }
}
