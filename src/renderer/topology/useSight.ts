import type { VueFlowStore } from '@vue-flow/core'
import { computed, type Ref } from 'vue'
import { type Drawing, NODE } from './drawing'
import type { Point } from './edit'
import { extentOf } from './shapes'

const MOTION = matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 120

/** The bar for transfers and the overview stand over the edges of the map. */
const ROOM = { top: '64px', bottom: '24px', x: '24px' } as const

/** The zoom that showing all goes to at most. */
const LARGEST_FIT = 1.25

/** What of the map is in sight, and bringing parts of it there. Places are in the drawing's pixels. */
export function useSight(flow: VueFlowStore, frame: Readonly<Ref<HTMLElement | null>>, drawing: () => Drawing) {
  const zoom = computed(() => flow.viewport.value.zoom)

  function showAll(): void {
    const { x, y, width, height } = extentOf(drawing())
    const { dimensions } = flow
    // A small map is not blown up to fill a large window: room around it is given instead.
    const wide = Math.max(width, dimensions.value.width / LARGEST_FIT)
    const high = Math.max(height, dimensions.value.height / LARGEST_FIT)
    const bounds = { x: x - (wide - width) / 2, y: y - (high - height) / 2, width: wide, height: high }
    void flow.fitBounds(bounds, { padding: ROOM, duration: MOTION })
  }

  const wasEmpty = drawing().nodes.length === 0
  /** What is opened is shown whole; what is drawn on an empty canvas stays where it is put. */
  function fitOpened(): void {
    if (!wasEmpty) showAll()
  }

  /** Brings nodes, and the ends of links, into sight, without a jump where they are in sight already. */
  function show(keys: readonly string[]): void {
    const ends = new Map(drawing().links.map(({ key, from, to }) => [key, [from, to]]))
    const wanted = new Set(keys.flatMap((key) => ends.get(key) ?? [key]))
    const nodes = drawing().nodes.filter((node) => wanted.has(node.key))
    if (nodes.length === 0 || !frame.value) return
    const box = frame.value.getBoundingClientRect()
    const { x: dx, y: dy, zoom: scale } = flow.viewport.value
    const isSeen = nodes.every(({ x, y }) => {
      const [left, top] = [x * scale + dx, y * scale + dy]
      return left >= 0 && top >= 60 && left + NODE.width * scale <= box.width && top + NODE.height * scale <= box.height
    })
    if (isSeen) return
    const { x, y, width, height } = extentOf({ ...drawing(), nodes })
    void flow.setCenter(x + width / 2, y + height / 2, { zoom: Math.min(scale, 1), duration: MOTION })
  }

  /** The middle of what is in sight, where something new may stand. */
  function middle(): Point {
    const box = frame.value?.getBoundingClientRect()
    if (!box) return { x: 0, y: 0 }
    const at = flow.screenToFlowCoordinate({ x: box.left + box.width / 2, y: box.top + box.height / 2 })
    return { x: at.x - NODE.width / 2, y: at.y - NODE.height / 2 }
  }

  return { zoom, showAll, fitOpened, show, middle }
}
