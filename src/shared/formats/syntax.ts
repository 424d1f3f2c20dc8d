/** JSON's tokens, RFC 8259. */
const SPACE = /[ \t\n\r]*/y
const TEXT = /"[ !#-[\]-\uffff]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[ !#-[\]-\uffff]*)*"/y
const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y

/**
 * Where and why a text is no JSON, as `line 3, column 7: a comma or "}" is missing`; undefined where it is JSON.
 * Engines tell the place of some errors only, and in words of their own. Reads without recursion, once through.
 */
export function syntaxFault(text: string): string | undefined {
  let at = 0
  const skip = (token: RegExp): boolean => {
    token.lastIndex = at
    const found = token.test(text)
    if (found) at = token.lastIndex
    return found
  }
  const open: ('{' | '[')[] = []
  // What may stand next: a value; a key or "}"; a key; a value or "]"; a comma or the end of what is open.
  let next: 'value' | 'key or end' | 'key' | 'value or end' | 'comma or end' = 'value'
  for (;;) {
    skip(SPACE)
    const sign = text[at]
    const inner = open.at(-1)
    if (next === 'comma or end') {
      if (inner === undefined) return sign === undefined ? undefined : placed(text, at, 'nothing may follow the end of the document')
      if (sign === ',') next = inner === '{' ? 'key' : 'value'
      else if (sign === (inner === '{' ? '}' : ']')) open.pop()
      else return placed(text, at, sign === undefined ? unclosed(open) : `a comma or ${inner === '{' ? '"}"' : '"]"'} is missing`)
      at++
    } else if (next === 'key' || next === 'key or end') {
      if (next === 'key or end' && sign === '}') {
        open.pop()
        at++
        next = 'comma or end'
        continue
      }
      if (sign === undefined) return placed(text, at, unclosed(open))
      if (!skip(TEXT))
        return placed(
          text,
          at,
          sign === '}' ? 'a comma may not stand before "}"' : sign === '"' ? brokenText(text, at) : 'a key in double quotes is missing'
        )
      skip(SPACE)
      if (text[at] !== ':') return placed(text, at, 'a colon is missing after the key')
      at++
      next = 'value'
    } else if (sign === ']' && next === 'value or end') {
      open.pop()
      at++
      next = 'comma or end'
    } else if (sign === '{' || sign === '[') {
      open.push(sign)
      at++
      next = sign === '{' ? 'key or end' : 'value or end'
    } else if (skip(TEXT) || skip(SCALAR)) {
      next = 'comma or end'
    } else if (sign === undefined) {
      return placed(text, at, open.length > 0 ? unclosed(open) : 'the document is empty')
    } else {
      return placed(
        text,
        at,
        sign === '"'
          ? brokenText(text, at)
          : sign === ']'
            ? 'a comma may not stand before "]"'
            : `${JSON.stringify(wordAt(text, at))} is no value`
      )
    }
  }
}

function placed(text: string, at: number, why: string): string {
  const before = text.slice(0, at).split('\n')
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}: ${why}`
}

function unclosed(open: readonly string[]): string {
  return `the text ends before "${open.at(-1) === '{' ? '}' : ']'}"`
}

function brokenText(text: string, at: number): string {
  const end = text.indexOf('\n', at)
  const line = text.slice(at + 1, end < 0 ? undefined : end)
  return /^(?:[^"\\]|\\.)*"/.test(line)
    ? 'the text holds a character or an escape that JSON does not know'
    : 'the text in quotes does not end on its line'
}

function wordAt(text: string, at: number): string {
  return /^[^\s,:[\]{}"]{1,20}/.exec(text.slice(at, at + 20))?.[0] ?? text[at]
}
