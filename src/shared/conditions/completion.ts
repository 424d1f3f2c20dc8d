import type { RunRow } from '../contract/records'
import { plain } from '../format'
import { RUN_STATUSES } from '../run/lifecycle'
import type { Cards } from '../run/naming'
import { FIELDS, type Field, fieldOf, parametersIn } from './fields'
import { type Token, tokensOf } from './tokens'

/** One way to continue a condition. */
export interface ConditionCompletion {
  /** What takes the place of what was begun. */
  text: string
  /** What it is chosen by, and what it means. */
  label: string
  note: string
}

/** Ways to go on where the caret stands; they take the place of the characters from … to. */
export interface Completions {
  from: number
  to: number
  options: ConditionCompletion[]
}

const MOST = 60
/** Values of a number that are worth choosing from; more of them are typed faster. */
const MOST_NUMBERS = 30

/** What can follow at the caret: fields, parameters, algorithms and tags, then operators, then values that runs have. */
export function completionsOf(written: string, caret: number, rows: Iterable<RunRow>, cards: Cards): Completions {
  const { begun, from, before } = partsAt(written, caret)
  const to = caret + (/^[^\s"<>=≤≥≠:!(),]*/.exec(written.slice(caret))?.[0].length ?? 0)
  const asked = askedBy(before, cards)
  const all = asked ? valuesFor(asked, begun, rows) : [...operatorsAfter(before, begun, cards), ...namesFor(begun, rows, cards)]
  const seen = new Set<string>()
  const options = all.filter(({ text }) => text.trim() !== begun && !seen.has(text) && seen.add(text)).slice(0, MOST)
  return { from, to, options }
}

/** The word that was begun at the caret, where it begins, and the tokens before it. */
function partsAt(written: string, caret: number): { begun: string; from: number; before: Token[] } {
  const head = written.slice(0, caret)
  const tokens = tokensOf(head)
  const last = tokens.at(-1)
  const isOpenQuote = last?.kind === 'quoted' && head.split('"').length % 2 === 0
  if (last && (isOpenQuote || (last.kind === 'word' && !/\s$/.test(head))))
    return { begun: last.text, from: last.at, before: tokens.slice(0, -1) }
  return { begun: '', from: caret, before: tokens }
}

const nameOf = (token: Token | undefined) => (token?.kind === 'word' || token?.kind === 'quoted' ? token.text.replace(/^[-−–]/, '') : '')

/** The field whose value is asked for here. */
function askedBy(before: readonly Token[], cards: Cards): Field | undefined {
  let at = before.length - 1
  // Values of a list before this one.
  while (before[at]?.kind === 'comma' && at >= 2) at -= 2
  const isList = at < before.length - 1
  const operator = before[at]
  const isIn = operator?.kind === 'word' && operator.text.toLowerCase() === 'in'
  if (operator?.kind !== 'operator' && !isIn) return undefined
  const field = fieldOf(nameOf(before[at - 1]), cards)
  return isList && !isIn && field?.kind !== 'number' ? undefined : field
}

const isLike = (begun: string, ...texts: (string | undefined)[]) => texts.some((text) => text?.toLowerCase().includes(begun.toLowerCase()))
const begins = (begun: string, text: string) => text.toLowerCase().startsWith(begun.toLowerCase())
const quotedIfNeeded = (text: string) => (/[\s"<>=≤≥≠:!(),]/.test(text) ? `"${text.replaceAll('"', '')}"` : text)

/** Those that begin so, then those that hold it. */
function ranked(all: readonly ConditionCompletion[], begun: string): ConditionCompletion[] {
  const fitting = all.filter(({ label }) => isLike(begun, label))
  return [...fitting.filter(({ label }) => begins(begun, label)), ...fitting.filter(({ label }) => !begins(begun, label))]
}

function valuesFor(field: Field, begun: string, rows: Iterable<RunRow>): ConditionCompletion[] {
  const value = (text: string, note = ''): ConditionCompletion => ({ text: `${quotedIfNeeded(text)} `, label: text, note })
  if (field.kind === 'switch') return ranked([value('yes'), value('no')], begun)
  if (field.kind === 'moment') {
    const days = [value('today'), value('yesterday'), { text: '2 h ago ', label: '2 h ago', note: '' }]
    return ranked([...days, ...daysOf(field, rows).map((day) => value(day))], begun)
  }
  if (field.kind === 'number' && /^[+−-]?[\d.,]+$/.test(begun)) {
    // A parameter's number is whole without one.
    const units = Object.keys(field.units ?? {}).filter((unit) => unit !== '' && (unit !== '%' || field.needs))
    return units.map((unit) => ({ text: `${begun} ${unit} `, label: `${begun} ${unit}`, note: '' }))
  }
  if (field.needs) return []
  const found = field.values ?? valuesIn(field, rows)
  return ranked(
    found.map((each) => value(each)),
    begun
  )
}

/** What runs have of a field, least first; no numbers where there are many. */
function valuesIn(field: Field, rows: Iterable<RunRow>): string[] {
  const found = new Set<string | number>()
  for (const row of rows) {
    const value = field.of(row)
    for (const each of Array.isArray(value) ? value : [value]) if (typeof each === 'number' || typeof each === 'string') found.add(each)
  }
  const numbers = [...found].filter((each) => typeof each === 'number')
  if (numbers.length > MOST_NUMBERS) return []
  const texts = [...found].filter((each) => typeof each === 'string' && each !== '').sort()
  return [...numbers.sort((a, b) => a - b).map((each) => plain(each).replace('−', '-')), ...texts.map(String)]
}

/** The days runs have of a field, latest first. */
function daysOf(field: Field, rows: Iterable<RunRow>): string[] {
  const days = new Set<string>()
  for (const row of rows) {
    const at = field.of(row)
    if (typeof at !== 'number') continue
    const day = new Date(at)
    days.add([day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, '0')).join('-'))
  }
  return [...days].sort().reverse()
}

const OPERATORS: Readonly<Record<Field['kind'], readonly [string, string][]>> = {
  number: [
    ['<', 'less than'],
    ['>', 'more than'],
    ['=', 'one of these'],
    ['!=', 'none of these']
  ],
  text: [
    ['=', 'exactly'],
    [':', 'has in it'],
    ['!=', 'not']
  ],
  moment: [
    ['>', 'after'],
    ['>=', 'since'],
    ['<', 'before'],
    ['=', 'on']
  ],
  switch: []
}

/** After a field and a space. */
function operatorsAfter(before: readonly Token[], begun: string, cards: Cards): ConditionCompletion[] {
  const last = before.at(-1)
  const field = begun === '' && last?.kind === 'word' ? fieldOf(nameOf(last), cards) : undefined
  return field ? OPERATORS[field.kind].map(([operator, note]) => ({ text: `${operator} `, label: operator, note })) : []
}

/** Fields and parameters that can be compared, and what runs are called. A minus before it stays. */
function namesFor(begun: string, rows: Iterable<RunRow>, cards: Cards): ConditionCompletion[] {
  const minus = /^[-−–]/.exec(begun)?.[0] ?? ''
  const word = begun.slice(minus.length)
  const name = (text: string, note: string): ConditionCompletion => ({ text: `${minus}${text} `, label: `${minus}${text}`, note })
  const fields = FIELDS.filter(({ names, says }) => isLike(word, ...names) || (word.length > 2 && isLike(word, says)))
  const parameters = parametersIn(cards).filter(({ key, label, symbol }) => isLike(word, key, label) || symbol === word)
  const own = [
    ...fields.map(({ names: [first], says }) => name(first, says)),
    ...parameters.map(({ key, label, symbol }) => name(key, symbol ? `${label}, ${symbol}` : label))
  ]
  const called = word === '' ? [] : calledIn(rows, word).map(([field, value]) => ofName(field, value, minus))
  const first = [...own, ...called].filter(({ label }) => begins(begun, label))
  return [...first, ...own, ...called]
}

/** What is called exactly so: by its field; what is left out, by its name alone where that says enough. */
function ofName(field: string, value: string, minus: string): ConditionCompletion {
  const text =
    minus !== '' && field !== 'tag'
      ? `${minus}${quotedIfNeeded(value)} `
      : `${minus}${field}${field === 'tag' ? ':' : ' = '}${quotedIfNeeded(value)} `
  return { text, label: `${minus}${value}`, note: field }
}

/** Names that runs have, with the fields they have them in. */
function calledIn(rows: Iterable<RunRow>, word: string): [string, string][] {
  const found = {
    algorithm: new Set<string>(),
    tag: new Set<string>(),
    topology: new Set<string>(),
    scenario: new Set<string>(),
    experiment: new Set<string>()
  }
  for (const { algorithm, tags, topology, scenario, experiment } of rows) {
    found.algorithm.add(algorithm)
    if (tags) for (const tag of tags) found.tag.add(tag)
    if (topology !== undefined) found.topology.add(topology)
    found.scenario.add(scenario)
    found.experiment.add(experiment)
  }
  const all = Object.entries({ ...found, status: RUN_STATUSES })
  return all.flatMap(([field, names]) => [...names].filter((name) => isLike(word, name)).map((name): [string, string] => [field, name]))
}
