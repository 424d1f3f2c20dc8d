import type { RunRow } from '@shared/contract/records'
import { computed } from 'vue'
import { useHistory } from '../services/history'
import { useSystem } from '../services/system'
import { text } from '../ui/text'
import { canStartFrom, canStartFromNamed, isMeta } from './starts'
import { useNamedPolicies } from './useNamedPolicies'

/** Weights that learners can start from beside those of the run itself. */
export interface ChosenStart {
  /** What the program calls it: a policy's name, or a run's id. */
  key: string
  /** What people call it; each has another name. */
  name: string
  /** Made by meta-learning: ψ, and not the weights of a run that learned in one environment. */
  isPsi: boolean
}

/** Policies with names, and runs, whose networks have the shape of a run's; of each ψ first, then the newest. */
export function useStarts(own: () => RunRow | undefined) {
  const history = useHistory()
  const system = useSystem()
  const named = useNamedPolicies()
  const starts = computed<ChosenStart[]>(() => {
    const run = own()
    if (!run) return []
    const policies = named.value
      .filter((policy) => canStartFromNamed(run, policy, system.cards))
      .map(({ name, meta }) => ({ key: name, name: text.playground.namedOption(name, meta), isPsi: meta }))
    const runs = [...history.rows.values()]
      .filter((other) => canStartFrom(run, other, system.cards))
      .sort((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0))
      .map((other) => {
        const isPsi = isMeta(other, system.cards)
        return { key: other.id, name: text.playground.runOption(other.algorithm, other.seed, other.id, isPsi), isPsi }
      })
    return [policies, runs].flatMap((each) => [...each.filter(({ isPsi }) => isPsi), ...each.filter(({ isPsi }) => !isPsi)])
  })
  return { starts }
}
