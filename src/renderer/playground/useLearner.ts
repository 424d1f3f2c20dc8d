import { safe } from '@orpc/client'
import type { PlaygroundDecision, PlaygroundLearner } from '@shared/contract/playground'
import type { ChangedCoefficients } from '@shared/contract/playground-world'
import { STARTS } from '@shared/experiment/recovery'
import { useThrottleFn } from '@vueuse/core'
import { computed, type Ref, shallowRef, watch } from 'vue'
import { useConnection } from '../services/connection'
import { newest } from './newest'
import type { Phase } from './phases'

/** While a learner is followed its placements are asked for this often at most, in milliseconds. */
const FOLLOW_MS = 400

/** The learner whose placements are looked at in place of the policy's, as far as it has come; none unless one is chosen. */
export function useLearner(
  session: Readonly<Ref<{ session: string } | undefined>>,
  changes: Readonly<Ref<ChangedCoefficients>>,
  sample: Readonly<Ref<string | undefined>>,
  phases: Readonly<Ref<readonly Phase[]>>
) {
  const { client } = useConnection()
  const learner = shallowRef<PlaygroundLearner>()
  const learned = shallowRef<PlaygroundDecision>()
  /** Those of the last adaptation. */
  const learners = computed<PlaygroundLearner[]>(() => {
    const last = phases.value.at(-1)
    return last ? STARTS.flatMap((start) => last.learned[start].map(({ seed }) => ({ start, seed }))) : []
  })

  const ask = newest(async () => {
    const { value: own } = session
    const { value: chosen } = learner
    if (!own || !chosen) return
    const asked = { session: own.session, changes: changes.value, sample: sample.value, learner: chosen }
    const { data, error } = await safe(client.playground.decide(asked))
    if (learner.value !== chosen || session.value !== own) return
    // It went with its process: the policy is looked at again.
    if (error) learner.value = undefined
    else learned.value = data
  })

  // The same start of the next adaptation is looked at next.
  watch(learners, (now) => {
    const { value: chosen } = learner
    if (!chosen || now.some(({ start, seed }) => start === chosen.start && seed === chosen.seed)) return
    learner.value = now.find(({ start }) => start === chosen.start)
  })
  watch(learner, () => {
    learned.value = undefined
    ask()
  })
  watch([changes, sample], ask)
  watch(phases, useThrottleFn(ask, FOLLOW_MS, true))

  return { learner, learned, learners }
}
