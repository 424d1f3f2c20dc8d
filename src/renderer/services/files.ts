import type { ChosenFile } from '@shared/contract/desktop'
import type { Client } from './connection'
import { endTransfer, fetchFile } from './transfer'

/** A file given to the page, by whichever host. */
export interface GivenFile {
  name: string
  size: number
  /** Its first bytes, enough to tell what it is. */
  head(bytes: number): Promise<Uint8Array>
  content(): Promise<Blob>
  /** What it is called by at the program, where it is there already. */
  transfer?: string
  /** Drops it. */
  done(): void
}

/** A file of the browser's. */
export function browsed(file: File): GivenFile {
  return {
    name: file.name,
    size: file.size,
    head: async (bytes) => new Uint8Array(await file.slice(0, bytes).arrayBuffer()),
    content: () => Promise.resolve(file),
    done: () => {}
  }
}

/** A file that the program took in. */
export function transferred(client: Client, { transfer, name, bytes }: ChosenFile): GivenFile {
  return {
    name,
    size: bytes,
    transfer,
    head: async (length) => new Uint8Array(await (await client.transfers.read({ transfer, offset: 0, length })).arrayBuffer()),
    content: () => fetchFile(client, transfer, bytes),
    done: () => void endTransfer(client, transfer)
  }
}
