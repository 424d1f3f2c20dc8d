import { usersText, whatText } from '@shared/bin'
import type { BinEntry, BinKind } from '@shared/contract/bin'
import type { IconName } from '../ui/icons'
import { text } from '../ui/text'
import { when } from '../ui/when'

const DAY = 24 * 3600 * 1000
/** What leaves within so many days is pointed out. */
const SOON_DAYS = 3

export const SHELVES = ['all', 'documents', 'runs', 'others'] as const
export type ShelfName = (typeof SHELVES)[number]

const SHELF_OF: Record<BinKind, ShelfName> = {
  run: 'runs',
  topology: 'documents',
  workload: 'documents',
  experiment: 'documents',
  environments: 'documents',
  comparison: 'others',
  policy: 'others',
  view: 'others'
}

export const ICON_OF: Record<BinKind, IconName> = {
  run: 'runs',
  topology: 'topology',
  workload: 'workloads',
  experiment: 'experiments',
  environments: 'layers',
  comparison: 'compare',
  policy: 'chip',
  view: 'bookmark'
}

/** Entries of a shelf that hold every word of a search. */
export function found(entries: readonly BinEntry[], shelf: ShelfName, search: string): BinEntry[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return entries.filter((entry) => {
    if (shelf !== 'all' && SHELF_OF[entry.kind] !== shelf) return false
    const said = [entry.name, entry.id, whatText(entry), ...(entry.runs ?? []), ...entry.usedBy.map(usersText)].join(' ').toLowerCase()
    return words.every((word) => said.includes(word))
  })
}

export function countsOf(entries: readonly BinEntry[]): Record<ShelfName, number> {
  const counts = { all: entries.length, documents: 0, runs: 0, others: 0 }
  for (const { kind } of entries) counts[SHELF_OF[kind]]++
  return counts
}

const startOfDay = (at: number) => new Date(at).setHours(0, 0, 0, 0)

/** "today, 12:05", "yesterday, 18:40", "27 Nov". */
export function deletedText(at: number, now: number): string {
  const time = when(at, at)
  if (startOfDay(at) === startOfDay(now)) return text.bin.today(time)
  return startOfDay(at) === startOfDay(startOfDay(now) - 1) ? text.bin.yesterday(time) : when(at, now)
}

const dayOf = (at: number) => text.dates.day(new Date(at).getDate(), text.dates.months[new Date(at).getMonth()])

export const leavesSoon = ({ keptUntil }: BinEntry, now: number): boolean => keptUntil - now <= SOON_DAYS * DAY

/** "30 Dec"; "3 Dec, in 3 days" where that is soon. */
export function untilText(entry: BinEntry, now: number): string {
  const day = dayOf(entry.keptUntil)
  return leavesSoon(entry, now) ? text.bin.inDays(day, Math.floor((entry.keptUntil - now) / DAY)) : day
}

/** What leaves soon, and by when the last of it; undefined where nothing does. */
export function leavingText(entries: readonly BinEntry[], now: number): string | undefined {
  const soon = entries.filter((entry) => leavesSoon(entry, now))
  return soon.length === 0 ? undefined : text.bin.leaving(soon.length, dayOf(Math.max(...soon.map(({ keptUntil }) => keptUntil))))
}
