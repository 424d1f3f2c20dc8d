import type { ComparisonLook, ReportKind, SavedComparison } from '@shared/contract/comparisons'
import type { Basis } from '@shared/experiment/training'
import { onScopeDispose, shallowRef, watch } from 'vue'
import { useBin } from '../services/bin'
import { publishedNames } from '../charts/paper'
import { useConnection } from '../services/connection'
import { reasonOf } from '../services/faults'
import { saveBlob } from '../services/save'
import { say } from '../services/toasts'
import { text } from '../ui/text'

/** What is compared and how it is looked at. */
export interface LookedAt {
  runs: readonly string[]
  against?: string
  look: ComparisonLook
}

const ENDINGS: Record<ReportKind, string> = { html: 'html', latex: 'tex', csv: 'csv' }

/** Comparisons kept by name, and the documents made of one. */
export function useSaved() {
  const { client, whenOpen } = useConnection()
  const bin = useBin()
  const all = shallowRef<readonly SavedComparison[]>([])
  const ended = new AbortController()
  onScopeDispose(() => ended.abort())

  async function read(): Promise<void> {
    try {
      await whenOpen(ended.signal)
      all.value = await client.comparisons.list({})
    } catch (error) {
      if (!ended.signal.aborted) say(text.actions.failed(text.compare.list, reasonOf(error)), { kind: 'error' })
    }
  }

  async function save(name: string, { runs, against, look }: LookedAt, id?: number): Promise<SavedComparison | undefined> {
    try {
      const saved = await client.comparisons.save({ id, name, runs: [...runs], against, look })
      say(text.compare.saved(saved.name))
      await read()
      return saved
    } catch (error) {
      say(text.compare.notSaved(reasonOf(error)), { kind: 'error' })
      return undefined
    }
  }

  const remove = ({ id, name }: SavedComparison) =>
    bin.remove({
      kind: 'comparison',
      ids: [String(id)],
      question: text.bin.ask(name),
      work: () => client.comparisons.remove({ id }),
      said: text.compare.removed(name),
      back: text.bin.restored(name)
    })

  async function exportAs(
    kind: ReportKind,
    {
      runs,
      against,
      basis,
      bestOf,
      pictures
    }: Pick<LookedAt, 'runs' | 'against'> & { basis: Basis; bestOf: boolean; pictures: { title: string; svg: string }[] },
    name: string
  ): Promise<void> {
    try {
      const part = await client.comparisons.report({
        ids: [...runs],
        against,
        basis,
        bestOf,
        kind,
        name,
        pictures,
        published: { ...publishedNames.value }
      })
      const file = `${name}.${ENDINGS[kind]}`
      saveBlob(new Blob([await part.arrayBuffer()]), file)
      say(text.compare.exported(file))
    } catch (error) {
      say(text.compare.notExported(reasonOf(error)), { kind: 'error' })
    }
  }

  // Read again whenever something was deleted or came back.
  watch(() => bin.version, read, { immediate: true })
  return { all, save, remove, exportAs }
}
