import { PART_BYTES } from '@shared/contract/pieces'
import type { Client } from './connection'

/** Bytes fetched at a time. */
const FETCH_BYTES = 4 * PART_BYTES

/** Sends a file to the program piece by piece; resolves with its id there. The sender ends it. */
export async function sendFile(
  client: Client,
  file: Blob,
  name: string,
  onProgress: (fraction: number) => void = () => {}
): Promise<string> {
  const { transfer } = await client.transfers.begin({ name: name.trim().slice(0, 200) || 'file' })
  try {
    for (let offset = 0; offset < file.size; offset += PART_BYTES) {
      await client.transfers.write({ transfer, offset, part: file.slice(offset, offset + PART_BYTES) })
      onProgress(Math.min(1, (offset + PART_BYTES) / file.size))
    }
    return transfer
  } catch (error) {
    void endTransfer(client, transfer)
    throw error
  }
}

/** A file that is at the program, whole. */
export async function fetchFile(client: Client, transfer: string, bytes: number): Promise<Blob> {
  const parts: ArrayBuffer[] = []
  for (let offset = 0; offset < bytes; offset += FETCH_BYTES) {
    const part = await client.transfers.read({ transfer, offset, length: FETCH_BYTES })
    parts.push(await part.arrayBuffer())
  }
  return new Blob(parts)
}

/** Drops a transfer; one that has already gone is ignored. */
export async function endTransfer(client: Client, transfer: string): Promise<void> {
  // Gone already, or the line is down: the program lets go of it by itself.
  await client.transfers.end({ transfer }).catch(() => {})
}
