import { computed, nextTick, type Ref, shallowRef } from 'vue'
import { text } from '../ui/text'
import { clipboard } from './clipboard'
import * as edit from './edit'
import { tidied } from './layout'
import { addPart, isPart } from './templates'
import type { DrawingInHand } from './useDrawing'

/** What the deeds need of the page. */
export interface EditorParts {
  canvas: Readonly<Ref<{ fit(): void; show(keys: readonly string[]): void; focus(): void } | null>>
  inspector: Readonly<Ref<{ focus(): void } | null>>
  /** Whether everything keeps to the grid. */
  snap: Readonly<Ref<boolean>>
}

/** Everything a hand or key does to a drawing. */
export function useDeeds(hand: DrawingInHand, { canvas, inspector, snap }: EditorParts) {
  const { drawing, selection, selectedNodes, nodeKeys } = hand
  const { steps } = text.topology

  async function fitSoon(): Promise<void> {
    await nextTick()
    requestAnimationFrame(() => canvas.value?.fit())
  }

  function show(keys: readonly string[]): void {
    hand.select(keys)
    canvas.value?.show(keys)
  }

  function add(what: string, at?: edit.Point): void {
    if (what === 'link') return link()
    if (what === 'group') return group()
    if (!isPart(what)) return
    const isFirst = drawing.value.nodes.length === 0
    hand.add(what === 'cell' ? steps.addCell : what === 'site' ? steps.addSite : steps.add(what), addPart(drawing.value, what, at))
    if (isFirst && !at) void fitSoon()
    else canvas.value?.show([...selection.value])
  }

  // A link by keyboard: from the one that is selected to the one chosen next.
  const linkFrom = shallowRef<string>()
  const linkName = computed(() => drawing.value.nodes.find((node) => node.key === linkFrom.value)?.name)

  function connect(from: string, to: string): void {
    hand.add(steps.link, edit.joinNodes(drawing.value, from, to))
  }

  function link(): void {
    const keys = selectedNodes.value.map((node) => node.key)
    if (linkFrom.value !== undefined) return endLink(keys[0])
    if (keys.length > 1) hand.add(steps.link, edit.connectAll(drawing.value, keys))
    else linkFrom.value = keys[0]
  }

  function endLink(to: string | undefined): void {
    const from = linkFrom.value
    linkFrom.value = undefined
    if (from !== undefined && to !== undefined && to !== from) connect(from, to)
  }

  function onPick(key: string): void {
    if (linkFrom.value !== undefined) endLink(key)
  }

  function group(): void {
    if (nodeKeys.value.size > 0) hand.change(steps.group, edit.group(drawing.value, nodeKeys.value))
  }

  function step(by: 1 | -1): boolean {
    const { nodes } = drawing.value
    const at = nodes.findIndex((node) => selection.value.has(node.key))
    const next = at < 0 ? (by > 0 ? 0 : nodes.length - 1) : at + by
    if (next < 0 || next >= nodes.length) return false
    show([nodes[next].key])
    return true
  }

  /** Keys that belong to the canvas while it has the focus; past the last node Tab leads on to what comes after it. */
  function onCanvasKey(event: KeyboardEvent): void {
    if (event.key === 'Tab' && !event.ctrlKey && !event.altKey && step(event.shiftKey ? -1 : 1)) event.preventDefault()
    else if (event.key === 'Enter' && linkFrom.value !== undefined) {
      event.preventDefault()
      endLink(selectedNodes.value[0]?.key)
    } else if (event.key === 'Enter' && selection.value.size > 0) {
      event.preventDefault()
      inspector.value?.focus()
    } else if (event.key.startsWith('Arrow') && nodeKeys.value.size > 0 && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      const far = event.shiftKey ? 8 : 1
      nudge(
        event.key === 'ArrowLeft' ? -far : event.key === 'ArrowRight' ? far : 0,
        event.key === 'ArrowUp' ? -far : event.key === 'ArrowDown' ? far : 0
      )
    }
  }

  function nudge(x: number, y: number): void {
    const size = snap.value ? 8 : 1
    hand.change(
      steps.move,
      edit.moveNodes(drawing.value, nodeKeys.value, { x: x * size, y: y * size }),
      `nudge ${[...nodeKeys.value].join(' ')}`
    )
  }

  function copy(): void {
    clipboard.value = edit.fragmentOf(drawing.value, nodeKeys.value)
  }

  function paste(): void {
    if (clipboard.value && clipboard.value.nodes.length > 0) hand.add(steps.paste, edit.paste(drawing.value, clipboard.value))
  }

  function cut(): void {
    copy()
    hand.remove(steps.cut)
  }

  const duplicate = (): void => hand.add(steps.duplicate, edit.duplicate(drawing.value, nodeKeys.value))

  function none(): void {
    linkFrom.value = undefined
    hand.select([])
  }

  function tidy(): void {
    hand.change(steps.tidy, tidied(drawing.value))
    void fitSoon()
  }

  const ungroup = (): void => hand.change(steps.ungroup, edit.ungroup(drawing.value, nodeKeys.value))

  return {
    fitSoon,
    show,
    add,
    linkFrom,
    linkName,
    connect,
    link,
    onPick,
    group,
    ungroup,
    step,
    onCanvasKey,
    nudge,
    copy,
    paste,
    cut,
    duplicate,
    none,
    tidy
  }
}
