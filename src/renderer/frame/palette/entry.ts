import type { IconName } from '../../ui/icons'
import type { Shortcut } from '../../services/shortcuts'

/** Something the palette leads to. */
export interface PaletteEntry {
  id: string
  label: string
  /** What it is of: an experiment's scenario, a run's id. */
  hint?: string
  icon: IconName
  shortcut?: Shortcut
  /** What a search looks through, in lower case. */
  search: string
  run(): void
}

/** One kind of thing the palette knows: called while it is set up, read whenever it opens. */
export interface PaletteSource {
  heading: string
  /** Shown before anything is searched for; the others wait for a search. */
  isShownEmpty?: boolean
  entries(): readonly PaletteEntry[]
}

export function searchText(...parts: (string | undefined)[]): string {
  return parts
    .filter((part) => part !== undefined)
    .join(' ')
    .toLowerCase()
}
