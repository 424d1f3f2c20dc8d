import { useRouter } from 'vue-router'
import { reasonOf } from '../services/faults'
import { saveBlob } from '../services/save'
import { say } from '../services/toasts'
import { readApart } from '../opening/background'
import { text } from '../ui/text'
import { type Drawing, documentOf, drawingOf } from './drawing'
import { placed } from './layout'
import { fileNameOf, picturePng, svgOf } from './picture'
import type { useDocument } from './useDocument'
import type { DrawingInHand } from './useDrawing'

/** The drawing that a topology's file holds, or a sentence about why it has none. */
export async function drawingIn(file: File): Promise<{ drawing: Drawing } | { fault: string }> {
  try {
    const read = await readApart({ file, name: file.name, device: 'device' })
    if ('faults' in read) return { fault: text.topologies.notRead(file.name, read.faults[0].message) }
    if (read.format !== 'topology') return { fault: text.topologies.noTopology(file.name) }
    return { drawing: placed(drawingOf(read.value)) }
  } catch (error) {
    return { fault: text.topologies.notRead(file.name, reasonOf(error)) }
  }
}

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
    const read = await drawingIn(file)
    if ('fault' in read) return void say(read.fault, { kind: 'error' })
    const given = read.drawing
    hand.change(words.steps.import, { ...given, name: drawing.value.name || given.name })
    hand.select([])
    void fitSoon()
  }

  async function exportAs(kind: string): Promise<void> {
    if (!allRead()) return
    const file = fileNameOf(drawing.value.name, kind)
    try {
      if (kind === 'png') saveBlob(await picturePng(drawing.value), file)
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
