import type { Ref } from 'vue'
import { useRouter } from 'vue-router'
import { reasonOf } from '../services/faults'
import { saveBlob } from '../services/save'
import { say } from '../services/toasts'
import { recognise } from '@shared/formats'
import { readApart } from '../opening/background'
import { text } from '../ui/text'
import type { Finding } from './checks'
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
    if (recognise(read.value)?.id !== 'topology') return { fault: text.topologies.noTopology(file.name) }
    return { drawing: placed(drawingOf(read.value)) }
  } catch (error) {
    return { fault: text.topologies.notRead(file.name, reasonOf(error)) }
  }
}

/** What of the editor leads to whatever keeps a drawing from being saved. */
interface WaysOut {
  /** Whether every number field could be read; leads to the first that could not. */
  allRead(): boolean
  fitSoon(): Promise<void>
  findings: Readonly<Ref<readonly Finding[]>>
  showFault(i: number): void
  editName(): void
}

/** What goes into the drawing from files and out of it: files, versions, experiments. */
export function useFiles(
  hand: DrawingInHand,
  kept: ReturnType<typeof useDocument>,
  { allRead, fitSoon, findings, showFault, editName }: WaysOut
) {
  const words = text.topology
  const { drawing } = hand
  const router = useRouter()

  async function importFile(file: File): Promise<void> {
    const read = await drawingIn(file)
    if ('fault' in read) return void say(read.fault, { kind: 'error' })
    const given = read.drawing
    hand.change(words.steps.import, { ...given, name: drawing.value.name || given.name })
    hand.select([])
    void fitSoon()
  }

  /** Imports the file chosen in an input, which can then take the same one again. */
  async function importPicked({ target }: Event): Promise<void> {
    const input = target as HTMLInputElement
    const file = input.files?.[0]
    if (file) await importFile(file)
    input.value = ''
  }

  /** Whether a version could hold the drawing; leads to what it could not hold. */
  function mayBeSaved(): boolean {
    if (!allRead()) return false
    const twins = findings.value.findIndex((finding) => finding.kind === 'duplicateName')
    if (twins >= 0) {
      say(words.twins(findings.value[twins].names[0]), { kind: 'error' })
      showFault(twins)
      return false
    }
    if (drawing.value.name.trim() !== '') return true
    say(words.nameFirst, { kind: 'error' })
    editName()
    return false
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

  return { importPicked, exportAs, save, use }
}
