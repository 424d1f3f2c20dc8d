import { computed } from 'vue'
import { shown } from '../services/theme'
import type { Drawn } from '@shared/algorithms/looks'
import { looks } from '../ui/algorithms'

/** The colour of a token as the canvas needs it: a value. The tokens' one home is tokens.css. */
export type Palette = (token: string) => string

function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement)
  const known = new Map<string, string>()
  return (token) => {
    let value = known.get(token)
    if (value === undefined) {
      value = style.getPropertyValue(`--${token}`).trim()
      known.set(token, value)
    }
    return value
  }
}

/** Read again whenever the theme changes, or algorithms bring colours of their own. */
export const palette = computed<{ theme: 'dark' | 'light'; color: Palette; looks: readonly Drawn[] }>(() => ({
  theme: shown.value,
  color: readPalette(),
  looks: looks.value
}))
