import { BIN_DAYS } from '@shared/bin'
import type { BinEntry, Restored } from '@shared/contract/bin'
import { StoreError } from './errors'

export const DAY_MS = 24 * 3600 * 1000

/** An entry of the bin but for who uses it. */
export type StoredEntry = Omit<BinEntry, 'usedBy'>

/** Where deleted things of one kind are. Keys are what follows the kind in an entry's id. */
export interface Shelf {
  entries(): StoredEntry[]
  /** Brings an entry back. */
  restore(key: string): Restored
  /** Deletes an entry for good. False where it cannot go yet. */
  purge(key: string): boolean
}

/** No such entry is in the bin: it was restored, or deleted for good. */
export class UnknownEntryError extends StoreError {
  override name = 'UnknownEntryError'
  constructor(readonly ids: readonly string[]) {
    super(`${ids.join(', ')} is not in the bin; it was restored, or deleted for good.`)
  }
}

/** When something deleted at `deletedAt` leaves the bin, in milliseconds since 1970. */
export const keptUntil = (deletedAt: number): number => deletedAt + BIN_DAYS * DAY_MS

/** A name for something that comes back: its own, or one that says so, of at most `most` characters. */
export function restoredName(name: string, most: number, isTaken: (name: string) => boolean): string {
  let free = name
  for (let i = 1; isTaken(free); i++) {
    const end = i === 1 ? ' (restored)' : ` (restored ${i})`
    free = name.slice(0, most - end.length) + end
  }
  return free
}

/** What `restored` says of a thing that comes back under `name`. */
export const renamed = (before: string, name: string): { name: string; before?: string } => (before === name ? { name } : { name, before })
