import type { PlaygroundDecision } from '@shared/contract/playground'
import { amount, cost, gap, integer } from '@shared/format'
import { text } from '../ui/text'
import { type Phase, recoveryIn, reachedBy } from './phases'

/** One figure over the map. */
export interface Figure {
  label: string
  value: string
  unit?: string
  aside: string
  good?: boolean
}

/** The six figures: what the policy costs now, the optimum now, how far apart, what adapting made of it, delay and energy. */
export function figuresOf(now: PlaygroundDecision, before: PlaygroundDecision, phase: Phase | undefined, isPsi: boolean): Figure[] {
  const { playground, units } = text
  const [policy, optimum] = [now.heldOut.policy, now.heldOut.optimum]
  const start = phase && phase.learned.psi.length > 0 ? 'psi' : 'old'
  const adapted = start === 'psi' && !isPsi ? playground.adapted.weights : playground.adapted[start]
  const learned = phase?.learned[start] ?? []
  const last = reachedBy(learned)
  return [
    { label: playground.cost, value: cost(policy.cost), aside: playground.was(cost(before.heldOut.policy.cost)) },
    { label: playground.optimum, value: cost(optimum.cost), aside: playground.was(cost(before.heldOut.optimum.cost)) },
    { label: playground.gap, value: gap(now.heldOut.gap), unit: units.percent, aside: playground.was(`${gap(before.heldOut.gap)} %`) },
    {
      label: adapted,
      value: gap(last?.gap),
      ...(last && { unit: units.percent }),
      aside: last ? playground.afterSteps(integer(last.step)) : playground.notAdapted,
      good: learned.length > 0 && recoveryIn(learned).recovered === learned.length
    },
    {
      label: playground.delay,
      value: amount(policy.delaySeconds),
      unit: units.seconds,
      aside: playground.optimumIs(`${amount(optimum.delaySeconds)} s`)
    },
    {
      label: playground.energy,
      value: amount(policy.energyJoules),
      unit: units.joules,
      aside: playground.optimumIs(`${amount(optimum.energyJoules)} J`)
    }
  ]
}
