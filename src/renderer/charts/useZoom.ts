import { shallowRef } from 'vue'

export type ZoomRange = [from: number, to: number]

/** Fewer steps than this in sight tell nothing. */
const LEAST = 4

/** The steps in sight: all, or a stretch that was chosen, within 0 … `last()`. */
export function useZoom(last: () => number) {
  const range = shallowRef<ZoomRange>()

  function zoomTo(wanted: ZoomRange | undefined): void {
    if (!wanted) {
      range.value = undefined
      return
    }
    const end = last()
    const width = Math.min(end, Math.max(LEAST, wanted[1] - wanted[0]))
    const from = Math.min(Math.max(0, wanted[0]), end - width)
    range.value = width >= end ? undefined : [from, from + width]
  }

  /** Around the middle: 0.5 shows half as much, 2 twice as much. */
  function zoomBy(factor: number): void {
    const [from, to] = range.value ?? [0, last()]
    const middle = (from + to) / 2
    const half = ((to - from) / 2) * factor
    zoomTo([middle - half, middle + half])
  }

  /** Half of what is in sight to either side. */
  function pan(direction: 1 | -1): void {
    if (!range.value) return
    const [from, to] = range.value
    const by = ((to - from) / 2) * direction
    zoomTo([from + by, to + by])
  }

  return { range, zoomTo, zoomBy, pan }
}
