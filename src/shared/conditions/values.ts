import { parseSweep } from '../algorithms/sweep'
import type { RunRow } from '../contract/records'
import { readNumber } from '../numbers'
import type { Field } from './fields'
import { MOMENTS, readMoment, type Span } from './moments'
import { nearestName } from './nearest'
import type { Operator, Token } from './tokens'

/** What cannot be understood, as a sentence. */
export class ConditionFault extends Error {}

export type Test = (row: RunRow) => boolean

/** A comparison as it is read: what was written before its value, and the tokens its value is taken from. */
export interface Comparison {
  field: Field
  /** As it was typed. */
  name: string
  operator: Operator
  /** The next token but so many, untouched. */
  peek(offset: number): Token | undefined
  /** Takes so many tokens. */
  take(tokens: number): void
  /** Milliseconds since 1970. */
  now: number
}

const DIGITS = String.raw`[+−-]?(?:\d(?:[\d,’']|\.(?!\.))*|\.\d+)(?:e[+−-]?\d+)?`
/** Where numbers carry their unit in one piece: 1%, 30s. */
const NUMBER = /^([+−-]?(?:\d[\d.,’']*|\.\d+)(?:e[+−-]?\d+)?)([^\d.]*)$/i
const SPAN = new RegExp(String.raw`^(${DIGITS})(?:\.\.+|…|–|-)(${DIGITS})([^\d.]*)$`, 'i')
const BETWEEN = /^(?:\.\.+|…|–|to)$/i

export const isNumber = (text: string) => NUMBER.test(text) || SPAN.test(text)

const SPELLED: readonly [RegExp, string][] = [
  [/^sec(ond)?s?$/, 's'],
  [/^min(ute)?s?$/, 'min'],
  [/^h(ou)?rs?$/, 'h'],
  [/^days?$/, 'd'],
  [/^percent$/, '%']
]

/** A unit as fields know it, however it is spelled. */
function unitOf(written: string): string {
  const lower = written.toLowerCase()
  return SPELLED.find(([spelling]) => spelling.test(lower))?.[1] ?? lower
}

const isEquality = (operator: Operator) => operator === '=' || operator === '!=' || operator === ':'

/** Reads the value of a comparison and makes the test of it. Throws ConditionFault. */
export function valueTest(comparison: Comparison): Test {
  const { field, name, operator, peek } = comparison
  const token = peek(0)
  if (!token || (token.kind !== 'word' && token.kind !== 'quoted'))
    throw new ConditionFault(`A value is missing after "${name} ${operator}".`)
  if (field.kind === 'moment') return momentTest(comparison)
  if (field.kind === 'number' && !(field.isLoose && !isNumber(token.text))) return numberTest(comparison, token.text)
  comparison.take(1)
  if (field.kind === 'switch') return switchTest(field, name, operator, token.text)
  return field.kind === 'text' ? textTest(field, name, operator, token.text) : looseTest(field, name, operator, token.text)
}

/** A number or a span of numbers, both ends in it. */
interface Wanted {
  from: number
  to: number
}

function numberTest({ field, name, operator, peek, take }: Comparison, first: string): Test {
  // A span may stand apart: 1 .. 3.
  const [between, last] = [peek(1), peek(2)]
  const isApart = between?.kind === 'word' && BETWEEN.test(between.text) && last?.kind === 'word' && NUMBER.test(last.text)
  const text = isApart ? `${first}..${last.text}` : first
  take(isApart ? 3 : 1)
  const match = SPAN.exec(text) ? SPAN.exec(text)?.slice(3) : NUMBER.exec(text)?.slice(2)
  if (!match) throw new ConditionFault(`${name} is compared with a number, not with "${text}".`)
  const [attached] = match
  const digits = attached === '' ? text : text.slice(0, -attached.length)
  const units = field.units ?? { '': 1 }
  let unit = unitOf(attached)
  const following = peek(0)
  if (unit === '' && following?.kind === 'word' && peek(1)?.kind !== 'operator') {
    // A unit may stand apart: 1 %, 30 s. A word that is none belongs to what comes next.
    if (Object.hasOwn(units, unitOf(following.text))) {
      unit = unitOf(following.text)
      take(1)
    } else if (/^\d{3}(?:[.,]\d*)?$/.test(following.text))
      throw new ConditionFault(
        `Write ${digits}${following.text} without a space, or "${following.text}" in quotes to look for it in names.`
      )
  }
  const values = wantedOf(digits, field, name, operator)
  const factor = Object.hasOwn(units, unit) ? units[unit] : undefined
  if (factor === undefined && !(unit === '' && values.every(({ from, to }) => from === 0 && to === 0))) {
    if (unit === '' && field.needs) throw new ConditionFault(`${name} needs its unit: ${name} ${operator} ${digits} ${field.needs}.`)
    const possible = Object.keys(units).filter((each) => each !== '')
    throw new ConditionFault(`"${attached}" is not a unit of ${name}${possible.length > 0 ? `; use ${possible.join(', ')}` : ''}.`)
  }
  const wanted = values.map(({ from, to }) => ({ from: from * (factor ?? 1), to: to * (factor ?? 1) }))
  return (row) => {
    const found = field.of(row)
    // NaN and what is absent never match, whatever is asked.
    if (typeof found !== 'number' || Number.isNaN(found)) return false
    if (isEquality(operator)) return wanted.some((each) => isWithin(found, each)) === (operator !== '!=')
    return compare(found, operator, wanted[0].from)
  }
}

/** The numbers written after an operator: one, or several and spans where one of a list can be met. Throws ConditionFault. */
function wantedOf(text: string, field: Field, name: string, operator: Operator): Wanted[] {
  // A point stands before decimals wherever a value can have some.
  const scripted = field.whole !== true
  const span = SPAN.exec(text)
  if (span) {
    const [from, to] = [span[1], span[2]].map((end) => {
      const read = readNumber(end, { scripted })
      if ('fault' in read) throw new ConditionFault(read.fault)
      return read.value
    })
    if (!isEquality(operator)) throw new ConditionFault(`From ${from} to ${to} goes with = or !=: ${name} = ${from}..${to}.`)
    if (to < from) throw new ConditionFault(`"${text}" goes backwards: write the smaller value first.`)
    return [{ from, to }]
  }
  if (!isEquality(operator)) {
    const read = readNumber(text, { scripted })
    if ('fault' in read) throw new ConditionFault(read.fault)
    return [{ from: read.value, to: read.value }]
  }
  const read = parseSweep(text, { whole: field.whole, ungrouped: field.names[0] === 'seed', scripted })
  // A semicolon separates nothing here; a comma before a space does.
  if ('fault' in read) throw new ConditionFault(read.fault.replaceAll('; ', ', '))
  return read.chips.map((chip) => ('value' in chip ? { from: chip.value, to: chip.value } : { from: chip.from, to: chip.to }))
}

function momentTest({ field, name, operator, peek, take, now }: Comparison): Test {
  const words = [0, 1, 2].map((offset) => {
    const token = peek(offset)
    return token?.kind === 'word' ? token.text : ''
  })
  const read = readMoment(words, now)
  if (!read)
    throw new ConditionFault(
      `${name} is compared with a day, not with "${peek(0)?.text}": write ${MOMENTS.slice(0, -1).join(', ')} or ${MOMENTS.at(-1)}.`
    )
  take(read.words)
  const { span } = read
  if (isEquality(operator) && span.from === span.to)
    throw new ConditionFault(`Nothing is exactly ${words.slice(0, read.words).join(' ')}: write ${name} > or ${name} <.`)
  return (row) => {
    const found = field.of(row)
    return typeof found === 'number' && isWhen(found, operator, span)
  }
}

/** A day counts as a whole: after it is after its end, since it is from its beginning on. */
function isWhen(found: number, operator: Operator, { from, to }: Span): boolean {
  if (operator === '<') return found < from
  if (operator === '<=') return found < to || found === from
  if (operator === '>') return from === to ? found > to : found >= to
  if (operator === '>=') return found >= from
  return (found >= from && found < to) === (operator !== '!=')
}

const switchOf = (text: string) => (/^(yes|true|on)$/i.test(text) ? true : /^(no|false|off)$/i.test(text) ? false : undefined)

function switchTest(field: Field, name: string, operator: Operator, text: string): Test {
  const value = switchOf(text)
  if (value === undefined) throw new ConditionFault(`${name} is yes or no, not "${text}".`)
  if (!isEquality(operator)) throw new ConditionFault(`${name} is yes or no: it can only be compared with =.`)
  return (row) => {
    const found = field.of(row)
    return found !== undefined && (found === value) === (operator !== '!=')
  }
}

function textTest(field: Field, name: string, operator: Operator, text: string): Test {
  if (!isEquality(operator)) throw new ConditionFault(`${name} is text: it can be compared with =, != and, for a part of it, with a colon.`)
  const wanted = text.toLowerCase()
  const { values } = field
  if (values && !values.some((value) => value.toLowerCase() === wanted)) {
    const meant = nearestName(text, values)
    throw new ConditionFault(
      `${name} is never "${text}"; ${meant ? `did you mean ${meant}? ` : ''}${meant ? 'It' : 'it'} is one of ${values.join(', ')}.`
    )
  }
  const isTag = field.names[0] === 'tag'
  const matches = (value: string) => (operator === ':' && !isTag ? value.toLowerCase().includes(wanted) : value.toLowerCase() === wanted)
  return (row) => {
    const found = field.of(row)
    if (found === undefined) return false
    const any = Array.isArray(found) ? found.some(matches) : matches(String(found))
    return any === (operator !== '!=')
  }
}

/** Parameters of which only their runs know that they are words or switches. */
function looseTest(field: Field, name: string, operator: Operator, text: string): Test {
  if (!isEquality(operator)) throw new ConditionFault(`"${text}" is not a number: ${name} can only be compared with it by = and !=.`)
  const wanted = text.toLowerCase()
  const asSwitch = switchOf(text)
  return (row) => {
    const found = field.of(row)
    if (found === undefined) return false
    const isSame = typeof found === 'boolean' ? found === asSwitch : String(found).toLowerCase() === wanted
    return isSame === (operator !== '!=')
  }
}

/** Numbers typed with few figures find what is shown as such: equal to 12 figures is equal. */
const same = (a: number, b: number) => a === b || Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b))

const isWithin = (found: number, { from, to }: Wanted) => (found >= from && found <= to) || same(found, from) || same(found, to)

function compare(found: number, operator: Operator, wanted: number): boolean {
  if (operator === '<') return found < wanted && !same(found, wanted)
  if (operator === '>') return found > wanted && !same(found, wanted)
  if (operator === '<=') return found < wanted || same(found, wanted)
  return found > wanted || same(found, wanted)
}
