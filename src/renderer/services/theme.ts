import { usePreferredDark, useStorage } from '@vueuse/core'
import { computed, effectScope, type Ref, watchEffect } from 'vue'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const scope = effectScope(true)

const state = scope.run(() => {
  const theme: Ref<Theme> = useStorage<Theme>('lab-theme', 'system', undefined, {
    // What another version or another hand left there is no theme: the system's then.
    serializer: { read: (raw) => THEMES.find((name) => name === raw) ?? 'system', write: (value) => value }
  })
  const prefersDark = usePreferredDark()
  const shown = computed<'dark' | 'light'>(() => (theme.value === 'system' ? (prefersDark.value ? 'dark' : 'light') : theme.value))
  return { theme, shown }
})

if (!state) throw new Error('the theme has no scope')

/** What was chosen, and what it comes to now. */
export const { theme, shown } = state

/** From one theme to the next, round and round. */
export function turnTheme(): void {
  theme.value = THEMES[(THEMES.indexOf(theme.value) + 1) % THEMES.length]
}

/** Puts the theme's class on <html> and keeps it there. */
export function applyTheme(): void {
  scope.run(() =>
    watchEffect(() => {
      document.documentElement.classList.toggle('dark', shown.value === 'dark')
      document.documentElement.classList.toggle('light', shown.value === 'light')
    })
  )
}
