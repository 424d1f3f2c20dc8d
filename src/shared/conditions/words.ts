import type { RunRow } from '../contract/records'
import { RUN_STATUSES } from '../run/lifecycle'
import type { Cards } from '../run/naming'

// Rows are replaced when they change, so what was read of one stays true for it.
const searched = new WeakMap<RunRow, string>()

/** Whether a word (in small letters) occurs in what a run is called: its names, id, state, message, tags or note. */
export function hasWord(row: RunRow, word: string): boolean {
  let found = searched.get(row)
  if (found === undefined) {
    const { id, experiment, scenario, topology, algorithm, status, message, tags = [], note } = row
    const parts = [id, experiment, scenario, topology, algorithm, status, message, ...tags, note]
    found = parts
      .filter((part) => part !== undefined)
      .join('\n')
      .toLowerCase()
    searched.set(row, found)
  }
  return found.includes(word)
}

/** Words of a name: what stands between spaces, commas and brackets. `double-dqn` is one. */
const wordsIn = (text: string) =>
  ` ${text
    .toLowerCase()
    .split(/[\s,;:()"“”]+/)
    .join(' ')} `

/**
 * Whether a run is called exactly so (in small letters), not something longer: by its algorithm where there is one of that name, by its state,
 * else by its id, a tag, or whole words of its names.
 */
export function isNamed(row: RunRow, name: string, cards: Cards): boolean {
  if (cards.has(name)) return row.algorithm === name
  if (RUN_STATUSES.some((status) => status === name)) return row.status === name
  if (row.algorithm.toLowerCase() === name || row.id === name || row.tags?.includes(name)) return true
  const whole = wordsIn(name)
  return [row.scenario, row.topology, row.experiment].some((text) => text !== undefined && wordsIn(text).includes(whole))
}
