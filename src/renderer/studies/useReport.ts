import type { StudyProgress, StudyReport } from '@shared/contract/studies'
import type { Variant } from '@shared/studies/study'
import { shallowRef, watch } from 'vue'
import { useConnection } from '../services/connection'
import { reasonOf } from '../services/faults'

/** What came of a study, read again whenever more of its runs have ended. */
export function useReport(id: () => string, variant: () => Variant, progress: () => StudyProgress | undefined) {
  const { client } = useConnection()
  const report = shallowRef<StudyReport>()
  const fault = shallowRef<string>()
  let asked = 0

  watch(
    [id, variant, () => progress()?.done, () => progress()?.endedAt],
    async ([study, size, done], [formerStudy, formerSize]) => {
      const turn = ++asked
      // What is told of another study or size would be taken for this one's.
      if (study !== formerStudy || size !== formerSize) report.value = undefined
      if (!done) {
        report.value = undefined
        return
      }
      try {
        const read = await client.studies.result({ id: study, variant: size })
        if (turn !== asked) return
        report.value = read
        fault.value = undefined
      } catch (error) {
        if (turn === asked) fault.value = reasonOf(error)
      }
    },
    { immediate: true }
  )
  return { report, fault }
}
