import type { RunRow } from '../contract/records'
import type { Cards } from '../run/naming'
import { FIELDS, type Field, fieldOf, parametersIn } from './fields'
import { readMoment } from './moments'
import { nearestName } from './nearest'
import { type Operator, type Token, tokensOf } from './tokens'
import { ConditionFault, isNumber, type Test, valueTest } from './values'
import { hasWord, isNamed } from './words'

/** What was asked, ready to be put to runs. */
export interface Condition {
  test(row: RunRow): boolean
  /** Fields it speaks of, by their first name. */
  fields: ReadonlySet<string>
  /** Free words, which are looked for in names. */
  words: readonly string[]
}

export type ParsedCondition = { ok: true; condition: Condition } | { ok: false; fault: string }

/** What conditions may speak of beside the fields: algorithms and their parameters. `now`: milliseconds since 1970, for days. */
export interface Vocabulary {
  cards: Cards
  now?: number
}

/** Longer conditions nobody typed, and deeper ones nobody could read. */
const MOST_CHARACTERS = 10_000
const MOST_DEPTH = 100

/**
 * Reads conditions as they are typed: `gap < 1 % seed = 1..3`, `status = failed or tag:paper`, `not archived`, `started > 2026-11-01`,
 * `units > 5`, `seed in 1, 2, 3`. What stands side by side (or with `and` or a comma between) must all hold. Words without an operator are
 * looked for in names; `-dqn` excludes what is called exactly so, and any condition with a minus before it is turned round.
 * `gap < 0,5 %` is half a per cent; several numbers after `=` or `in` are a list, of which one has to be met. What cannot be
 * understood, or can mean two numbers, is said as one sentence.
 */
export function parseCondition(written: string, vocabulary: Vocabulary): ParsedCondition {
  if (written.length > MOST_CHARACTERS)
    return {
      ok: false,
      fault: `This condition has ${written.length.toLocaleString('en')} characters; ${MOST_CHARACTERS.toLocaleString('en')} at most.`
    }
  const parser = new Parser(tokensOf(written), vocabulary)
  try {
    const test = parser.all()
    return { ok: true, condition: { test, fields: parser.fields, words: parser.words } }
  } catch (error) {
    if (error instanceof ConditionFault) return { ok: false, fault: error.message }
    throw error
  }
}

const MINUS = /^[-−–]/

class Parser {
  readonly fields = new Set<string>()
  readonly words: string[] = []
  readonly #tokens: Token[]
  readonly #cards: Cards
  readonly #now: number
  #at = 0
  #depth = 0

  constructor(tokens: readonly Token[], { cards, now = Date.now() }: Vocabulary) {
    this.#tokens = [...tokens]
    this.#cards = cards
    this.#now = now
  }

  all(): Test {
    if (this.#tokens.length === 0) return () => true
    const test = this.#either()
    const rest = this.#next()
    if (rest) throw new ConditionFault(rest.text === ')' ? 'There is a ")" without its "(".' : `"${rest.text}" is not expected here.`)
    return test
  }

  #next(): Token | undefined {
    return this.#tokens[this.#at]
  }

  #fieldOf(name: string): Field | undefined {
    return fieldOf(name, this.#cards)
  }

  /** Takes a word of the language itself, if it stands here. */
  #takeWord(text: string): boolean {
    const token = this.#next()
    if (token?.kind !== 'word' || token.text.toLowerCase() !== text || this.#tokens[this.#at + 1]?.kind === 'operator') return false
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
    if (++this.#depth > MOST_DEPTH) throw new ConditionFault(`This condition is nested more than ${MOST_DEPTH} deep.`)
    const test = this.#part()
    this.#depth--
    return test
  }

  #part(): Test {
    const token = this.#next()
    if (!token) throw new ConditionFault('The condition ends where another part should follow.')
    if (this.#takeWord('not')) return opposite(this.#one())
    if (this.#takeMinus(token)) {
      const following = this.#next()
      const isWord = following?.kind === 'word' || following?.kind === 'quoted'
      return isWord ? opposite(this.#operand(following, true)) : opposite(this.#one())
    }
    return this.#operand(token, false)
  }

  /** Takes a minus that stands right before a word, a quote or a bracket. */
  #takeMinus(token: Token): boolean {
    if (token.kind !== 'word' || !MINUS.test(token.text)) return false
    if (token.text.length > 1) {
      this.#tokens[this.#at] = { ...token, text: token.text.slice(1), at: token.at + 1 }
      return true
    }
    const following = this.#tokens[this.#at + 1]
    if (following?.at !== token.at + 1 || (following.kind !== 'quoted' && following.text !== '(')) return false
    this.#at++
    return true
  }

  /** A bracket, a comparison, or a word; `isExact`: a word is a whole name, not a part of one. */
  #operand(token: Token, isExact: boolean): Test {
    this.#at++
    if (token.kind === 'bracket' && token.text === '(') {
      const test = this.#either()
      if (this.#next()?.text !== ')') throw new ConditionFault('A "(" is not closed by a ")".')
      this.#at++
      return test
    }
    if (token.kind === 'operator') throw new ConditionFault(`Something to compare is missing before "${token.text}", as in gap < 1 %.`)
    if (token.kind === 'bracket' || token.kind === 'comma') throw new ConditionFault(`"${token.text}" is not expected here.`)
    const operator = this.#next()
    if (operator?.kind === 'operator') {
      this.#at++
      return this.#comparison(token.text, operator.text)
    }
    if (token.kind === 'word' && this.#fieldOf(token.text) && this.#takeWord('in')) return this.#comparison(token.text, '=', true)
    return this.#free(token, isExact)
  }

  /** A word alone: a switch, a seed with its number, a time with its day, or something to look for. */
  #free(token: Token, isExact: boolean): Test {
    const { text } = token
    if (token.kind === 'word') {
      const field = this.#fieldOf(text)
      if (field?.kind === 'switch' && FIELDS.includes(field)) {
        this.fields.add(field.names[0])
        return (row) => field.of(row) === true
      }
      const next = this.#next()
      if (text.toLowerCase() === 'seed' && next?.kind === 'word' && isNumber(next.text)) return this.#comparison('seed', '=')
      if (field?.kind === 'moment' && next?.kind === 'word' && this.#isMoment()) return this.#comparison(text, '=')
    }
    // A comma between two words joins what must both hold, between digits too.
    const words = (token.kind === 'word' ? text.split(',') : [text]).map((word) => word.toLowerCase())
    this.words.push(...words)
    const cards = this.#cards
    return (row) => words.every((word) => (isExact ? isNamed(row, word, cards) : hasWord(row, word)))
  }

  #comparison(name: string, operator: Operator, isList = false): Test {
    const field = this.#fieldOf(name)
    if (!field) throw new ConditionFault(unknownName(name, this.#cards))
    this.fields.add(field.names[0])
    const tests = [this.#value(field, name, operator)]
    // Numbers beside each other are a list wherever one of several can be met; words are one after "in" alone.
    const isNumbers = field.kind === 'number' && (operator === '=' || operator === '!=' || operator === ':')
    while ((isList || isNumbers) && this.#next()?.kind === 'comma' && this.#isValue(this.#at + 1, !isList)) {
      this.#at++
      tests.push(this.#value(field, name, operator))
    }
    if (tests.length === 1) return tests[0]
    return operator === '!=' ? (row) => tests.every((test) => test(row)) : (row) => tests.some((test) => test(row))
  }

  #isMoment(): boolean {
    const words = this.#tokens.slice(this.#at, this.#at + 3).map(({ text }) => text)
    return readMoment(words, this.#now) !== undefined
  }

  /** Whether a value stands there: no condition of its own, and a number where one `mustBeNumber`. */
  #isValue(at: number, mustBeNumber: boolean): boolean {
    const token = this.#tokens[at]
    if (token?.kind !== 'word' && token?.kind !== 'quoted') return false
    return this.#tokens[at + 1]?.kind !== 'operator' && (!mustBeNumber || isNumber(token.text))
  }

  #value(field: Field, name: string, operator: Operator): Test {
    const peek = (offset: number) => this.#tokens[this.#at + offset]
    const take = (tokens: number) => {
      this.#at += tokens
    }
    return valueTest({ field, name, operator, peek, take, now: this.#now })
  }
}

const opposite =
  (test: Test): Test =>
  (row) =>
    !test(row)

/** Why a name cannot be compared: what was meant, or all that can be. */
function unknownName(name: string, cards: Cards): string {
  const fields = FIELDS.flatMap(({ names }) => names)
  const parameters = parametersIn(cards).map(({ key }) => key)
  const meant = nearestName(name, [...fields, ...parameters])
  if (meant !== undefined) return `"${name}" cannot be compared; did you mean ${meant}?`
  return `"${name}" cannot be compared; the fields are ${FIELDS.map((field) => field.names[0]).join(', ')}, and every parameter by its name.`
}
