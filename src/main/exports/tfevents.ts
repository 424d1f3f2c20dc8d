import { maskedCrc32c } from './crc32c'
import { ProtoWriter } from './protobuf'

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

/** A value of a curve. TensorBoard's scalars are float32. */
export function scalarEvent(seconds: number, step: number, tag: string, value: number): Uint8Array {
  const summary = new ProtoWriter().bytes(1, new ProtoWriter().bytes(1, tag).float(2, value).end()).end()
  return new ProtoWriter().double(1, seconds).varint(2, step).bytes(5, summary).end()
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
