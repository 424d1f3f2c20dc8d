import { randomUUID } from 'node:crypto'
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MOST_BYTES, mebibytes } from '../archive/limits'

/** What a transfer cannot do, as a sentence. */
export class TransferError extends Error {
  override name = 'TransferError'
}

const MOST_TRANSFERS = 8
/** One unused for this long can be dropped for another. */
const IDLE_MS = 10 * 60_000

/** A file on its way in or out of the program, piece by piece: a message holds less than a file. */
export class Transfer {
  readonly id = randomUUID()
  usedAt = Date.now()
  #size = 0
  #users = 0
  #isOver = false
  readonly #path: string
  readonly #file: number

  constructor(
    folder: string,
    /** As the file is called where it comes from or goes to. */
    readonly name: string
  ) {
    this.#path = join(folder, this.id)
    this.#file = openSync(this.#path, 'wx+', 0o600)
  }

  get size(): number {
    return this.#size
  }

  get isUsed(): boolean {
    return this.#users > 0
  }

  /** Adds bytes to its end. Throws TransferError where it grows too large. */
  append(bytes: Uint8Array): void {
    if (this.#size + bytes.length > MOST_BYTES) throw new TransferError(`The file is larger than ${mebibytes(MOST_BYTES)}.`)
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at, bytes.length - at, this.#size + at)
    this.#size += bytes.length
    this.usedAt = Date.now()
  }

  read(offset: number, length: number): Uint8Array {
    if (offset < 0 || offset + length > this.#size) throw new RangeError('beyond the end')
    const bytes = new Uint8Array(length)
    for (let at = 0; at < length; ) {
      const got = readSync(this.#file, bytes, at, length - at, offset + at)
      if (got === 0) throw new RangeError('beyond the end')
      at += got
    }
    this.usedAt = Date.now()
    return bytes
  }

  /** Its file, and the place of one beside it that ends with it. */
  get files(): { path: string; beside: string } {
    return { path: this.#path, beside: `${this.#path}.beside` }
  }

  /** Does `work` with it; it stays until that is done, even if it is ended in the meantime. */
  async use<T>(work: () => Promise<T>): Promise<T> {
    this.#users++
    try {
      return await work()
    } finally {
      this.#users--
      if (this.#isOver) this.end()
    }
  }

  end(): void {
    this.#isOver = true
    if (this.#users > 0) return
    this.#users = Number.NaN
    closeSync(this.#file)
    for (const file of Object.values(this.files)) rmSync(file, { force: true })
  }
}

/** The files that are on their way. They are in a folder of their own that ends with the program. */
export class Transfers {
  readonly #all = new Map<string, Transfer>()
  #folder: string | undefined

  /** Throws TransferError where too many are open. */
  begin(name: string): Transfer {
    if (this.#all.size >= MOST_TRANSFERS) this.#makeRoom()
    this.#folder ??= mkdtempSync(join(tmpdir(), 'dmro-lab-transfers-'))
    const transfer = new Transfer(this.#folder, name)
    this.#all.set(transfer.id, transfer)
    return transfer
  }

  get(id: string): Transfer | undefined {
    return this.#all.get(id)
  }

  end(id: string): void {
    this.#all.get(id)?.end()
    this.#all.delete(id)
  }

  close(): void {
    for (const id of [...this.#all.keys()]) this.end(id)
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true })
  }

  #makeRoom(): void {
    const [idle] = [...this.#all.values()].filter(({ isUsed }) => !isUsed).sort((a, b) => a.usedAt - b.usedAt)
    if (!idle || Date.now() - idle.usedAt < IDLE_MS)
      throw new TransferError(`${MOST_TRANSFERS} files are being transferred; wait until one of them ends.`)
    this.end(idle.id)
  }
}
