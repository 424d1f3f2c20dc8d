import { type Read, refused } from './read'

/** Encodings that a file can be in; the second and third are recognised by their byte order mark. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

/** Bytes as text, as the runtime's own decoder has them: without a byte order mark, and throwing where they are in another encoding. */
export type Decode = (bytes: Uint8Array, encoding: Encoding) => string

/** Where a zero tells a text from what is none. */
const ZEROS_WITHIN = 1000

/** The encoding that a file's first bytes speak of. */
export function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return 'utf-8'
}

/** A file's text. Bytes in any other encoding are refused: guessed letters would be names of other things. */
export function decodedText(bytes: Uint8Array, decode: Decode): Read<string> {
  const encoding = encodingOf(bytes)
  try {
    const value = decode(bytes, encoding)
    // Half of the bytes of UTF-16 and three quarters of UTF-32 are zeros, which are letters of UTF-8 that no document has.
    if (!value.slice(0, ZEROS_WITHIN).includes('\0')) return { ok: true, value }
    const message = 'holds zeros as binary files do, or UTF-16 without its byte order mark; save it as text in UTF-8'
    return refused([{ path: '$', message }])
  } catch {
    const message =
      encoding === 'utf-8'
        ? 'is not text in UTF-8, nor in UTF-16 with a byte order mark; save it in one of them'
        : 'begins with the byte order mark of UTF-16 but is not UTF-16; save it again'
    return refused([{ path: '$', message }])
  }
}

/** A file's name without its folder and what stands behind its last dot, at most 200 characters. */
export function stemOf(file: string): string {
  const name = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1)
  const dot = name.lastIndexOf('.')
  return (dot > 0 ? name.slice(0, dot) : name).trim().slice(0, 200) || 'file'
}
