import type { RunRow } from '../contract/records'

// Rows are replaced when they change, so what was read of one stays true for it.
const searched = new WeakMap<RunRow, string>()

/** Whether a word occurs in what a run is called: its names, id, message, tags or note. */
export function hasWord(row: RunRow, word: string): boolean {
  let found = searched.get(row)
  if (found === undefined) {
    const parts = [row.id, row.experiment, row.scenario, row.algorithm, row.message, ...(row.tags ?? []), row.note]
    found = parts
      .filter((part) => part !== undefined)
      .join('\n')
      .toLowerCase()
    searched.set(row, found)
  }
  return found.includes(word)
}
