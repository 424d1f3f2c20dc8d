import { maskedCrc32c } from './crc32c'
import { ProtoWriter, varint } from './protobuf'

/**
 * TensorBoard's event files: TFRecords of `tensorflow.Event` messages. A record is its length (uint64), the masked CRC-32C of that, the
 * message, and the masked CRC-32C of it, all little-endian.
 */

/** One message framed as a record. */
export function tfRecord(message: Uint8Array): Uint8Array {
  const record = new Uint8Array(12 + message.length + 4)
  const view = new DataView(record.buffer)
  view.setUint32(0, message.length, true)
  view.setUint32(8, maskedCrc32c(record.subarray(0, 8)), true)
  record.set(message, 12)
  view.setUint32(12 + message.length, maskedCrc32c(message), true)
  return record
}

/** The event every file begins with. Seconds since 1970. */
export const versionEvent = (seconds: number): Uint8Array => new ProtoWriter().double(1, seconds).bytes(3, 'brain.Event:2').end()

/**
 * The records of a curve, one a point: its step and value under `tag`, at `seconds` since 1970. TensorBoard's scalars are float32. Written
 * in place, since a curve may have a million points.
 */
export function scalarRecords(
  tag: string,
  steps: ArrayLike<number>,
  values: ArrayLike<number>,
  seconds: (step: number) => number
): Uint8Array {
  const name = new ProtoWriter().bytes(1, tag).end()
  const value = name.length + 5
  const head = [...varint(value)]
  const summary = [0x2a, ...varint(1 + head.length + value), 0x0a, ...head]
  // Wall time 9, step 1 and up to 8, the summary, and 16 of the frame.
  const whole = new Uint8Array(steps.length * (9 + 9 + summary.length + value + 16))
  const view = new DataView(whole.buffer)
  let at = 0
  for (let i = 0; i < steps.length; i++) {
    const step = Math.round(steps[i])
    const begun = at + 12
    let to = begun
    whole[to++] = 0x09
    view.setFloat64(to, seconds(steps[i]), true)
    to += 8
    whole[to++] = 0x10
    for (const byte of varint(step)) whole[to++] = byte
    whole.set(summary, to)
    to += summary.length
    whole.set(name, to)
    to += name.length
    whole[to++] = 0x15
    view.setFloat32(to, values[i], true)
    to += 4
    view.setUint32(at, to - begun, true)
    view.setUint32(at + 8, maskedCrc32c(whole.subarray(at, at + 8)), true)
    view.setUint32(to, maskedCrc32c(whole.subarray(begun, to)), true)
    at = to + 4
  }
  return whole.subarray(0, at)
}

/** A text in Markdown, shown on the page Text. */
export function textEvent(seconds: number, tag: string, markdown: string): Uint8Array {
  const metadata = new ProtoWriter().bytes(1, new ProtoWriter().bytes(1, 'text').end()).end()
  // A tensor of one string: dtype DT_STRING, shape [1].
  const shape = new ProtoWriter().bytes(2, new ProtoWriter().varint(1, 1).end()).end()
  const tensor = new ProtoWriter().varint(1, 7).bytes(2, shape).bytes(8, markdown).end()
  const value = new ProtoWriter().bytes(1, tag).bytes(9, metadata).bytes(8, tensor).end()
  return new ProtoWriter().double(1, seconds).bytes(5, new ProtoWriter().bytes(1, value).end()).end()
}
