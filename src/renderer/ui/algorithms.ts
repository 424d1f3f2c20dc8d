import { colorsOf, type Drawn, type LineStyle, lineOf } from '@shared/algorithms/looks'
import { computed, shallowRef } from 'vue'

/** The algorithms whose looks are known: they come with the catalogue. */
const drawn = shallowRef<readonly Drawn[]>([])
let sheet: CSSStyleSheet | undefined

/** Takes the looks of a catalogue: its colours become tokens of both themes. */
export function showLooks(cards: readonly Drawn[]): void {
  const rule = (theme: 'light' | 'dark') =>
    `html.${theme} { ${[...colorsOf(cards, theme)].map(([token, color]) => `--${token}: ${color};`).join(' ')} }`
  if (!sheet) {
    sheet = new CSSStyleSheet()
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  }
  sheet.replaceSync(`${rule('light')} ${rule('dark')}`)
  drawn.value = cards
}

/** The line of an algorithm, everywhere; grey until the catalogue is there. */
export function algorithmStyle(algorithm: string): LineStyle {
  return lineOf(drawn.value, algorithm)
}

/** Changes when looks do: what reads colours out of the page asks it, and then again. */
export const looks = computed(() => drawn.value)
