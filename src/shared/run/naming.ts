import type { AlgorithmCard } from '../algorithms/card'
import { type Parameter, type ParameterValue, type ParameterValues, parametersOfRun } from '../algorithms/parameters'
import { plain } from '../format'

/** How runs and groups of runs are told apart in words: the same in the window, the command line and every document. */

export type Cards = ReadonlyMap<string, AlgorithmCard>

export function cardsById(cards: readonly AlgorithmCard[]): Cards {
  return new Map(cards.map((card) => [card.id, card]))
}

/** A parameter's value as people read it: numbers as numbers, choices by their label. */
export function valueText(value: ParameterValue, parameter?: Parameter): string {
  if (typeof value === 'number') return plain(value)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return parameter?.type === 'choice' ? (parameter.choices.find((choice) => choice.value === value)?.label ?? value) : value
}

/** What a parameter is called where there is little room: its symbol, else its label in small letters. */
function shortName({ symbol, label }: Parameter): string {
  return symbol ?? label.toLowerCase()
}

/** The parameters that differ from the algorithm's defaults, e.g. `s 10 · lr 0.003`; empty where none does. `keys` instead: those parameters. */
export function settingText(parameters: ParameterValues, card: AlgorithmCard | undefined, keys?: ReadonlySet<string>): string {
  if (!card) return ''
  const full = parametersOfRun(card, parameters)
  return card.parameters
    .filter(({ key, default: usual }) => (keys ? keys.has(key) : full[key] !== usual))
    .map((parameter) => `${shortName(parameter)} ${valueText(full[parameter.key], parameter)}`)
    .join(' · ')
}

/** What naming needs of a group of runs. */
export interface NamedGroup {
  algorithm: string
  scenario: string
  parameters: ParameterValues
  environments?: string
  initialWeights?: string
}

/** What sets each group apart from the others of its algorithm: parameters, the weights it starts from, what it learns over. */
export function distinctions(groups: readonly NamedGroup[], cards: Cards): string[] {
  return groups.map((group) => {
    const kin = groups.filter(({ algorithm }) => algorithm === group.algorithm)
    const differs = (of: (other: NamedGroup) => unknown) => kin.some((other) => of(other) !== of(group))
    const card = cards.get(group.algorithm)
    const full = ({ parameters }: NamedGroup) => (card ? parametersOfRun(card, parameters) : parameters)
    const names = [...new Set(kin.flatMap((other) => Object.keys(full(other))))]
    const keys = new Set(names.filter((key) => differs((other) => full(other)[key])))
    const setting = settingText(group.parameters, card, keys)
    const start = differs(({ initialWeights }) => initialWeights)
      ? group.initialWeights === undefined
        ? 'from random weights'
        : `from ${group.initialWeights}`
      : ''
    const set = group.environments !== undefined && differs(({ environments }) => environments) ? `over ${group.environments}` : ''
    return [setting, start, set].filter((part) => part !== '').join(' · ')
  })
}

/** Names a group's setting whatever its world: parameters as they are read, the weights it starts from, what it learns over. */
export function settingKey({ algorithm, parameters, environments, initialWeights }: Omit<NamedGroup, 'scenario'>, cards: Cards): string {
  const card = cards.get(algorithm)
  const full = Object.entries(card ? parametersOfRun(card, parameters) : parameters).sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([full, environments, initialWeights])
}

/** Groups as people tell them apart: the algorithm, what sets it apart from its other groups, the scenario where there are several. What still reads alike is numbered. */
export function groupNames(groups: readonly NamedGroup[], cards: Cards): string[] {
  const several = new Set(groups.map(({ scenario }) => scenario)).size > 1
  const apart = distinctions(groups, cards)
  const names = groups.map(({ algorithm, scenario }, g) =>
    [algorithm, apart[g], several ? scenario : ''].filter((part) => part !== '').join(' · ')
  )
  return names.map((name, at) => {
    const turn = names.slice(0, at).filter((other) => other === name).length
    return turn === 0 ? name : `${name} (${turn + 1})`
  })
}
