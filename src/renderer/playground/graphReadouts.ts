import type { GraphPlay } from '@shared/contract/playground-graphs'
import type { EvaluationSummary } from '@shared/contract/records'
import { amount, cost, gap, milliseconds, NONE } from '@shared/format'
import { weakestKind } from '@shared/model/assessment'
import { REFERENCE_KINDS, type ReferenceKind } from '@shared/model/world'
import { text } from '../ui/text'
import type { Figure } from './readouts'

/** What the references of held-out batches are together; the weakest of them says. */
export function kindOf({ reference }: GraphPlay['heldOut']): ReferenceKind | undefined {
  return reference && weakestKind(REFERENCE_KINDS.filter((kind) => (reference.kinds[kind] ?? 0) > 0))
}

/**
 * The six figures: what the policy costs now, the reference, the gap between them over the batches that are measured, delay, energy, and how
 * long it took to decide the batch that is shown. `before`: of the run, in the trained world.
 */
export function graphFiguresOf({ heldOut, decisionMs }: GraphPlay, before: EvaluationSummary | undefined): Figure[] {
  const { playground, units } = text
  const [policy] = heldOut.placed
  const { reference, batches } = heldOut
  const kind = kindOf(heldOut)
  const was = (value: string | undefined) => (value === undefined ? '' : playground.was(value))
  const isPart = reference === undefined || reference.measured < batches
  const part = playground.measuredOf(reference?.measured ?? 0, batches)
  return [
    { label: playground.costNow, value: cost(policy?.means.cost), aside: was(before && cost(before.meanCost)) },
    {
      label: playground.referenceNow[kind ?? 'best-known'],
      value: cost(reference?.cost),
      aside: isPart ? part : was(before && cost(before.optimum.meanCost))
    },
    {
      label: playground.gap,
      value: gap(policy?.gap),
      ...(policy?.gap !== undefined && { unit: units.percent }),
      aside: isPart ? part : was(before && `${gap(before.gapMean)} %`)
    },
    {
      label: playground.delay,
      value: amount(policy?.means.delaySeconds),
      unit: units.seconds,
      aside: was(before && `${amount(before.meanDelaySeconds)} s`)
    },
    {
      label: playground.energy,
      value: amount(policy?.means.energyJoules),
      unit: units.joules,
      aside: was(before && `${amount(before.meanEnergyJoules)} J`)
    },
    { label: playground.decided, value: decisionMs > 0 ? milliseconds(decisionMs) : NONE, aside: playground.decidedBatch }
  ]
}
