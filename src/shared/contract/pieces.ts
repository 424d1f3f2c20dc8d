/**
 * Messages over the socket in pieces: one frame holds a mebibyte, a document may hold more. A message that fits goes as it is; a longer one
 * goes as several frames, one after another, each with a mark before it. Calls begin with a brace, so that a mark is none.
 */

/** Bytes of a file that a page sends at a time: a message holds a mebibyte. */
export const PART_BYTES = 512 * 1024

/** Characters a frame takes: three bytes each at most, so that it stays under a mebibyte. */
export const PIECE_CHARACTERS = 256 * 1024
/** What all pieces of a message may come to. */
export const MOST_CHARACTERS = 32 * 2 ** 20

const MORE = '\u0001'
const LAST = '\u0002'

/** The frames that carry a message. No frame ends within a pair of surrogates, which would not travel. */
export function piecesOf(message: string, most = PIECE_CHARACTERS): string[] {
  if (message.length <= most) return [message]
  const pieces: string[] = []
  for (let from = 0; from < message.length; ) {
    let to = Math.min(message.length, from + most)
    const code = message.charCodeAt(to - 1)
    if (to < message.length && code >= 0xd800 && code < 0xdc00) to -= 1
    pieces.push((to < message.length ? MORE : LAST) + message.slice(from, to))
    from = to
  }
  return pieces
}

/** Puts frames together again: undefined while a message is not whole. Throws RangeError where it grows too long. */
export function joinPieces(most = MOST_CHARACTERS): (frame: string) => string | undefined {
  let waiting: string[] = []
  let length = 0
  return (frame) => {
    const mark = frame[0]
    if (mark !== MORE && mark !== LAST) return frame
    length += frame.length - 1
    if (length > most) {
      waiting = []
      throw new RangeError(`a message holds ${most} characters at most`)
    }
    waiting.push(frame.slice(1))
    if (mark === MORE) return undefined
    const whole = waiting.join('')
    waiting = []
    length = 0
    return whole
  }
}
