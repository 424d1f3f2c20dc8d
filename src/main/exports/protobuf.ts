/** The wire format of Protocol Buffers, as far as event files need it: fields of varints, doubles and bytes. */

export class ProtoWriter {
  readonly #parts: number[] = []

  varint(field: number, value: number): this {
    this.#key(field, 0)
    this.#varint(value)
    return this
  }

  double(field: number, value: number): this {
    this.#key(field, 1)
    NUMBER.setFloat64(0, value, true)
    this.#number(8)
    return this
  }

  bytes(field: number, value: Uint8Array | string): this {
    const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value
    this.#key(field, 2)
    this.#varint(bytes.length)
    for (const byte of bytes) this.#parts.push(byte)
    return this
  }

  end(): Uint8Array {
    return Uint8Array.from(this.#parts)
  }

  #key(field: number, type: number): void {
    this.#varint(field * 8 + type)
  }

  #varint(value: number): void {
    for (const byte of varint(value)) this.#parts.push(byte)
  }

  #number(length: number): void {
    for (let i = 0; i < length; i++) this.#parts.push(NUMBER.getUint8(i))
  }
}

/** A whole number from 0 to 2⁵³, seven bits a byte: negative ones would be ten bytes, and none is needed. */
export function varint(value: number): number[] {
  const bytes: number[] = []
  let left = value
  while (left >= 128) {
    bytes.push((left % 128) + 128)
    left = Math.floor(left / 128)
  }
  bytes.push(left)
  return bytes
}

const NUMBER = new DataView(new ArrayBuffer(8))
