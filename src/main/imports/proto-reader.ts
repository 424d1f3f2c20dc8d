/** The wire format of Protocol Buffers, read field by field without a message being made of it. */

export class ProtoFault extends Error {}

/** A cursor over the fields of one message. `next` moves to a field; then `number`, `kind` and what it holds can be asked for. */
export class ProtoReader {
  number = 0
  /** 0 varint, 1 eight bytes, 2 a length and so many bytes, 5 four bytes. */
  kind = 0
  #at: number
  #held = 0
  #length = 0
  readonly #view: DataView

  constructor(
    readonly bytes: Uint8Array,
    from = 0,
    private readonly end = bytes.length
  ) {
    this.#at = from
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  /** Moves to the next field; false at the end. Throws ProtoFault. */
  next(): boolean {
    if (this.#at >= this.end) return false
    const key = this.#varint()
    this.number = Math.floor(key / 8)
    this.kind = key % 8
    if (this.number === 0) throw new ProtoFault('a field has the number 0')
    this.#held = this.#at
    if (this.kind === 0) this.#varint()
    else if (this.kind === 1) this.#skip(8)
    else if (this.kind === 5) this.#skip(4)
    else if (this.kind === 2) {
      this.#length = this.#varint()
      this.#held = this.#at
      this.#skip(this.#length)
    } else throw new ProtoFault(`a field has the type ${this.kind}, which event files do not use`)
    return true
  }

  /** A varint as a signed 64-bit number; beyond 2⁵³ rounded. */
  whole(): number {
    this.#want(0)
    let low = 0
    let high = 0
    for (let i = 0, at = this.#held; i < 10; i++) {
      const byte = this.bytes[at++]
      if (i < 4) low += (byte & 127) * 2 ** (7 * i)
      else if (i === 4) {
        low += (byte & 15) * 2 ** 28
        high += (byte & 127) >> 4
      } else high += (byte & 127) * 2 ** (7 * i - 32)
      if (byte < 128) break
    }
    high %= 2 ** 32
    return high >= 2 ** 31 ? (high - 2 ** 32) * 2 ** 32 + low : high * 2 ** 32 + low
  }

  double(): number {
    this.#want(1)
    return this.#view.getFloat64(this.#held, true)
  }

  float(): number {
    this.#want(5)
    return this.#view.getFloat32(this.#held, true)
  }

  slice(): Uint8Array {
    this.#want(2)
    return this.bytes.subarray(this.#held, this.#held + this.#length)
  }

  message(): ProtoReader {
    this.#want(2)
    return new ProtoReader(this.bytes, this.#held, this.#held + this.#length)
  }

  /** UTF-8; what is not becomes the sign for that. */
  text(): string {
    return Buffer.from(this.slice().buffer, this.slice().byteOffset, this.#length).toString('utf8')
  }

  #want(kind: number): void {
    if (this.kind !== kind) throw new ProtoFault(`field ${this.number} has another type than event files give it`)
  }

  #skip(length: number): void {
    if (this.#at + length > this.end) throw new ProtoFault('a field is longer than its message')
    this.#at += length
  }

  #varint(): number {
    let value = 0
    for (let shift = 1, i = 0; i < 10; i++, shift *= 128) {
      if (this.#at >= this.end) throw new ProtoFault('a field is cut off')
      const byte = this.bytes[this.#at++]
      value += (byte & 127) * shift
      if (byte < 128) return value
    }
    throw new ProtoFault('a number is too long')
  }
}
