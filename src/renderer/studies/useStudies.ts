import type { StudyCard, StudyProgress } from '@shared/contract/studies'
import type { Variant } from '@shared/studies/study'
import { useThrottleFn } from '@vueuse/core'
import { computed, shallowRef, watch } from 'vue'
import { useConnection } from '../services/connection'
import { reasonOf } from '../services/faults'
import { useHistory } from '../services/history'
import { useSystem } from '../services/system'
import { say } from '../services/toasts'
import { pacesOf, secondsOf } from '../experiment/estimate'
import { duration } from '@shared/format'
import { text } from '../ui/text'

/** The gallery follows its runs, but asks the program no more often than this. */
const REFRESH_MS = 1000

/** Every study and how far it has come, and what can be asked of them. */
export function useStudies() {
  const { client } = useConnection()
  const history = useHistory()
  const system = useSystem()
  const cards = shallowRef<readonly StudyCard[]>([])
  const unread = shallowRef<string>()
  const blocked = computed(() => (system.readOnly ? text.actions.readOnly : undefined))

  async function read(): Promise<void> {
    try {
      cards.value = await client.studies.list({})
      unread.value = undefined
    } catch (error) {
      unread.value = reasonOf(error)
    }
  }
  const readSoon = useThrottleFn(read, REFRESH_MS, true)
  watch([() => history.rows, () => history.loaded], () => void readSoon(), { immediate: true })

  async function start(ids: readonly string[], variant: Variant): Promise<void> {
    try {
      const { runs } = await client.studies.start({ ids: [...ids], variant })
      say(text.studies.started(runs.length))
      await read()
    } catch (error) {
      say(text.studies.notStarted(reasonOf(error)), { kind: 'error' })
    }
  }

  async function stop(ids: readonly string[], variant: Variant): Promise<void> {
    try {
      await client.studies.stop({ ids: [...ids], variant })
      say(text.studies.stopped)
      await read()
    } catch (error) {
      say(reasonOf(error), { kind: 'error' })
    }
  }

  async function again(runs: readonly string[]): Promise<void> {
    try {
      const queued = await client.studies.again({ runs: [...runs] })
      say(text.studies.started(queued.runs.length))
    } catch (error) {
      say(text.studies.notStarted(reasonOf(error)), { kind: 'error' })
    }
  }

  /** How long what is missing takes, where this machine has trained such runs; runs without training take no time. */
  function timeOf(progress: readonly StudyProgress[]): string | undefined {
    const learnSteps: Record<string, number> = {}
    for (const each of progress) {
      for (const [algorithm, steps] of Object.entries(each.learnSteps)) learnSteps[algorithm] = (learnSteps[algorithm] ?? 0) + steps
    }
    if (Object.keys(learnSteps).length === 0) return undefined
    const seconds = secondsOf(learnSteps, pacesOf(history.rows.values()), system.info?.parallel ?? 1)
    return seconds === undefined ? undefined : duration(seconds)
  }

  return { cards, unread, blocked, read, start, stop, again, timeOf }
}
