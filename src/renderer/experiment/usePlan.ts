import { isDefinedError, safe } from '@orpc/client'
import type { PlanRecord } from '@shared/contract/experiments'
import type { Fault } from '@shared/experiment/experiment'
import { useDebounceFn } from '@vueuse/core'
import { computed, type Ref, shallowRef, watch } from 'vue'
import { useRouter } from 'vue-router'
import { useConnection } from '../services/connection'
import { reasonOf } from '../services/faults'
import { useHistory } from '../services/history'
import { useSystem } from '../services/system'
import { useTiming } from '../services/timing'
import { say } from '../services/toasts'
import { text } from '../ui/text'
import { planBytes, planTime } from './estimate'
import type { ExperimentPlan } from './plan'

/** The plan is worked out this long after the last edit. */
const PAUSE_MS = 200

/** What the current plan comes to, and starting it. `keep` saves it where it is edited; undefined where that failed. */
export function usePlan(
  plan: Readonly<Ref<ExperimentPlan>>,
  ready: Readonly<Ref<boolean>>,
  keep: () => Promise<{ id: string; version: number } | undefined>
) {
  const { client } = useConnection()
  const history = useHistory()
  const system = useSystem()
  const router = useRouter()
  const record = shallowRef<PlanRecord>()
  const faults = shallowRef<readonly Fault[]>([])
  const starting = shallowRef(false)
  const isEmpty = computed(() => plan.value.scenarios.length === 0 || plan.value.algorithms.length === 0 || plan.value.seeds.length === 0)
  const isNameless = computed(() => plan.value.name.trim() === '')
  let turn = 0
  /** What is still being worked out of an older state of the plan. */
  let working = new AbortController()

  async function work(): Promise<void> {
    turn += 1
    const mine = turn
    working.abort()
    working = new AbortController()
    if (isEmpty.value) {
      record.value = undefined
      faults.value = []
      return
    }
    const { error, data } = await safe(client.experiments.plan({ source: { document: named(plan.value) } }, { signal: working.signal }))
    if (mine !== turn) return
    if (data) {
      record.value = data
      faults.value = []
    } else if (isDefinedError(error) && error.code === 'INVALID') {
      record.value = undefined
      faults.value = error.data.faults
    } else faults.value = [{ path: '', message: reasonOf(error) }]
  }

  const later = useDebounceFn(() => void work(), PAUSE_MS)
  watch([plan, ready], ([, now]) => now && void later(), { immediate: true })
  // Runs that end, begin or go away change what is missing.
  const standing = computed(() => {
    let sum = 0
    for (const row of history.rows.values()) if (row.status === 'completed' || row.status === 'diverged') sum += 1
    return `${history.rows.size}/${history.active.length}/${sum}`
  })
  watch(standing, () => ready.value && void later())

  const parallel = computed(() => system.info?.parallel ?? 1)
  const timed = useTiming()
  const which = computed(() => (record.value && record.value.missing > 0 ? 'missing' : 'all'))
  const time = computed(() => record.value && planTime(record.value, which.value, timed.timing, parallel.value, system.cards))
  const size = computed(() => record.value && planBytes(record.value, which.value, parallel.value))
  const blocked = computed(() => (system.readOnly ? text.actions.readOnly : isNameless.value ? text.planner.noName : undefined))
  const startable = computed(() => record.value !== undefined && !starting.value && blocked.value === undefined)

  /** Queues the plan's runs, or those that are missing; `seeds` instead of its own. What is queued is saved as a version too. */
  async function start({ onlyMissing, seeds }: { onlyMissing: boolean; seeds?: number[] }): Promise<void> {
    if (!startable.value) return
    starting.value = true
    const saved = await keep()
    if (saved) {
      const { error, data } = await safe(
        client.experiments.start({ source: { document: named(plan.value) }, saved, onlyMissing, ...(seeds && { seeds }) })
      )
      if (data) {
        say(text.planner.started(data.name, data.runs.length, data.leftOut))
        await router.push({ name: 'runs', query: { experiment: String(data.experimentId) } })
      } else if (isDefinedError(error) && error.code === 'INVALID') faults.value = error.data.faults
      else faults.value = [{ path: '', message: reasonOf(error) }]
    }
    starting.value = false
  }

  return { record, faults, isEmpty, isNameless, starting, startable, blocked, parallel, which, time, size, start }
}

/** A plan without a name yet is worked out all the same. */
function named(plan: ExperimentPlan): ExperimentPlan {
  return plan.name.trim() === '' ? { ...plan, name: text.planner.untitled } : plan
}
