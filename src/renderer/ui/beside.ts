import { useEventListener, useResizeObserver } from '@vueuse/core'
import { type Ref, watch } from 'vue'

interface Extent {
  width: number
  height: number
}

interface Wish {
  /** The edge of the anchor that the panel keeps to. */
  side?: 'left' | 'right'
  /** Over its anchor rather than under it. */
  up?: boolean
}

/** Between a panel and its anchor, and between it and the edge of the window. */
const GAP = 4

/**
 * Where a panel stands beside its anchor, in CSS pixels: where it is wished if it fits there, else on the side with more room; never
 * beyond the window. `height` is what it has room for.
 */
export function beside(
  anchor: Pick<DOMRect, 'left' | 'right' | 'top' | 'bottom'>,
  panel: Extent,
  window: Extent,
  { side = 'left', up = false }: Wish = {}
): { left: number; top: number; height: number } {
  const wanted = side === 'left' ? anchor.left : anchor.right - panel.width
  const left = Math.max(GAP, Math.min(wanted, window.width - panel.width - GAP))
  const over = anchor.top - 2 * GAP
  const under = window.height - anchor.bottom - 2 * GAP
  const isOver = up ? over >= panel.height || over > under : under < panel.height && over > under
  const height = Math.min(panel.height, Math.max(0, isOver ? over : under))
  return { left, top: isOver ? anchor.top - GAP - height : anchor.bottom + GAP, height }
}

/** Shows a panel beside its anchor and over everything for as long as it is there. It must have the attribute `popover="manual"`. */
export function useBeside(
  anchor: Readonly<Ref<HTMLElement | null>>,
  panel: Readonly<Ref<HTMLElement | null>>,
  wish: () => Wish = () => ({})
): void {
  function lay(): void {
    if (!anchor.value || !panel.value) return
    const { style } = panel.value
    // Measured as high as it would like to be.
    style.maxHeight = ''
    const { width, height } = panel.value.getBoundingClientRect()
    const place = beside(anchor.value.getBoundingClientRect(), { width, height }, { width: innerWidth, height: innerHeight }, wish())
    style.left = `${place.left}px`
    style.top = `${place.top}px`
    style.maxHeight = `${place.height}px`
  }

  watch(
    panel,
    (box) => {
      if (!box) return
      box.showPopover()
      lay()
    },
    { flush: 'post' }
  )
  useResizeObserver(panel, lay)
  useEventListener(window, 'resize', lay)
  // What scrolls under it takes its anchor along; its own scrolling does not.
  useEventListener(window, 'scroll', ({ target }) => target !== panel.value && lay(), { capture: true, passive: true })
}

/** The attribute of what is shown over everything until it is closed. */
export const MANUAL = { popover: 'manual' } as const
