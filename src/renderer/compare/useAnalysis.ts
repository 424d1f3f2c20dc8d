import type { ComparisonAnalysis, GroupLosses } from '@shared/contract/comparisons'
import type { Basis } from '@shared/experiment/training'
import { onScopeDispose, type ShallowRef, shallowRef, watch } from 'vue'
import { useConnection } from '../services/connection'
import { reasonOf } from '../services/faults'

/** What is asked of the program of the compared runs; asked again whenever one of them has been evaluated. */
export interface AskedAnalysis {
  ids: readonly string[]
  against?: string
  basis: Basis
  bestOf: boolean
  /** Names which of the runs have been evaluated. */
  evaluated: string
}

interface Answer<Result> {
  /** The last one, also while the next is computed; undefined where nothing is asked. */
  result: ShallowRef<Result | undefined>
  fault: ShallowRef<string | undefined>
  isPending: ShallowRef<boolean>
}

/** What the program answers to a question, again whenever that changes. The one before is given up, and so is the last one when the page is left. */
function useAnswer<Question, Result>(
  question: () => Question | undefined,
  ask: (question: Question, signal: AbortSignal) => Promise<Result>
): Answer<Result> {
  const result = shallowRef<Result>()
  const fault = shallowRef<string>()
  const isPending = shallowRef(false)
  let asking = new AbortController()

  async function read(): Promise<void> {
    asking.abort()
    asking = new AbortController()
    const { signal } = asking
    const asked = question()
    fault.value = undefined
    isPending.value = asked !== undefined
    if (asked === undefined) {
      result.value = undefined
      return
    }
    try {
      const found = await ask(asked, signal)
      if (!signal.aborted) result.value = found
    } catch (error) {
      if (!signal.aborted) fault.value = reasonOf(error)
    }
    if (!signal.aborted) isPending.value = false
  }

  watch(() => JSON.stringify(question() ?? null), read, { immediate: true })
  onScopeDispose(() => asking.abort())
  return { result, fault, isPending }
}

/** Figures, tests, profiles and documents of the compared runs. */
export function useAnalysis(asked: () => AskedAnalysis | undefined): Answer<ComparisonAnalysis> {
  const { client } = useConnection()
  return useAnswer(asked, ({ ids, against, basis, bestOf }, signal) =>
    client.comparisons.analyse({ ids: [...ids], against, basis, bestOf }, { signal })
  )
}

/** Where one group's policies spend more than the optimum. */
export function useLosses(asked: () => { ids: readonly string[]; evaluated: string } | undefined): Answer<GroupLosses> {
  const { client } = useConnection()
  return useAnswer(asked, async ({ ids }, signal) => (await client.comparisons.losses({ ids: [...ids] }, { signal }))[0])
}
