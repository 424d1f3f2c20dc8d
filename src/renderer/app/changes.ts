import type { RunRow } from '@shared/contract/records'
import { text } from '../ui/text'
import { useConnection } from './connection'
import { reasonOf } from './faults'
import { keyText } from './shortcuts'
import { say } from './toasts'

export type Change = 'pause' | 'resume' | 'cancel'

/** What can be done to runs, with the word about it said at the foot of the window. */
export function useChanges() {
  const { client } = useConnection()

  async function change(what: Change, runs: readonly RunRow[]): Promise<void> {
    try {
      const { changed } = await client.runs[what]({ ids: runs.map((row) => row.id) })
      say(text.actions.changed[what](changed.length))
    } catch (error) {
      say(text.actions.failed(text.actions[what], reasonOf(error)), { kind: 'error' })
    }
  }

  async function restore(ids: readonly string[]): Promise<void> {
    try {
      const { changed } = await client.runs.restore({ ids: [...ids] })
      say(text.actions.restored(changed.length))
    } catch (error) {
      say(text.actions.failed(text.actions.undo, reasonOf(error)), { kind: 'error' })
    }
  }

  /** Deletes at once, with a way back for ten seconds. True where it worked. */
  async function remove(runs: readonly RunRow[]): Promise<boolean> {
    try {
      const { changed } = await client.runs.remove({ ids: runs.map((row) => row.id) })
      say(text.actions.removed(changed.length), {
        action: { label: text.actions.undo, key: keyText('Mod+Z'), run: () => void restore(changed) }
      })
      return true
    } catch (error) {
      say(text.actions.failed(text.actions.remove, reasonOf(error)), { kind: 'error' })
      return false
    }
  }

  return { change, remove }
}
