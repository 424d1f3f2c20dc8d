/** A piece of a DOT text and the line it begins on. A broken one says why. */
export interface DotToken {
  kind: 'id' | 'sign' | 'end' | 'broken'
  text: string
  line: number
  isQuoted?: boolean
}

const SIGNS: ReadonlySet<string> = new Set(['{', '}', '[', ']', ';', ',', '=', ':'])

/** Names without quotes: Graphviz's letters, and the dots, dashes and pluses that other writers leave bare. */
function isBare(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (code === 0x2d) return text[at + 1] !== '>' && text[at + 1] !== '-'
  return code > 0x7f || (code >= 0x30 && code <= 0x39) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a) || '_.+'.includes(text[at])
}

/** The pieces of a DOT text one after the other, comments left out. Every character is passed once, whatever it is. */
export class DotTokens {
  #at = 0
  #line = 1

  constructor(readonly text: string) {}

  next(): DotToken {
    const unclosed = this.#skip()
    const line = this.#line
    const { text } = this
    const at = this.#at
    const sign = text[at]
    if (unclosed) return { kind: 'broken', text: unclosed, line }
    if (sign === undefined) return { kind: 'end', text: '', line }
    if (sign === '"') return this.#quoted(line)
    if (sign === '<') return this.#markup(line)
    if (sign === '-' && (text[at + 1] === '>' || text[at + 1] === '-')) {
      this.#at += 2
      return { kind: 'sign', text: text.slice(at, at + 2), line }
    }
    if (at < text.length && isBare(text, at)) {
      while (this.#at < text.length && isBare(text, this.#at)) this.#at++
      return { kind: 'id', text: text.slice(at, this.#at), line }
    }
    this.#at++
    return SIGNS.has(sign)
      ? { kind: 'sign', text: sign, line }
      : { kind: 'broken', text: `${JSON.stringify(sign)} has no meaning here`, line }
  }

  /** Passes over space and comments; says what is wrong with a comment that never ends. */
  #skip(): string | undefined {
    const { text } = this
    for (;;) {
      const sign = text[this.#at]
      if (this.#endsLine()) this.#line++
      if (sign === '\n' || sign === ' ' || sign === '\t' || sign === '\r' || sign === '\ufeff') this.#at++
      else if (sign === '#' || (sign === '/' && text[this.#at + 1] === '/')) this.#passLine()
      else if (sign === '/' && text[this.#at + 1] === '*') {
        if (!this.#passComment()) return 'a comment "/*" is never closed'
      } else return undefined
    }
  }

  /** Whether a line ends here: at a line feed, or at a carriage return without one. */
  #endsLine(): boolean {
    const sign = this.text[this.#at]
    return sign === '\n' || (sign === '\r' && this.text[this.#at + 1] !== '\n')
  }

  #passLine(): void {
    while (this.#at < this.text.length && !this.#endsLine()) this.#at++
  }

  /** Goes behind a comment, or to the end where it is never closed; lines on the way are counted. */
  #passComment(): boolean {
    const found = this.text.indexOf('*/', this.#at + 2)
    const end = found < 0 ? this.text.length : found + 2
    for (; this.#at < end; this.#at++) if (this.#endsLine()) this.#line++
    return found >= 0
  }

  /** Text in quotes, of pieces joined by "+". A backslash before a quote or the end of a line takes it in. */
  #quoted(line: number): DotToken {
    const parts: string[] = []
    for (;;) {
      let from = ++this.#at
      for (; this.text[this.#at] !== '"'; this.#at++) {
        const sign = this.text[this.#at]
        if (sign === undefined) return { kind: 'broken', text: 'a text in quotes is never closed', line }
        if (this.#endsLine()) this.#line++
        const following = this.text[this.#at + 1]
        if (sign !== '\\' || (following !== '"' && following !== '\n' && following !== '\r')) continue
        parts.push(this.text.slice(from, this.#at), following === '"' ? '"' : '')
        this.#at++
        if (following === '\r' && this.text[this.#at + 1] === '\n') this.#at++
        if (this.#endsLine()) this.#line++
        from = this.#at + 1
      }
      parts.push(this.text.slice(from, this.#at++))
      const unclosed = this.#skip()
      if (unclosed || this.text[this.#at] !== '+') break
      this.#at++
      this.#skip()
      if (this.text[this.#at] !== '"') return { kind: 'broken', text: 'a text in quotes is expected after "+"', line: this.#line }
    }
    return { kind: 'id', text: parts.join(''), line, isQuoted: true }
  }

  /** `<b>like this</b>`, brackets and all. */
  #markup(line: number): DotToken {
    const from = this.#at
    let depth = 0
    do {
      const sign = this.text[this.#at++]
      if (sign === undefined) return { kind: 'broken', text: 'a "<" is never closed', line }
      if (sign === '\n' || (sign === '\r' && this.text[this.#at] !== '\n')) this.#line++
      if (sign === '<') depth++
      if (sign === '>') depth--
    } while (depth > 0)
    return { kind: 'id', text: this.text.slice(from, this.#at), line, isQuoted: true }
  }
}
