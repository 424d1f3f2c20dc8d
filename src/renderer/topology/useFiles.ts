import { parseJson, TOPOLOGY } from '@shared/formats'
import { useRouter } from 'vue-router'
import { saveBlob } from '../app/save'
import { say } from '../app/toasts'
import { text } from '../ui/text'
import { documentOf, drawingOf } from './drawing'
import { placed } from './layout'
import { fileNameOf, pngOf, svgOf } from './picture'
import type { useDocument } from './useDocument'
import type { DrawingInHand } from './useDrawing'

/** What goes into the drawing from files and out of it: files, versions, experiments. `mayBeSaved` leads to what is in the way. */
export function useFiles(
  hand: DrawingInHand,
  kept: ReturnType<typeof useDocument>,
  { mayBeSaved, allRead, fitSoon }: { mayBeSaved(): boolean; allRead(): boolean; fitSoon(): Promise<void> }
) {
  const words = text.topology
  const { drawing } = hand
  const router = useRouter()

  async function importFile(file: File | undefined): Promise<void> {
    if (!file) return
    const read = parseJson(await file.text())
    if (!read.ok) return void say(text.topologies.noJson(file.name, read.faults[0].message), { kind: 'error' })
    const { value } = read
    if (typeof value !== 'object' || value === null || !('format' in value) || value.format !== TOPOLOGY)
      return void say(text.topologies.noTopology(file.name), { kind: 'error' })
    const given = placed(drawingOf(value))
    hand.change(words.steps.import, { ...given, name: drawing.value.name || given.name })
    hand.select([])
    void fitSoon()
  }

  async function exportAs(kind: string): Promise<void> {
    if (!allRead()) return
    const file = fileNameOf(drawing.value.name, kind)
    try {
      if (kind === 'png') saveBlob(await pngOf(drawing.value), file)
      else if (kind === 'svg') saveBlob(new Blob([svgOf(drawing.value)], { type: 'image/svg+xml' }), file)
      else saveBlob(new Blob([`${JSON.stringify(documentOf(drawing.value), null, 2)}\n`], { type: 'application/json' }), file)
      say(words.exported(file))
    } catch (error) {
      say(text.topologies.failed(words.export, error instanceof Error ? error.message : String(error)), { kind: 'error' })
    }
  }

  async function save(): Promise<boolean> {
    return mayBeSaved() && (await kept.save())
  }

  async function use(): Promise<void> {
    if (kept.edited.value ? await save() : allRead()) void router.push({ name: 'newPlan', query: { topology: drawing.value.name.trim() } })
  }

  return { importFile, exportAs, save, use }
}
