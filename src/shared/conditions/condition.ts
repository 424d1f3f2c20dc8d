import type { RunRow } from '../contract/records'
import { parseSweep, valuesOf } from '../algorithms/sweep'
import { readNumber } from '../numbers'
import { FIELDS, type Field, fieldOf } from './fields'
import { type Operator, type Token, tokensOf } from './tokens'

/** What was asked, ready to be put to runs. */
export interface Condition {
  test(row: RunRow): boolean
  /** Fields it speaks of, by their first name. */
  fields: ReadonlySet<string>
  /** Free words, which are looked for in names. */
  words: readonly string[]
}

export type ParsedCondition = { ok: true; condition: Condition } | { ok: false; fault: string }

/** Looks for a free word in what a run is called. */
export type WordTest = (row: RunRow, word: string) => boolean

class Fault extends Error {}

type Test = (row: RunRow) => boolean

/** "gap" is a field of its own; a free word is one only where an operator follows. */
const known = () => FIELDS.map((field) => field.names[0]).join(', ')

/** Longer conditions nobody typed, and deeper ones nobody could read. */
const MOST_CHARACTERS = 10_000
const MOST_DEPTH = 100

/** Where numbers carry their unit in one piece: 1%, 30s. */
const NUMBER = /^([+−-]?(?:\d[\d.,’']*|\.\d+)(?:e[+−-]?\d+)?)([^\d.]*)$/i

/**
 * Reads conditions as they are typed: `gap < 1 % seed = 3`, `status = failed or tag:paper`, `not archived`,
 * `parameters.units > 5`, `seed in 1, 2, 3`. What stands side by side (or with `and` or a comma between) must all hold. Words without
 * an operator are looked for in names. `gap < 0,5 %` is half a per cent; several numbers after `=` or `in` are a list, of which one has
 * to be met. What cannot be understood, or can mean two numbers, is said as one sentence.
 */
export function parseCondition(written: string, hasWord: WordTest): ParsedCondition {
  if (written.length > MOST_CHARACTERS)
    return {
      ok: false,
      fault: `This condition has ${written.length.toLocaleString('en')} characters; ${MOST_CHARACTERS.toLocaleString('en')} at most.`
    }
  const parser = new Parser(tokensOf(written), hasWord)
  try {
    const test = parser.all()
    return { ok: true, condition: { test, fields: parser.fields, words: parser.words } }
  } catch (error) {
    if (error instanceof Fault) return { ok: false, fault: error.message }
    throw error
  }
}

class Parser {
  readonly fields = new Set<string>()
  readonly words: string[] = []
  #at = 0
  #depth = 0

  constructor(
    readonly tokens: readonly Token[],
    readonly hasWord: WordTest
  ) {}

  all(): Test {
    if (this.tokens.length === 0) return () => true
    const test = this.#either()
    const rest = this.#next()
    if (rest) throw new Fault(rest.text === ')' ? 'There is a ")" without its "(".' : `"${rest.text}" is not expected here.`)
    return test
  }

  #next(): Token | undefined {
    return this.tokens[this.#at]
  }

  /** Takes a word of the language itself, if it stands here. */
  #takeWord(text: string): boolean {
    const token = this.#next()
    if (token?.kind !== 'word' || token.text.toLowerCase() !== text || this.tokens[this.#at + 1]?.kind === 'operator') return false
    this.#at++
    return true
  }

  #either(): Test {
    const tests = [this.#every()]
    while (this.#takeWord('or')) tests.push(this.#every())
    return tests.length === 1 ? tests[0] : (row) => tests.some((test) => test(row))
  }

  #every(): Test {
    const tests = [this.#one()]
    for (;;) {
      const joined = this.#takeWord('and') || this.#takeComma()
      const token = this.#next()
      const ends = !token || token.text === ')' || (token.kind === 'word' && token.text.toLowerCase() === 'or')
      if (ends && !joined) break
      tests.push(this.#one())
    }
    return tests.length === 1 ? tests[0] : (row) => tests.every((test) => test(row))
  }

  #takeComma(): boolean {
    if (this.#next()?.kind !== 'comma') return false
    this.#at++
    return true
  }

  #one(): Test {
    if (++this.#depth > MOST_DEPTH) throw new Fault(`This condition is nested more than ${MOST_DEPTH} deep.`)
    const test = this.#part()
    this.#depth--
    return test
  }

  #part(): Test {
    const token = this.#next()
    if (!token) throw new Fault('The condition ends where another part should follow.')
    if (this.#takeWord('not')) {
      const test = this.#one()
      return (row) => !test(row)
    }
    this.#at++
    if (token.kind === 'bracket' && token.text === '(') {
      const test = this.#either()
      if (this.#next()?.text !== ')') throw new Fault('A "(" is not closed by a ")".')
      this.#at++
      return test
    }
    if (token.kind === 'operator') throw new Fault(`Something to compare is missing before "${token.text}", as in gap < 1 %.`)
    if (token.kind === 'bracket' || token.kind === 'comma') throw new Fault(`"${token.text}" is not expected here.`)
    const operator = this.#next()
    if (token.kind === 'word' && operator?.kind === 'operator') {
      this.#at++
      return this.#comparison(token.text, operator.text)
    }
    if (token.kind === 'word' && fieldOf(token.text) && this.#takeWord('in')) return this.#comparison(token.text, '=', true)
    return this.#free(token)
  }

  /** A word alone: a switch, a seed with its number, or something to look for. */
  #free(token: Token): Test {
    const { text } = token
    if (token.kind === 'word') {
      const field = fieldOf(text)
      if (field?.kind === 'switch') {
        this.fields.add(field.names[0])
        return (row) => field.of(row) === true
      }
      const number = this.#next()
      if (text.toLowerCase() === 'seed' && number?.kind === 'word' && /^\d[\d,]*$/.test(number.text)) return this.#comparison('seed', '=')
    }
    // A comma between two words joins what must both hold, between digits too.
    const words = (token.kind === 'word' ? text.split(',') : [text]).map((word) => word.toLowerCase())
    this.words.push(...words)
    return (row) => words.every((word) => this.hasWord(row, word))
  }

  #comparison(name: string, operator: Operator, isList = false): Test {
    const field = fieldOf(name)
    if (!field) throw new Fault(`"${name}" cannot be compared; the fields are ${known()}, and parameters.NAME.`)
    this.fields.add(field.names[0])
    const tests = [this.#valueTest(field, name, operator)]
    // Numbers beside each other are a list wherever one of several can be met; words are one after "in" alone.
    const isNumbers = field.kind === 'number' && (operator === '=' || operator === '!=' || operator === ':')
    while ((isList || isNumbers) && this.#next()?.kind === 'comma' && this.#isValue(this.#at + 1, !isList)) {
      this.#at++
      tests.push(this.#valueTest(field, name, operator))
    }
    if (tests.length === 1) return tests[0]
    return operator === '!=' ? (row) => tests.every((test) => test(row)) : (row) => tests.some((test) => test(row))
  }

  /** Whether a value stands there: no condition of its own, and a number where one `mustBeNumber`. */
  #isValue(at: number, mustBeNumber: boolean): boolean {
    const token = this.tokens[at]
    if (token?.kind !== 'word' && token?.kind !== 'quoted') return false
    return this.tokens[at + 1]?.kind !== 'operator' && (!mustBeNumber || NUMBER.test(token.text))
  }

  #valueTest(field: Field, name: string, operator: Operator): Test {
    const token = this.#next()
    if (!token || (token.kind !== 'word' && token.kind !== 'quoted')) throw new Fault(`A value is missing after "${name} ${operator}".`)
    this.#at++
    if (field.kind === 'switch') return this.#switchTest(field, operator, token.text)
    if (field.kind === 'text') return textTest(field, name, operator, token.text)
    if (field.names[0].startsWith('parameters.') && !NUMBER.test(token.text)) return parameterTest(field, name, operator, token.text)
    return this.#numberTest(field, name, operator, token.text)
  }

  #numberTest(field: Field, name: string, operator: Operator, text: string): Test {
    const match = NUMBER.exec(text)
    if (!match) throw new Fault(`${name} is compared with a number, not with "${text}".`)
    const units = field.units ?? { '': 1 }
    let unit = match[2].toLowerCase()
    const following = this.#next()
    const isAlone = this.tokens[this.#at + 1]?.kind !== 'operator'
    if (unit === '' && following?.kind === 'word' && isAlone) {
      // A unit may stand apart: 1 %, 30 s. A word that is none belongs to what comes next.
      if (following.text.toLowerCase() in units) {
        unit = following.text.toLowerCase()
        this.#at++
      } else if (/^\d{3}(?:[.,]\d*)?$/.test(following.text))
        throw new Fault(`Write ${match[1]}${following.text} without a space, or "${following.text}" in quotes to look for it in names.`)
    }
    const values = numbersOf(match[1], field, operator)
    const factor = Object.hasOwn(units, unit) ? units[unit] : undefined
    if (factor === undefined && !(unit === '' && values.every((value) => value === 0))) {
      if (unit === '' && field.needs) throw new Fault(`${name} needs its unit: ${name} ${operator} ${match[1]} ${field.needs}.`)
      const possible = Object.keys(units).filter((each) => each !== '')
      throw new Fault(`"${match[2]}" is not a unit of ${name}${possible.length > 0 ? `; use ${possible.join(', ')}` : ''}.`)
    }
    const wanted = values.map((value) => value * (factor ?? 1))
    return (row) => {
      const found = field.of(row)
      if (typeof found !== 'number') return false
      return operator === '!='
        ? wanted.every((each) => compare(found, operator, each))
        : wanted.some((each) => compare(found, operator, each))
    }
  }

  #switchTest(field: Field, operator: Operator, text: string): Test {
    const value = switchOf(text)
    const [name] = field.names
    if (value === undefined) throw new Fault(`${name} is yes or no, not "${text}".`)
    if (operator !== '=' && operator !== ':' && operator !== '!=') throw new Fault(`${name} is yes or no: it can only be compared with =.`)
    return (row) => (field.of(row) === value) === (operator !== '!=')
  }
}

/** The numbers written after an operator: one, or several where one of a list can be met. Throws Fault. */
function numbersOf(text: string, field: Field, operator: Operator): number[] {
  // A point stands before decimals wherever a value can have some.
  const scripted = field.whole !== true
  if (operator !== '=' && operator !== '!=' && operator !== ':') {
    const read = readNumber(text, { scripted })
    if ('fault' in read) throw new Fault(read.fault)
    return [read.value]
  }
  const read = parseSweep(text, { whole: field.whole, ungrouped: field.names[0] === 'seed', scripted })
  // A semicolon separates nothing here; a comma before a space does.
  if ('fault' in read) throw new Fault(read.fault.replaceAll('; ', ', '))
  return valuesOf(read.chips)
}

const switchOf = (text: string) => (/^(yes|true|on)$/i.test(text) ? true : /^(no|false|off)$/i.test(text) ? false : undefined)

function textTest(field: Field, name: string, operator: Operator, text: string): Test {
  if (operator !== '=' && operator !== '!=' && operator !== ':')
    throw new Fault(`${name} is text: it can be compared with =, != and, for a part of it, with a colon.`)
  const wanted = text.toLowerCase()
  if (field.values && !field.values.includes(wanted))
    throw new Fault(`${name} is never "${text}"; it is one of ${field.values.join(', ')}.`)
  const isTag = field.names[0] === 'tag'
  const matches = (value: string) => (operator === ':' && !isTag ? value.toLowerCase().includes(wanted) : value.toLowerCase() === wanted)
  return (row) => {
    const found = field.of(row)
    if (found === undefined) return false
    const any = Array.isArray(found) ? found.some(matches) : matches(String(found))
    return any === (operator !== '!=')
  }
}

/** Parameters that are words or switches. */
function parameterTest(field: Field, name: string, operator: Operator, text: string): Test {
  if (operator !== '=' && operator !== '!=' && operator !== ':')
    throw new Fault(`"${text}" is not a number: ${name} can only be compared with it by = and !=.`)
  const wanted = text.toLowerCase()
  const asSwitch = switchOf(text)
  return (row) => {
    const found = field.of(row)
    if (found === undefined) return false
    const same = typeof found === 'boolean' ? found === asSwitch : String(found).toLowerCase() === wanted
    return same === (operator !== '!=')
  }
}

/** Numbers typed with few figures find what is shown as such: equal to 12 figures is equal. */
const same = (a: number, b: number) => a === b || Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b))

/** NaN and what is absent never match, whatever is asked. */
function compare(found: number, operator: Operator, wanted: number): boolean {
  if (Number.isNaN(found)) return false
  if (operator === '<') return found < wanted && !same(found, wanted)
  if (operator === '>') return found > wanted && !same(found, wanted)
  if (operator === '<=') return found < wanted || same(found, wanted)
  if (operator === '>=') return found > wanted || same(found, wanted)
  return same(found, wanted) === (operator !== '!=')
}
