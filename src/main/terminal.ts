import { format } from 'node:util'

/**
 * What could act on a terminal or reorder a line instead of being read: C0 controls but tab and line feed, DEL, C1 controls,
 * marks of text direction, and the separators that some terminals break lines at.
 */
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g
const UNSEEN = /[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

/** Text of anybody's as a terminal may be given it: what acts is shown instead, as `\x1b` or `U+202E`. Lines stay lines. */
export function harmless(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll(CONTROLS, (letter) => `\\x${letter.charCodeAt(0).toString(16).padStart(2, '0')}`)
    .replaceAll(UNSEEN, (letter) => `U+${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`)
}

/** As `harmless`, for what must stay on one line. */
export function harmlessLine(text: string): string {
  return harmless(text).replaceAll('\n', '\\x0a').replaceAll('\t', '\\x09')
}

/** The text of a JSON document, saying the same without a letter that acts on a terminal; JSON itself escapes C0 alone. */
export function harmlessJson(text: string): string {
  const escaped = (letter: string) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`
  return text.replaceAll(/[\u007f-\u009f]/g, escaped).replaceAll(UNSEEN, escaped)
}

/** Writes lines of the program's own, or a child's, to stderr. */
export function complain(text: string): void {
  process.stderr.write(harmless(text.endsWith('\n') ? text : `${text}\n`))
}

/** Has what libraries say on the console pass by `complain`; they quote what they were sent. */
export function tameConsole(): void {
  console.error = console.warn = (...values: unknown[]) => complain(format(...values))
}
