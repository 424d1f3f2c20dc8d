import { shallowRef, watchEffect } from 'vue'
import { text } from '../ui/text'

/** What the page shows, and how far training has come, 0 to 1; both stand in the browser's tab. */
export const pageName = shallowRef(text.app.runs)
export const pageProgress = shallowRef<number>()

/** Full only when it is over. */
export const percentOf = (fraction: number): number => Math.min(99, Math.floor(fraction * 100))

/** Keeps the tab's words and picture as things stand. */
export function keepPageTitle(): void {
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
  const usual = icon?.getAttribute('href') ?? ''
  watchEffect(() => {
    const title = text.app.title(pageName.value)
    document.title = pageProgress.value === undefined ? title : text.desktop.progress(percentOf(pageProgress.value), title)
  })
  watchEffect(() => {
    // Drawn again at most every twentieth.
    const shown = pageProgress.value === undefined ? undefined : Math.round(pageProgress.value * 20) / 20
    icon?.setAttribute('href', shown === undefined ? usual : progressIcon(shown))
  })
}

const RADIUS = 6.5

/** A ring that fills, as a picture's address. Its colours are those of the mark. */
export function progressIcon(fraction: number): string {
  const round = 2 * Math.PI * RADIUS
  const ring = (colour: string, length: number) =>
    `<circle cx="9" cy="9" r="${RADIUS}" fill="none" stroke="${colour}" stroke-width="4" stroke-dasharray="${(length * round).toFixed(2)} ${round.toFixed(2)}" transform="rotate(-90 9 9)"/>`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 18 18">${ring('#7b8594', 1)}${ring('#2f9a74', fraction)}</svg>`
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}
