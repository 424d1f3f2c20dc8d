import { timingOf } from '@shared/run/timing'
import { defineStore } from 'pinia'
import { computed } from 'vue'
import { useHistory } from './history'
import { useSystem } from './system'

/** How long learn steps take on this machine, by all runs there are: read off once for all that ask. */
export const useTiming = defineStore('timing', () => {
  const history = useHistory()
  const system = useSystem()
  const timing = computed(() => timingOf(history.rows.values(), system.cards))
  return { timing }
})
