import { isDefinedError, safe } from '@orpc/client'
import type { QueuesRecord } from '@shared/contract/assessments'
import { useDebounceFn } from '@vueuse/core'
import { computed, onScopeDispose, type Ref, ref, shallowRef, watch } from 'vue'
import { useConnection } from '../services/connection'
import { reasonOf } from '../services/faults'
import { useLibrary } from '../services/library'
import type { Drawing } from './drawing'
import { bottleneckOf, type LoadChoice, loadOnMap, loadScenario, PRESET_LOADS, loadQueues } from './load'

/** How long the hand rests before batches are placed again. */
const PAUSE_MS = 600

/** Where the batches of a chosen workload queue on a drawing, computed by the program whenever one of them changes. */
export function useLoad(drawing: Readonly<Ref<Drawing>>, hasFaults: Readonly<Ref<boolean>>) {
  const { client } = useConnection()
  const { documents } = useLibrary('workload')
  const isOpen = ref(false)
  const choices = computed<readonly LoadChoice[]>(() => [
    ...PRESET_LOADS,
    ...documents.value.filter((card) => card.faults === 0).map(({ name }) => ({ value: `own/${name}`, label: name, workload: name }))
  ])
  const chosen = ref(PRESET_LOADS[0].value)
  const record = shallowRef<QueuesRecord>()
  /** The drawing the record is of: later ones are looked at beside it until their own is there. */
  const of = shallowRef<Drawing>()
  const problem = ref('')
  const isComputing = ref(false)
  let working = new AbortController()

  async function compute(): Promise<void> {
    working.abort()
    working = new AbortController()
    const { signal } = working
    const { value: now } = drawing
    const choice = choices.value.find(({ value }) => value === chosen.value)
    if (!isOpen.value || hasFaults.value || now.nodes.length === 0 || !choice) {
      isComputing.value = false
      return
    }
    isComputing.value = true
    const { error, data } = await safe(
      client.assessments.queues({ scenario: { document: loadScenario(now, choice.workload) } }, { signal })
    )
    if (signal.aborted) return
    isComputing.value = false
    record.value = data
    of.value = now
    const [fault] = isDefinedError(error) && error.code === 'INVALID' ? error.data.faults : []
    problem.value = data ? '' : (fault?.message ?? reasonOf(error))
  }
  const later = useDebounceFn(() => void compute(), PAUSE_MS)
  watch([isOpen, chosen], () => void compute())
  watch([drawing, hasFaults], () => isOpen.value && void later())
  onScopeDispose(() => working.abort())

  const queues = computed(() => (record.value && of.value ? loadQueues(of.value, record.value.load) : []))
  const bottleneck = computed(() => bottleneckOf(queues.value))
  const onMap = computed(() =>
    isOpen.value && record.value && !hasFaults.value ? loadOnMap(drawing.value, record.value.load, bottleneck.value) : undefined
  )
  return { isOpen, choices, chosen, record, of, problem, isComputing, queues, bottleneck, onMap }
}
