import type { PolicyRow } from '@shared/contract/policies'
import type { RunRow } from '@shared/contract/records'
import type { AlgorithmCard } from '@shared/algorithms/card'
import type { Start } from '@shared/experiment/recovery'

type Cards = ReadonlyMap<string, AlgorithmCard>

/** Whether two runs' networks give the same, the same way. */
function giveAlike(own: RunRow, other: RunRow, cards: Cards): boolean {
  const [a, b] = [own, other].map(({ algorithm }) => cards.get(algorithm)?.networks)
  return a !== undefined && a.values === b?.values && a.head === b.head
}

/** Whether a run's weights are ψ, since it learned over environments. */
export function isMeta(run: RunRow, cards: Cards): boolean {
  return cards.get(run.algorithm)?.needsEnvironments === true
}

/** What a start is called: weights that no meta-learning made are not ψ. */
export const startName = (start: Start, isPsi: boolean) => (start === 'psi' && !isPsi ? 'weights' : start)

const isConditioned = ({ parameters }: RunRow) => parameters.conditioned === true

/** Whether a run can start from another's weights: the same networks of the same size, for as many places and tasks. */
export function canStartFrom(own: RunRow, other: RunRow, cards: Cards): boolean {
  return (
    other.id !== own.id &&
    other.status === 'completed' &&
    other.totalLearnSteps > 0 &&
    giveAlike(own, other, cards) &&
    other.parameters.hidden === own.parameters.hidden &&
    isConditioned(other) === isConditioned(own) &&
    other.facts?.locations === own.facts?.locations &&
    other.facts?.tasks === own.facts?.tasks
  )
}

/** The same of a policy that has a name. Its card does not tell a dueling head. */
export function canStartFromNamed(own: RunRow, policy: PolicyRow, cards: Cards): boolean {
  return (
    policy.kind === cards.get(own.algorithm)?.networks?.values &&
    policy.hidden === own.parameters.hidden &&
    policy.conditioned === isConditioned(own) &&
    policy.places === own.facts?.locations &&
    policy.tasks === own.facts?.tasks
  )
}
