import type { RunRow } from '@shared/contract/records'
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
  const optimum = (value: string | undefined) => (value === undefined ? undefined : run.optimumShort(value))
  const learns = row.totalLearnSteps > 0
  const training = row.status === 'running'
  return [
    {
      label: evaluation ? run.gapOf(evaluation.workflows) : run.gap,
      value: gap(evaluation?.gapMean ?? curves.gap ?? latest.gap),
      unit: units.percent
    },
    {
      label: run.gapP95,
      value: gap(evaluation?.gapP95),
      unit: evaluation && units.percent,
      aside: evaluation && run.most(`${gap(evaluation.gapMax)} ${units.percent}`)
    },
    {
      label: run.cost,
      value: cost(evaluation?.meanCost ?? curves.cost ?? latest.cost),
      aside: evaluation && run.optimumCost(cost(evaluation.optimum.meanCost))
    },
    {
      label: run.delay,
      value: amount(evaluation?.meanDelaySeconds ?? curves.delay),
      unit: units.seconds,
      aside: optimum(evaluation && `${amount(evaluation.optimum.meanDelaySeconds)} ${units.seconds}`)
    },
    {
      label: run.energy,
      value: amount(evaluation?.meanEnergyJoules ?? curves.energy),
      unit: units.joules,
      aside: optimum(evaluation && `${amount(evaluation.optimum.meanEnergyJoules)} ${units.joules}`)
    },
    { label: run.steps, value: learns ? integer(row.learnSteps) : NONE, aside: learns ? run.of(integer(row.totalLearnSteps)) : undefined },
    { label: run.speed, value: speed(row), unit: learns && row.learnSteps > 0 ? run.speedUnit : undefined },
    training && learns
      ? { label: run.left, value: timeLeft(row), aside: run.soFar(duration(row.seconds)) }
      : { label: run.time, value: row.startedAt === undefined ? NONE : duration(row.seconds) }
  ]
}

function speed(row: RunRow): string {
  const pace = paceOf(row)
  return pace === undefined ? NONE : integer(pace)
}

function timeLeft(row: RunRow): string {
  const pace = paceOf(row)
  return pace === undefined ? NONE : duration((row.totalLearnSteps - row.learnSteps) / pace)
}
