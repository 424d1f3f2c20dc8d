import { type Read, refused } from './read'
import { syntaxFault } from './syntax'

/** Longer texts are no documents of ours; 64 MiB where every character is one byte. */
const MOST_CHARACTERS = 64 * 2 ** 20

/** Text as JSON. A syntax error names its line and column. */
export function parseJson(text: string): Read<unknown> {
  if (text.length > MOST_CHARACTERS) {
    return refused([
      { path: '$', message: `is longer than ${MOST_CHARACTERS.toLocaleString('en')} characters; split it into several documents` }
    ])
  }
  // A byte order mark is no JSON, and some editors write one.
  const body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  try {
    return { ok: true, value: JSON.parse(body) }
  } catch (error) {
    const reason = syntaxFault(body) ?? (error instanceof Error ? error.message : String(error))
    return refused([{ path: '$', message: `is no JSON: ${reason}` }])
  }
}
