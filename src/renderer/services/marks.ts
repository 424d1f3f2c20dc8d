import type { RunRow } from '@shared/contract/records'
import type { Priority } from '@shared/run/marks'
import { useRouter } from 'vue-router'
import { text } from '../ui/text'
import { useConnection } from './connection'
import { reasonOf } from './faults'
import { saveBlob } from './save'
import { keyText } from './shortcuts'
import { say } from './toasts'

const idsOf = (runs: readonly RunRow[]) => runs.map((row) => row.id)

/** What can be noted down about runs, and what else is done to many at once; each says what it did. */
export function useMarks() {
  const { client } = useConnection()
  const router = useRouter()

  /** Does it and says so; a failure is said too, and false. */
  async function attempt(what: string, work: () => Promise<void>): Promise<boolean> {
    try {
      await work()
      return true
    } catch (error) {
      say(text.actions.failed(what, reasonOf(error)), { kind: 'error' })
      return false
    }
  }

  const tag = (runs: readonly RunRow[], word: string) =>
    attempt(text.marks.tag, async () => {
      await client.runs.mark({ ids: idsOf(runs), addTags: [word] })
      say(text.marks.tagged(word.trim().toLowerCase(), runs.length))
    })

  const untag = (runs: readonly RunRow[], word: string) =>
    attempt(text.marks.tag, async () => {
      await client.runs.mark({ ids: idsOf(runs), removeTags: [word] })
      say(text.marks.untagged(word, runs.length), {
        action: { label: text.actions.undo, key: keyText('Mod+Z'), run: () => void tag(runs, word) }
      })
    })

  /** `before`: the note as its writer saw it; where another stands there now, it stays. */
  const note = (run: RunRow, written: string, before: string) =>
    attempt(text.marks.failed, async () => {
      await client.runs.mark({ ids: [run.id], note: written, noteBefore: before })
    })

  const pin = (runs: readonly RunRow[], pinned: boolean) =>
    attempt(pinned ? text.marks.pin : text.marks.unpin, async () => {
      await client.runs.mark({ ids: idsOf(runs), pinned })
    })

  const archive = (runs: readonly RunRow[], archived: boolean): Promise<boolean> =>
    attempt(archived ? text.marks.archive : text.marks.unarchive, async () => {
      await client.runs.mark({ ids: idsOf(runs), archived })
      const said = archived ? text.marks.wasArchived : text.marks.wasUnarchived
      say(said(runs.length), { action: { label: text.actions.undo, key: keyText('Mod+Z'), run: () => void archive(runs, !archived) } })
    })

  const prioritise = (runs: readonly RunRow[], priority: Priority) =>
    attempt(text.queue.priority, async () => {
      await client.runs.prioritise({ ids: idsOf(runs), priority })
    })

  /** In front of another run, or to the end of the queue. */
  const move = (id: string, before: string | undefined) =>
    attempt(text.queue.move, async () => {
      await client.runs.move({ id, ...(before !== undefined && { before }) })
    })

  /** The same again; `fromTheirWeights`: starting from what they have learned. */
  const again = (runs: readonly RunRow[], fromTheirWeights = false) =>
    attempt(fromTheirWeights ? text.run.initial : text.marks.again, async () => {
      const started = await client.runs.again({ ids: idsOf(runs), fromTheirWeights })
      say(text.marks.startedAgain(started.runs.length))
      const [only] = started.runs
      await router.push(
        started.runs.length === 1
          ? { name: 'run', params: { id: only } }
          : { name: 'runs', query: { experiment: String(started.experimentId) } }
      )
    })

  const exportAll = (runs: readonly RunRow[]) =>
    attempt(text.marks.export, async () => {
      const part = await client.runs.export({ ids: idsOf(runs) })
      const name = runs.length === 1 ? `run-${runs[0].id}` : `${runs.length}-runs`
      saveBlob(new Blob([await part.arrayBuffer()], { type: 'application/json' }), `${name}.json`)
    })

  return { tag, untag, note, pin, archive, prioritise, move, again, exportAll }
}
