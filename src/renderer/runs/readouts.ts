import type { RunRow } from '@shared/contract/records'
import { referenceKindOf } from '@shared/run/evaluation'
import { sourceTitle } from '@shared/algorithms/foreign'
import { isTrained, stepUnitOf } from '@shared/run/steps'
import { amount, cost, duration, gap, integer, type Maybe, NONE } from '@shared/format'
import { text } from '../ui/text'
import { paceOf } from './pace'

/** One figure over the charts. */
export interface Readout {
  label: string
  value: string
  unit?: string
  /** Beside it, quietly: the optimum's value, the end to come. */
  aside?: string
}

/** The curves' last values: what is told over them while a run is learning, all of one moment. */
export interface LatestCurves {
  gap: Maybe
  cost: Maybe
  delay: Maybe
  energy: Maybe
}

export function readouts(row: RunRow, curves: LatestCurves): Readout[] {
  const { evaluation, latest } = row
  const { units, run } = text
  const kind = evaluation ? referenceKindOf(evaluation) : 'optimum'
  /** Nothing where no placement is known that the references come to. */
  const best = (value: number | undefined, unit: string) =>
    value === undefined || Number.isNaN(value) ? undefined : run.referenceShort[kind](`${amount(value)} ${unit}`)
  const most = kind === 'bound' ? '≤ ' : ''
  const unit = stepUnitOf(row)
  const isCounted = row.totalLearnSteps > 0
  const running = row.status === 'running'
  if (row.foreign)
    return [
      { label: run.foreign.tracker, value: sourceTitle(row.foreign.source) },
      { label: run.steps[unit], value: integer(row.learnSteps) },
      { label: run.time[unit], value: row.startedAt === undefined ? NONE : duration(row.seconds) },
      { label: run.foreign.parameters, value: integer(Object.keys(row.parameters).length) }
    ]
  return [
    {
      label: evaluation ? run.gapOf(evaluation.batches ?? evaluation.workflows) : run.gap,
      value: most + gap(evaluation?.gapMean ?? curves.gap ?? latest.gap),
      unit: units.percent,
      aside: run.gapTo[kind]
    },
    {
      label: run.gapP95,
      value: most + gap(evaluation?.gapP95),
      unit: evaluation && units.percent,
      aside: evaluation && run.most(`${gap(evaluation.gapMax)} ${units.percent}`)
    },
    {
      label: evaluation?.batches ? run.batchCost : run.cost,
      value: cost(evaluation?.meanCost ?? curves.cost ?? latest.cost),
      aside: evaluation && run.referenceCost[kind](cost(evaluation.optimum.meanCost))
    },
    {
      label: run.delay,
      value: amount(evaluation?.meanDelaySeconds ?? curves.delay),
      unit: units.seconds,
      aside: best(evaluation?.optimum.meanDelaySeconds, units.seconds)
    },
    {
      label: run.energy,
      value: amount(evaluation?.meanEnergyJoules ?? curves.energy),
      unit: units.joules,
      aside: best(evaluation?.optimum.meanEnergyJoules, units.joules)
    },
    {
      label: run.steps[unit],
      value: isCounted ? integer(row.learnSteps) : NONE,
      aside: isCounted ? run.of(integer(row.totalLearnSteps)) : undefined
    },
    { label: run.speed, value: speed(row), unit: isTrained(row) && row.learnSteps > 0 ? run.speedUnit : undefined },
    running && isCounted
      ? { label: run.left, value: timeLeft(row), aside: run.soFar(duration(row.seconds)) }
      : { label: run.time[unit], value: row.startedAt === undefined ? NONE : duration(row.seconds) }
  ]
}

/** Of learn steps alone: searches and rules have no pace of their own that would mean something. */
function speed(row: RunRow): string {
  const pace = isTrained(row) ? paceOf(row) : undefined
  return pace === undefined ? NONE : integer(pace)
}

function timeLeft(row: RunRow): string {
  const pace = paceOf(row)
  return pace === undefined ? NONE : duration((row.totalLearnSteps - row.learnSteps) / pace)
}
