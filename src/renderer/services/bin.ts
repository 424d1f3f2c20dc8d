import { usersText } from '@shared/bin'
import type { BinKind, BinUse } from '@shared/contract/bin'
import { defineStore } from 'pinia'
import { onScopeDispose, shallowRef } from 'vue'
import { text } from '../ui/text'
import { confirm } from './confirm'
import { useConnection } from './connection'
import { reasonOf } from './faults'
import { followLibrary } from './library'
import { keyText } from './shortcuts'
import { say } from './toasts'

/** Something to be deleted. */
export interface Deletion {
  kind: BinKind
  /** As `bin.uses` knows it: of policies their names. */
  ids: readonly string[]
  /** What the question calls it. */
  question: string
  /** Deletes it; what is in the bin then. */
  work(): Promise<{ bin: string | readonly string[] }>
  /** What is said once it is deleted, and once it is back. */
  said: string
  back: string
}

/** How much is in the bin, always as it is now, and the one way to delete and to restore. */
export const useBin = defineStore('bin', () => {
  const connection = useConnection()
  const { client } = connection
  const summary = shallowRef({ count: 0, bytes: 0 })
  /** Grows whenever something came to the bin or left it. */
  const version = shallowRef(0)

  async function read(): Promise<void> {
    summary.value = await client.bin.summary({})
    version.value++
  }

  const following = new AbortController()
  // Where the line is down it is read again when it opens again.
  const notice = (changed: { bin?: true }) => void (changed.bin && read().catch(() => {}))
  void followLibrary(connection, { begin: read, notice }, following.signal)
  onScopeDispose(() => following.abort())

  /** Brings entries back and says so, and under which names where theirs are taken. True where it worked. */
  async function restore(ids: readonly string[], back?: string): Promise<boolean> {
    try {
      const { restored } = await client.bin.restore({ ids: [...ids] })
      for (const { name, before } of restored) if (before !== undefined) say(text.bin.renamed(before, name))
      if (restored.every(({ before }) => before === undefined)) {
        say(back ?? (restored.length === 1 ? text.bin.restored(restored[0].name) : text.bin.restoredMany(restored.length)))
      }
      await read()
      return true
    } catch (error) {
      say(text.actions.failed(text.bin.restore, reasonOf(error)), { kind: 'error' })
      return false
    }
  }

  /** Deletes, with a way back for ten seconds; asks first where something uses it. True where it was deleted. */
  async function remove({ kind, ids, question, work, said, back }: Deletion): Promise<boolean> {
    try {
      const uses = await client.bin.uses({ kind, ids: [...ids] })
      if (
        uses.length > 0 &&
        !(await confirm({ title: question, lines: deletionNotesOf(kind, uses), yes: text.bin.delete, no: text.bin.keep }))
      )
        return false
      const { bin } = await work()
      const entries = typeof bin === 'string' ? [bin] : bin
      say(text.bin.moved(said, uses), {
        action: { label: text.actions.undo, key: keyText('Mod+Z'), run: () => void restore(entries, back) }
      })
      await read()
      return true
    } catch (error) {
      say(text.actions.failed(text.bin.delete, reasonOf(error)), { kind: 'error' })
      return false
    }
  }

  return { summary, version, restore, remove }
})

/** What is to be known before something that is used is deleted. */
export function deletionNotesOf(kind: BinKind, uses: readonly BinUse[]): string[] {
  return [...uses.map((use) => text.bin.inUse(usersText(use))), ...consequences(kind, uses), text.bin.goes]
}

/** What its users can and cannot do without it. */
export function consequences(kind: BinKind, uses: readonly BinUse[]): string[] {
  const has = (...by: BinUse['by'][]) => uses.some((use) => by.includes(use.by))
  return [
    ...(kind !== 'run' && has('run') ? [text.bin.keepCopy] : []),
    ...(has('experiment', 'environments') ? [text.bin.cannotStart] : [])
  ]
}
