/** Float64 arrays as blobs, little-endian as every platform the program runs on. */
export function blobOf(values: Float64Array): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength)
}

/** A copy: a blob need not start at a multiple of eight bytes. Throws RangeError where the length is not a multiple of eight. */
export function floatsOf(blob: Uint8Array): Float64Array {
  if (blob.byteLength % 8 !== 0) throw new RangeError(`${blob.byteLength} bytes are not a whole number of Float64 values`)
  const values = new Float64Array(blob.byteLength / 8)
  new Uint8Array(values.buffer).set(blob)
  return values
}
