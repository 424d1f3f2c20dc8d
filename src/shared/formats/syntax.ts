import type { Fault } from '../experiment/experiment'
import { jsonPath, MOST_DEPTH, MOST_VALUES, tooDeep, tooMuch } from './guard'

/** JSON's scalars, RFC 8259. */
const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y

/** More keys that stand twice are not listed. */
const MOST_DUPLICATES = 100

/** An object or a list on the way down: the keys it has had, or the items. */
interface Open {
  sign: '{' | '['
  keys: Set<string>
  key: string
  items: number
}

/** What looking through a text found: why it is not JSON, or else the paths of keys that stand in their object before. */
export interface Scan {
  fault?: string
  /** Why it is not made into values: it would be more of them, or deeper, than any document is. What follows has not been looked at. */
  excess?: Fault
  duplicates: string[]
}

/**
 * Looks through a text that is to be JSON. A fault is `line 3, column 7: a comma or "}" is missing`: engines tell the place of some
 * errors only, and in words of their own; of keys that stand twice they take the last silently. Reads without recursion, and
 * every character once.
 */
export function scanJson(text: string, root = '$'): Scan {
  let at = 0
  // Of a few bytes each an engine makes values of many: they are counted before any is made.
  let values = 0
  const open: Open[] = []
  const duplicates: string[] = []
  const failed = (why: string): Scan => ({ fault: placed(text, at, why), duplicates: [] })
  const close = () => {
    open.pop()
    at++
    next = 'comma or end'
  }
  // What may stand next: a value; a key or "}"; a key; a value or "]"; a comma or the end of what is open.
  let next: 'value' | 'key or end' | 'key' | 'value or end' | 'comma or end' = 'value'
  for (;;) {
    at = afterSpace(text, at)
    const sign = text[at]
    const inner = open.at(-1)
    if (next === 'comma or end') {
      if (inner === undefined) return sign === undefined ? { duplicates } : failed('nothing can follow the end of the document')
      if (sign === ',') {
        next = inner.sign === '{' ? 'key' : 'value'
        inner.items++
        at++
      } else if (sign === (inner.sign === '{' ? '}' : ']')) close()
      else return failed(sign === undefined ? unclosed(inner) : `a comma or ${inner.sign === '{' ? '"}"' : '"]"'} is missing`)
    } else if (next === 'key' || next === 'key or end') {
      if (next === 'key or end' && sign === '}') {
        close()
        continue
      }
      if (sign === undefined) return failed(unclosed(inner))
      const end = endOfText(text, at)
      if (end < 0)
        return failed(
          sign === '}' ? 'a comma cannot come before "}"' : sign === '"' ? brokenText(text, at) : 'a key in double quotes is missing'
        )
      if (inner) {
        inner.key = keyOf(text, at, end)
        if (inner.keys.has(inner.key) && duplicates.length < MOST_DUPLICATES) duplicates.push(pathOf(open, root))
        inner.keys.add(inner.key)
      }
      at = afterSpace(text, end)
      if (text[at] !== ':') return failed('a colon is missing after the key')
      at++
      next = 'value'
    } else if (sign === ']' && next === 'value or end') close()
    else if (++values > MOST_VALUES) return { excess: tooMuch(root), duplicates: [] }
    else if (sign === '{' || sign === '[') {
      if (open.length >= MOST_DEPTH) return { excess: tooDeep(pathOf(open, root)), duplicates: [] }
      open.push({ sign, keys: sign === '{' ? new Set() : NO_KEYS, key: '', items: 0 })
      at++
      next = sign === '{' ? 'key or end' : 'value or end'
    } else {
      const end = sign === '"' ? endOfText(text, at) : endOfScalar(text, at)
      if (end < 0) {
        if (sign === undefined) return failed(inner ? unclosed(inner) : 'the document is empty')
        if (sign === '"') return failed(brokenText(text, at))
        return failed(sign === ']' ? 'a comma cannot come before "]"' : `${JSON.stringify(wordAt(text, at))} is not a value`)
      }
      at = end
      next = 'comma or end'
    }
  }
}

/** Lists have none; what is never added to can be shared. */
const NO_KEYS: Set<string> = new Set()

function afterSpace(text: string, from: number): number {
  let at = from
  for (let code = text.charCodeAt(at); code === 32 || code === 10 || code === 13 || code === 9; code = text.charCodeAt(at)) at++
  return at
}

function endOfScalar(text: string, at: number): number {
  SCALAR.lastIndex = at
  return SCALAR.test(text) ? SCALAR.lastIndex : -1
}

/** Behind the closing quote of the text that begins at `from`; -1 where none does, or JSON does not know what is in it. */
function endOfText(text: string, from: number): number {
  if (text[from] !== '"') return -1
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x22) return at + 1
    if (code < 0x20) return -1
    if (code !== 0x5c) continue
    const escaped = text[++at]
    if (escaped === 'u' && /^[\da-fA-F]{4}$/.test(text.slice(at + 1, at + 5))) at += 4
    else if (escaped === undefined || !'"\\/bfnrt'.includes(escaped)) return -1
  }
  return -1
}

/** A key as it is meant: escapes may write one key in several ways. */
function keyOf(text: string, at: number, end: number): string {
  const key = text.slice(at + 1, end - 1)
  return key.includes('\\') ? (JSON.parse(`"${key}"`) as string) : key
}

function pathOf(open: readonly Open[], root: string): string {
  return jsonPath(
    open.map(({ sign, key, items }) => (sign === '{' ? key : items)),
    root
  )
}

function placed(text: string, at: number, why: string): string {
  let line = 1
  let start = 0
  for (let end = text.indexOf('\n'); end >= 0 && end < at; end = text.indexOf('\n', start)) {
    line++
    start = end + 1
  }
  return `line ${line}, column ${at - start + 1}: ${why}`
}

function unclosed(inner: Open | undefined): string {
  return `the text ends before "${inner?.sign === '{' ? '}' : ']'}"`
}

/** Why the text that begins at `from` is none: it ends with its line, or holds what it may not. */
function brokenText(text: string, from: number): string {
  for (let at = from + 1; at < text.length && text[at] !== '\n'; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return 'the text holds a character or an escape that JSON does not allow'
  }
  return 'the text in quotes does not end on its line'
}

function wordAt(text: string, at: number): string {
  return /^[^\s,:[\]{}"]{1,20}/.exec(text.slice(at, at + 20))?.[0] ?? text[at]
}
