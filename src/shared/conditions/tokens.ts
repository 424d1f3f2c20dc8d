/** A piece of a written condition. `at` is where it begins, in characters. */
export type Token =
  | { kind: 'operator'; text: Operator; at: number }
  | { kind: 'bracket'; text: '(' | ')'; at: number }
  | { kind: 'comma'; text: ','; at: number }
  | { kind: 'quoted'; text: string; at: number }
  | { kind: 'word'; text: string; at: number }

export const OPERATORS = ['<', '<=', '>', '>=', '=', '!=', ':'] as const
export type Operator = (typeof OPERATORS)[number]

const SPELLINGS: Readonly<Record<string, Operator>> = {
  '<': '<',
  '<=': '<=',
  '≤': '<=',
  '>': '>',
  '>=': '>=',
  '≥': '>=',
  '=': '=',
  '==': '=',
  '!=': '!=',
  '<>': '!=',
  '≠': '!=',
  ':': ':'
}

// Commas between digits belong to the number: what 0,5 or 1,2,3 means is for the reader of the number. A colon within a time is its own.
const PIECE =
  /\s+|"([^"]*)"?|(\d{4}-\d{1,2}-\d{1,2}T\d{1,2}:\d{2}(?![\d:]))|(<=|>=|==|!=|<>|[<>=≤≥≠:])|([()])|(,)|([+−-]?\d[\d.’']*(?:,\d[\d.’']*)+[^\s"<>=≤≥≠:!(),]*|[^\s"<>=≤≥≠:!(),]+|!)/gy

/** A written condition in pieces. A quote that is not closed ends with the text. */
export function tokensOf(written: string): Token[] {
  const tokens: Token[] = []
  for (const match of written.matchAll(PIECE)) {
    const [whole, quoted, time, operator, bracket, comma, piece] = match
    const word = time ?? piece
    const at = match.index
    if (operator !== undefined) tokens.push({ kind: 'operator', text: SPELLINGS[operator], at })
    else if (bracket === '(' || bracket === ')') tokens.push({ kind: 'bracket', text: bracket, at })
    else if (comma !== undefined) tokens.push({ kind: 'comma', text: ',', at })
    else if (word !== undefined) tokens.push({ kind: 'word', text: word, at })
    else if (whole.startsWith('"')) tokens.push({ kind: 'quoted', text: quoted ?? '', at })
  }
  return tokens
}
