import { useStorage, useWindowSize } from '@vueuse/core'
import { type ComputedRef, computed, effectScope, watchEffect } from 'vue'

/** Text sizes on offer, percent. */
export const TEXT_SIZES = { least: 90, most: 150, step: 10, usual: 100 } as const

/** A percentage that can be had; the usual one for what another version or another hand left. */
function textSizeOf(stored: string): number {
  const percent = Number(stored)
  const { least, most, step, usual } = TEXT_SIZES
  return Number.isInteger(percent / step) && percent >= least && percent <= most ? percent : usual
}

const scope = effectScope(true)

/** The size of text and of all that holds text, percent. */
export const textSize = useStorage('lab-text-size', TEXT_SIZES.usual as number, undefined, {
  serializer: { read: textSizeOf, write: String }
})

export function changeTextSize(by: number): void {
  textSize.value = Math.min(TEXT_SIZES.most, Math.max(TEXT_SIZES.least, textSize.value + by))
}

/** A length that holds text, at the present text size: for what is laid out by script. Pixels in, pixels out. */
export function scaled(pixels: number): number {
  return (pixels * textSize.value) / 100
}

/** The window's width as the layout sees it: with larger text it is a narrower one. In pixels of the design. */
export function usePageWidth(): ComputedRef<number> {
  const { width } = useWindowSize()
  return computed(() => (width.value * 100) / textSize.value)
}

/** Every length of our style sheets is in rem (see scripts/rem.ts): the root's font size scales them all. */
export function applyTextSize(): void {
  scope.run(() =>
    watchEffect(() => {
      document.documentElement.style.fontSize = `${(16 * textSize.value) / 100}px`
    })
  )
}
