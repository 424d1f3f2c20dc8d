import { useStorage } from '@vueuse/core'
import { readonly, ref } from 'vue'

/** `closed` once it has been seen or skipped: it never comes again of itself. */
const seen = useStorage<'new' | 'closed'>('lab-tour', 'new', undefined, {
  serializer: { read: (raw) => (raw === 'closed' ? 'closed' : 'new'), write: (value) => value }
})
const step = ref<number | undefined>(seen.value === 'new' ? 0 : undefined)

/** The step of the tour that is shown, counted from 0; undefined where none is. */
export const tourStep = readonly(step)

export function startTour(): void {
  step.value = 0
}

export function goToStep(next: number): void {
  step.value = next
}

export function closeTour(): void {
  step.value = undefined
  seen.value = 'closed'
}
