import { shallowRef } from 'vue'
import type { Drawing } from './drawing'

/** What was copied last, in whichever topology: it can be pasted into another. */
export const clipboard = shallowRef<Drawing>()
