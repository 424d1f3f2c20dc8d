import { documentLines } from '@shared/run/differences'
import { plain } from '@shared/format'
import { text } from '../ui/text'

/** A value that two versions of a document do not share. */
export interface VersionChange {
  what: string
  /** Absent of what is new or gone. */
  from?: string
  to: string
}

/** Keys that mean nothing to the model. */
const DRAWN = new Set(['name', 'note', 'group'])
const LISTS = /^(?:nodes|links|workflows|generator) › /

const words = text.topology.versions
const fields: Readonly<Record<string, string>> = words.fields
const valueText = (value: string | undefined): string => {
  if (value === undefined) return text.held.none
  return value !== '' && Number.isFinite(Number(value)) ? plain(Number(value)) : value
}

/** What a value belongs to, as people read it: `gateway`; empty for those of the document itself. */
const ownerOf = (path: string): string => path.replace(LISTS, '').split(' › ').slice(0, -1).join(', ')

/**
 * In what two versions of a document differ, as far as it decides numbers: `gateway, processor, MHz`, from 4,000, to 8,000; what is new
 * or gone as a whole is one change.
 */
export function versionChanges(older: unknown, newer: unknown): VersionChange[] {
  const lines = documentLines([older, newer]).filter(({ path }) => !DRAWN.has(path.split(' › ').at(-1) ?? ''))
  const whole = (at: 0 | 1) => {
    const owners = new Set(lines.map(({ path }) => ownerOf(path)))
    for (const { path, values } of lines) if (values[at] !== undefined) owners.delete(ownerOf(path))
    return owners
  }
  const [added, removed] = [whole(0), whole(1)]
  const changes = new Map<string, VersionChange>()
  for (const { path, values, isEqual } of lines) {
    if (isEqual) continue
    const owner = ownerOf(path)
    const [from, to] = values
    if (owner !== '' && added.has(owner)) changes.set(owner, { what: owner, to: words.added })
    else if (owner !== '' && removed.has(owner)) changes.set(owner, { what: owner, to: words.removed })
    else {
      const last = path.split(' › ').at(-1) ?? ''
      const what = [...(owner === '' ? [] : [owner]), fields[last] ?? last].join(', ')
      changes.set(what, { what, from: valueText(from), to: valueText(to) })
    }
  }
  return [...changes.values()]
}
