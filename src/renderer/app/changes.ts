import type { RunRow } from '@shared/contract/records'
import { text } from '../ui/text'
import { useBin } from './bin'
import { useConnection } from './connection'
import { reasonOf } from './faults'
import { say } from './toasts'

export type Change = 'pause' | 'resume' | 'cancel'

/** What can be done to runs, with a message about it at the bottom of the window. */
export function useChanges() {
  const { client } = useConnection()
  const bin = useBin()

  async function change(what: Change, runs: readonly RunRow[]): Promise<void> {
    try {
      const { changed } = await client.runs[what]({ ids: runs.map((row) => row.id) })
      say(text.actions.changed[what](changed.length))
    } catch (error) {
      say(text.actions.failed(text.actions[what], reasonOf(error)), { kind: 'error' })
    }
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
