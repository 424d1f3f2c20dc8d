import { type Read, refused } from './read'
import { scanJson } from './syntax'

/** Longer texts are not documents of ours; 64 MiB where every character is one byte. */
const MOST_CHARACTERS = 64 * 2 ** 20

/** How the only fault of a text that is not JSON begins. */
export const NO_JSON = 'is not JSON: '

/** Text as JSON. A syntax error names its line and column, a key that stands twice its path. */
export function parseJson(text: string): Read<unknown> {
  const tooLong = lengthFault(text)
  if (tooLong !== undefined) return refused([{ path: '$', message: tooLong }])
  const body = withoutMark(text)
  const { fault, excess, duplicates } = scanJson(body)
  if (excess) return refused([excess])
  if (fault !== undefined) return refused([{ path: '$', message: `${NO_JSON}${fault}` }])
  if (duplicates.length > 0) return refused(duplicates.map((path) => ({ path, message: 'occurs a second time; keep one' })))
  try {
    return { ok: true, value: JSON.parse(body) }
  } catch (error) {
    return refused([{ path: '$', message: `${NO_JSON}${error instanceof Error ? error.message : String(error)}` }])
  }
}

/**
 * JSON with the bare Infinity, -Infinity and NaN that Python writes, as JSON: infinities as 1e999, which reads as one, NaN as null.
 * What stands in quotes stays, closed or not, and infinities keep their columns.
 */
export function withoutBareNumbers(text: string): string {
  return text.replace(/"(?:[^"\\\n]|\\.)*"?|\bInfinity\b|\bNaN\b/g, (found) =>
    found === 'Infinity' ? '1e999   ' : found === 'NaN' ? 'null' : found
  )
}

/** Why a text is too long to be read at all. */
export function lengthFault(text: string): string | undefined {
  if (text.length <= MOST_CHARACTERS) return undefined
  return `is longer than ${MOST_CHARACTERS.toLocaleString('en')} characters; split it into several documents`
}

/** A text without the byte order mark that some editors write. */
export const withoutMark = (text: string): string => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text)
