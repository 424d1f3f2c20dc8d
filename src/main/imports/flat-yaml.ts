import { BadForeignError } from './foreign-run'

/**
 * The YAML that MLflow writes into `meta.yaml`: one level of `key: value`, values plain, single- or double-quoted, long ones continued on
 * indented lines. What else YAML knows – lists, anchors, tags – is passed over, since nothing here is read from it.
 */

const MOST_LETTERS = 100_000
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '0': '\0',
  '"': '"',
  '\\': '\\',
  '/': '/',
  ' ': ' ',
  _: '\u00a0'
}

/** Throws BadForeignError naming the line. */
export function readFlatYaml(text: string, file: string): ReadonlyMap<string, string> {
  if (text.length > MOST_LETTERS) throw new BadForeignError(file, `has ${text.length} letters, more than such a file has`)
  const found = new Map<string, string>()
  const lines = text.split(/\r?\n/)
  for (let i = 0; i < lines.length; i++) {
    const begun = i
    const line = lines[i]
    if (line.trim() === '' || /^(#|---|\.\.\.|%|-|\s)/.test(line)) continue
    const colon = line.indexOf(':')
    if (colon < 1 || (line[colon + 1] !== undefined && line[colon + 1] !== ' '))
      throw new BadForeignError(file, `line ${i + 1} is not "key: value"`)
    const parts = [line.slice(colon + 1).trim()]
    while (/^\s+\S/.test(lines[i + 1] ?? '')) parts.push(lines[++i].trim())
    const key = line.slice(0, colon).trim()
    if (found.has(key)) throw new BadForeignError(file, `line ${begun + 1} gives "${key}" a second time`)
    found.set(key, scalarOf(parts, file, begun + 1))
  }
  return found
}

function scalarOf(parts: readonly string[], file: string, line: number): string {
  const [first] = parts
  // A line that ends with a backslash within double quotes goes on without a space.
  const whole = parts.reduce((text, part) => (text.endsWith('\\') && first.startsWith('"') ? text.slice(0, -1) + part : `${text} ${part}`))
  if (first.startsWith("'")) {
    if (whole.length < 2 || !whole.endsWith("'")) throw new BadForeignError(file, `line ${line} has a quote that does not end`)
    return whole.slice(1, -1).replaceAll("''", "'")
  }
  if (!first.startsWith('"')) return whole.replace(/\s#.*$/, '').trim()
  if (whole.length < 2 || !whole.endsWith('"')) throw new BadForeignError(file, `line ${line} has a quote that does not end`)
  return whole.slice(1, -1).replaceAll(/\\(x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)/g, (_, code: string) => {
    if (code.length === 1) return ESCAPES[code] ?? code
    const point = Number.parseInt(code.slice(1), 16)
    return point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd'
  })
}
