import type { RunRow } from '@shared/contract/records'
import type { AlgorithmCard } from '@shared/experiment/algorithm'
import type { Parameter, ParameterValue, ParameterValues } from '@shared/experiment/parameters'
import { plain } from '../ui/format'
import { text } from '../ui/text'

/** A parameter's value as people read it: numbers as numbers, choices by their label. */
export function valueText(value: ParameterValue, parameter?: Parameter): string {
  if (typeof value === 'number') return plain(value)
  if (typeof value === 'boolean') return value ? text.parameters.on : text.parameters.off
  return parameter?.type === 'choice' ? (parameter.choices.find((choice) => choice.value === value)?.label ?? value) : value
}

/** The parameters that differ from the scheme's defaults, e.g. `s 10 · lr 0.003`; empty where none does. `keys` instead: those parameters. */
export function settingText(parameters: ParameterValues, card: AlgorithmCard | undefined, keys?: ReadonlySet<string>): string {
  if (!card) return ''
  const isTold = ({ key, default: usual }: Parameter) => (keys ? keys.has(key) : key in parameters && parameters[key] !== usual)
  return card.parameters
    .filter((parameter) => isTold(parameter) && parameter.key in parameters)
    .map((parameter) =>
      text.scheme.setting(parameter.symbol ?? parameter.label.toLowerCase(), valueText(parameters[parameter.key], parameter))
    )
    .join(' · ')
}

/** A run in one line, for messages, titles and screen readers. */
export function runName(row: Pick<RunRow, 'algorithm' | 'seed'>): string {
  return `${row.algorithm} · ${text.scheme.seed(row.seed)}`
}
