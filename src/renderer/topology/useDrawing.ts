import { computed, shallowRef, triggerRef } from 'vue'
import { type Drawing, EMPTY } from './drawing'
import { type Added, removeParts } from './edit'
import * as line from '../library/undo'

/** A drawing in the hand: what it is, what is selected, and the way back. */
export function useDrawing() {
  const history = shallowRef(line.begin(EMPTY))
  const drawing = computed(() => history.value.now)
  const selection = shallowRef<ReadonlySet<string>>(new Set())
  const selectedNodes = computed(() => drawing.value.nodes.filter((node) => selection.value.has(node.key)))
  const selectedLinks = computed(() => drawing.value.links.filter((link) => selection.value.has(link.key)))
  const nodeKeys = computed(() => new Set(selectedNodes.value.map((node) => node.key)))

  /** Continues to `next`, as one step that can be taken back; `merge` joins it to the step before of the same key. */
  function change(label: string, next: Drawing, merge?: string): void {
    history.value = line.recorded(history.value, next, label, merge)
  }

  /** As `change`, and selects what came new. */
  function add(label: string, { drawing: next, keys }: Added): void {
    change(label, next)
    if (keys.length > 0) select(keys)
  }

  function select(keys: Iterable<string>): void {
    history.value = line.endMerging(history.value)
    selection.value = new Set(keys)
  }

  /** Ends the merging of like steps, as when a field is left. */
  function settle(): void {
    history.value = line.endMerging(history.value)
  }

  /** Selects what is still there. */
  function keepSelection(): void {
    const there = new Set([...drawing.value.nodes, ...drawing.value.links].map((part) => part.key))
    selection.value = new Set([...selection.value].filter((key) => there.has(key)))
  }

  function undo(): void {
    history.value = line.undo(history.value)
    keepSelection()
  }

  function redo(): void {
    history.value = line.redo(history.value)
    keepSelection()
  }

  function remove(label: string): void {
    if (selection.value.size === 0) return
    change(label, removeParts(drawing.value, selection.value))
    select([])
  }

  /** Continues to what was drawn elsewhere; however much comes from there is one step back. */
  function follow(label: string, next: Drawing): void {
    change(label, next, 'elsewhere')
    keepSelection()
  }

  /** Begins again: the way back leads to `saved` where that differs. */
  function open(now: Drawing, saved: Drawing | undefined, label: string): void {
    history.value = saved ? line.recorded(line.begin(saved), now, label) : line.begin(now)
    selection.value = new Set()
    triggerRef(selection)
  }

  const canUndo = computed(() => history.value.past.length > 0)
  const canRedo = computed(() => history.value.future.length > 0)
  /** What undo and redo would take back and do again. */
  const undoLabel = computed(() => history.value.past.at(-1)?.label)
  const redoLabel = computed(() => history.value.future[0]?.label)

  return {
    drawing,
    selection,
    selectedNodes,
    selectedLinks,
    nodeKeys,
    change,
    add,
    select,
    settle,
    undo,
    redo,
    remove,
    open,
    follow,
    canUndo,
    canRedo,
    undoLabel,
    redoLabel
  }
}

export type DrawingInHand = ReturnType<typeof useDrawing>
