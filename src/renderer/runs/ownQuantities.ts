import type { RunRow } from '@shared/contract/records'
import { plain } from '@shared/format'
import { type Cards, namedParameter, parameterName, valueText } from '@shared/run/naming'
import { text } from '../ui/text'
import { furtherOfRun } from './further'
import { PARAMETER, variedParameters } from './grouping'

/** What can stand along an axis of a chart of one's own. */
export interface OwnQuantity {
  key: string
  /** With its unit. */
  name: string
  /** Undefined of a run that has none; a word where there are words instead of numbers. */
  of(row: RunRow): number | string | undefined
  /** On a tick. */
  text(value: number): string
  /** A gap, which reads best on a logarithmic axis. */
  isGap?: boolean
  /** Something that is chosen before a run, not measured in it. */
  isGiven?: boolean
}

const words = text.ownChart.quantities
const short = (value: number) => plain(Number(value.toPrecision(4)))
const percent = (value: number) => `${short(100 * value)} %`
const measured = (
  key: keyof typeof words,
  of: OwnQuantity['of'],
  shown: (value: number) => string = short,
  isGap = false
): OwnQuantity => ({
  key,
  name: words[key],
  of,
  text: shown,
  ...(isGap && { isGap })
})

const MEASURED: readonly OwnQuantity[] = [
  measured('gap', (row) => row.evaluation?.gapMean, percent, true),
  measured('p95', (row) => row.evaluation?.gapP95, percent, true),
  measured('max', (row) => row.evaluation?.gapMax, percent, true),
  measured('bestGap', (row) => row.evaluation?.course?.bestGap, percent, true),
  measured('meanGap', (row) => row.evaluation?.course?.meanGap, percent, true),
  measured('cost', (row) => row.evaluation?.meanCost),
  measured('delay', (row) => row.evaluation?.meanDelaySeconds),
  measured('energy', (row) => row.evaluation?.meanEnergyJoules),
  measured('exact', (row) => row.evaluation && row.evaluation.exactMatches / (row.evaluation.batches ?? row.evaluation.workflows), percent),
  measured('device', (row) => row.evaluation?.share.device, percent),
  measured('edge', (row) => row.evaluation?.share.edge, percent),
  measured('cloud', (row) => row.evaluation?.share.cloud, percent),
  measured('decision', (row) => row.evaluation?.decisionMs),
  measured('seconds', (row) => row.seconds),
  measured('steps', (row) => (row.learnSteps > 0 ? row.learnSteps : undefined), plain)
]

const given = (key: keyof typeof words, of: OwnQuantity['of']): OwnQuantity => ({ key, name: words[key], of, text: plain, isGiven: true })

const GIVEN: readonly OwnQuantity[] = [
  given('delta', (row) => row.facts?.energyWeight),
  given('tasks', (row) => row.facts?.tasks),
  given('places', (row) => row.facts?.locations),
  given('algorithm', (row) => row.algorithm),
  given('topology', (row) => row.topology),
  given('scenario', (row) => row.scenario),
  given('seed', (row) => row.seed)
]

/** Every quantity there is of these runs: what was given first, then what was measured. */
export function ownQuantities(rows: readonly RunRow[], cards: Cards): OwnQuantity[] {
  const parameters = variedParameters(rows).map((key): OwnQuantity => {
    const parameter = namedParameter(key, cards)
    const unit = [parameter?.symbol, parameter?.unit].filter(Boolean).join(', ')
    return {
      key: PARAMETER + key,
      name: unit ? `${parameterName(key, cards)} (${unit})` : parameterName(key, cards),
      of: (row) => {
        const value = furtherOfRun(row, PARAMETER + key, cards)
        return typeof value === 'number' || value === undefined ? value : valueText(value, parameter)
      },
      text: plain,
      isGiven: true
    }
  })
  return [...GIVEN, ...parameters, ...MEASURED]
}
