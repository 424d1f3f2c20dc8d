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

/** What a parameter is called where it stands by itself: its label; its key where no algorithm has it any more. */
export function parameterName(key: string, cards: Cards): string {
  return namedParameter(key, cards)?.label ?? key
}

/** The parameter of a key, as the first algorithm has it that does. */
export function namedParameter(key: string, cards: Cards): Parameter | undefined {
  for (const card of cards.values()) {
    const found = card.parameters.find((parameter) => parameter.key === key)
    if (found) return found
  }
  return undefined
}

/** What naming needs of a group of runs, or of a run. */
export interface NamedGroup {
  algorithm: string
  scenario: string
  parameters: ParameterValues
  environments?: string
  initialWeights?: string
  /** What those weights are called for all seeds, where each seed has its own. */
  start?: string
  /** δ of its scenario. */
  facts?: { energyWeight: number }
  /** Of a run. */
  seed?: number
  /** What another tracker recorded: it has no scenario that would tell it apart. */
  foreign?: object
}

/** What a name is made of, in its order. */
const PARTS = ['algorithm', 'weight', 'parameters', 'scenario', 'start', 'environments', 'seed'] as const
type Part = (typeof PARTS)[number]

/** A name in two: what sets it apart from those beside it, and what else it is called. Either may be empty. */
export interface TellingName {
  first: string
  rest: string
}

/** A scenario's name without the δ that a sweep gave it, which is shown by itself. */
export function bareScenario(name: string): string {
  return name.replace(/, δ [^,]+/, '')
}

const SEPARATOR = ' · '
const joined = (words: readonly string[]) => words.filter((word) => word !== '').join(SEPARATOR)

type NameValues = Pick<NamedGroup, 'algorithm' | 'scenario' | 'parameters' | 'environments' | 'seed'> & { weight?: number; start?: string }

/** What is called and by what values it differs; parameters are compared within an algorithm. */
function valuesOf(named: NamedGroup, full: ParameterValues): NameValues {
  const { algorithm, scenario, initialWeights, start = initialWeights, environments, facts, seed, foreign } = named
  if (foreign) return { algorithm, scenario: '', parameters: full }
  const name = facts ? bareScenario(scenario) : scenario
  return { algorithm, weight: facts?.energyWeight, scenario: name, start, environments, seed, parameters: full }
}

/** Everything names are made of, and which of it differs: of all that are named, and of parameters of those of one algorithm. */
function compared(groups: readonly NamedGroup[], cards: Cards) {
  const seen = new Map<string, Set<unknown>>()
  const see = (what: string, value: unknown) => {
    const values = seen.get(what)
    if (values) values.add(value)
    else seen.set(what, new Set([value]))
  }
  const all = groups.map((group) => {
    const card = cards.get(group.algorithm)
    const values = valuesOf(group, card ? parametersOfRun(card, group.parameters) : group.parameters)
    see('algorithm', values.algorithm)
    for (const part of group.foreign ? [] : PARTS) {
      if (part !== 'parameters') see(part, values[part])
      if (part === 'start' || part === 'environments') see(`${part} ${group.algorithm}`, values[part])
    }
    for (const [key, value] of Object.entries(values.parameters)) see(`parameters.${key} ${group.algorithm}`, value)
    return { ...values, card }
  })
  const differs = (what: string) => (seen.get(what)?.size ?? 0) > 1
  return { all, differs }
}

type Compared = ReturnType<typeof compared>

/** The words of one part of a name; `keys`: the parameters that are told. */
function wordsOf(part: Part, values: Compared['all'][number], keys: ReadonlySet<string>): string {
  const { algorithm, card, parameters, weight, scenario, start, environments, seed } = values
  if (part === 'algorithm') return algorithm
  if (part === 'weight') return weight === undefined ? '' : `δ ${plain(weight)}`
  if (part === 'parameters') return settingText(parameters, card, keys)
  if (part === 'scenario') return scenario
  if (part === 'start') return start === undefined ? 'from random weights' : `from ${start}`
  if (part === 'environments') return environments === undefined ? '' : `over ${environments}`
  return seed === undefined ? '' : `seed ${seed}`
}

/**
 * Names of runs or groups beside each other: first what differs among them (algorithm, δ, parameters, scenario, where they start, what they
 * learn over, seed), then what they have in common and is worth a word. `told`: parts that stand beside the names already, in a heading.
 */
export function tellingNames(groups: readonly NamedGroup[], cards: Cards, told: readonly Part[] = []): TellingName[] {
  const { all, differs } = compared(groups, cards)
  return all.map((values) => {
    const { card, algorithm } = values
    const keys = Object.keys(values.parameters)
    const apart = new Set(keys.filter((key) => differs(`parameters.${key} ${algorithm}`)))
    const changed = new Set(card?.parameters.filter(({ key, default: usual }) => values.parameters[key] !== usual).map(({ key }) => key))
    const common = new Set([...changed].filter((key) => !apart.has(key)))
    const isApart = (part: Part) => differs(part === 'start' || part === 'environments' ? `${part} ${algorithm}` : part)
    const first = joined(PARTS.map((part) => (part === 'parameters' || isApart(part) ? wordsOf(part, values, apart) : '')))
    const isAnchor = first === ''
    const also = PARTS.filter((part) => !told.includes(part) && (part === 'parameters' || !(isApart(part) || values[part] === undefined)))
    const rest = joined(also.filter((part) => !(isAnchor && part === 'algorithm')).map((part) => wordsOf(part, values, common)))
    return { first: isAnchor ? algorithm : first, rest }
  })
}

/** Names as short as can be that tell groups apart: what differs, and their algorithm. */
export function shortNames(groups: readonly NamedGroup[], cards: Cards): string[] {
  const all = PARTS.filter((part) => part !== 'algorithm')
  return tellingNames(groups, cards, all).map(({ first, rest }) => joined([first, rest]))
}

/** What sets each group apart from the others of its algorithm: parameters, the weights it starts from, what it learns over. */
export function distinctions(groups: readonly NamedGroup[], cards: Cards): string[] {
  const { all, differs } = compared(groups, cards)
  return all.map((values) => {
    const keys = new Set(Object.keys(values.parameters).filter((key) => differs(`parameters.${key} ${values.algorithm}`)))
    const parts = (['start', 'environments'] as const).filter((part) => differs(`${part} ${values.algorithm}`))
    return joined([wordsOf('parameters', values, keys), ...parts.map((part) => wordsOf(part, values, keys))])
  })
}

/** Names a group's setting whatever its world: parameters as they are read, the weights it starts from, what it learns over. */
export function settingKey(
  { algorithm, parameters, environments, initialWeights, start = initialWeights }: Omit<NamedGroup, 'scenario'>,
  cards: Cards
): string {
  const card = cards.get(algorithm)
  const full = Object.entries(card ? parametersOfRun(card, parameters) : parameters).sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([full, environments, start])
}

/** Groups as people tell them apart: the algorithm, what sets it apart from its other groups, the scenario where there are several. What still reads alike is numbered. */
export function groupNames(groups: readonly NamedGroup[], cards: Cards): string[] {
  const several = new Set(groups.map(({ scenario }) => scenario)).size > 1
  const apart = distinctions(groups, cards)
  const names = groups.map(({ algorithm, scenario }, g) => joined([algorithm, apart[g], several ? scenario : '']))
  return names.map((name, at) => {
    const turn = names.slice(0, at).filter((other) => other === name).length
    return turn === 0 ? name : `${name} (${turn + 1})`
  })
}
