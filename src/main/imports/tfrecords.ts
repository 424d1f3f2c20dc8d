import { maskedCrc32c } from '../exports/crc32c'
import { BadForeignError } from './foreign-run'
import type { ByteSource } from '../archive/zip-directory'

/** Bytes read of a file at a time. */
const WINDOW = 4 * 2 ** 20
/** Longer records hold pictures or sound, and no file of scalars has them. */
const MOST_RECORD = 256 * 2 ** 20
/** A length and its checksum before a record, and its own checksum after it. */
const HEAD = 12
const TAIL = 4

/** Why a file's end could not be read, where the record that could not begins. */
export interface DamagedEnd {
  at: number
  why: 'half' | 'damaged'
}

/**
 * The records of a TFRecord file in their order, each checksum checked; a record's bytes stand until the next is asked for. A file that ends within
 * a record, as one that is still being written, and what follows a record whose checksum does not match are left out: the generator returns
 * where. Throws BadForeignError where not even the first record's checksum holds.
 */
export function* tfRecords(source: ByteSource, file: string): Generator<{ at: number; bytes: Uint8Array }, DamagedEnd | undefined> {
  let window = new Uint8Array()
  let begins = 0
  /** `length` bytes from `at`; undefined beyond the end. */
  const read = (at: number, length: number): Uint8Array | undefined => {
    if (at + length > source.size) return undefined
    if (at < begins || at + length > begins + window.length) {
      window = source.read(at, Math.min(source.size - at, Math.max(length, WINDOW))) as typeof window
      begins = at
    }
    return window.subarray(at - begins, at - begins + length)
  }
  for (let at = 0; at < source.size; ) {
    const head = read(at, HEAD)
    if (!head) return ended(file, at, 'half')
    const view = new DataView(head.buffer, head.byteOffset, HEAD)
    if (view.getUint32(8, true) !== maskedCrc32c(head.subarray(0, 8))) return ended(file, at, 'damaged')
    const length = view.getUint32(0, true) + view.getUint32(4, true) * 2 ** 32
    if (length > MOST_RECORD)
      throw new BadForeignError(file, `at byte ${at} a record states a length of ${length}; at most ${MOST_RECORD} are read`)
    const whole = read(at + HEAD, length + TAIL)
    if (!whole) return ended(file, at, 'half')
    const bytes = whole.subarray(0, length)
    const checksum = new DataView(whole.buffer, whole.byteOffset + length, TAIL).getUint32(0, true)
    if (checksum !== maskedCrc32c(bytes)) return ended(file, at, 'damaged')
    yield { at, bytes }
    at += HEAD + length + TAIL
  }
  return undefined
}

function ended(file: string, at: number, why: DamagedEnd['why']): DamagedEnd {
  if (at > 0 || why === 'half') return { at, why }
  throw new BadForeignError(file, 'at byte 0 there is no record of an event file: its checksum does not match')
}
