import type { BinEntry, BinKind, BinUse } from '@shared/contract/bin'
import { isDocumentKind, type StoredEntry, tally, type Thing, type User } from '../store'
import type { Lab } from './lab'

/** What others know things by that are not deleted. */
function thingOf({ store }: Lab, kind: BinKind, ids: readonly string[]): Thing {
  if (isDocumentKind(kind)) return { kind, names: ids.flatMap((id) => store.library.card(id)?.name ?? []), documents: ids }
  return { kind, names: kind === 'run' || kind === 'policy' ? [...ids] : [] }
}

function studiesOf(lab: Lab, runs: readonly string[]): User[] {
  return lab.studies.wanting(runs).map(({ id, title, figure }) => ({ by: 'study', id, name: `${figure}: ${title}` }))
}

/** What uses things that are not deleted. */
export function usesOf(lab: Lab, kind: BinKind, ids: readonly string[]): BinUse[] {
  return tally([...lab.store.uses.read()(thingOf(lab, kind, ids)), ...(kind === 'run' ? studiesOf(lab, ids) : [])])
}

/** Whether something else has the name now: then the name means that. */
function isNameTaken({ store }: Lab, { kind, name }: StoredEntry): boolean {
  if (kind === 'policy') return store.keptPolicies.find(name) !== undefined
  return isDocumentKind(kind) && store.library.named(name, kind) !== undefined
}

/** Everything in the bin, and what would use it still. */
export function binEntries(lab: Lab): BinEntry[] {
  const usersOf = lab.store.uses.read()
  return lab.store.bin.entries().map((entry) => {
    const { id, kind, name, runs } = entry
    if (runs) return { ...entry, usedBy: tally([...usersOf({ kind, names: runs }), ...studiesOf(lab, runs)]) }
    const isReferred = (isDocumentKind(kind) || kind === 'policy') && !isNameTaken(lab, entry)
    // What holds a version holds it, whatever has the name now.
    const documents = isDocumentKind(kind) ? [id.slice(kind.length + 1)] : []
    return { ...entry, usedBy: tally(usersOf({ kind, names: isReferred ? [name] : [], documents })) }
  })
}
