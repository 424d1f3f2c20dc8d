import type { DocumentCard } from '@shared/contract/library'
import { isLibraryVersion, type LibraryVersion, type NamedPart, namedParts, withParts } from '@shared/formats'
import { presetOf } from '@shared/presets'
import { cardNamed, newestOf } from '../services/versions'
import type { ExperimentPlan } from './plan'

/** Kinds of documents that a plan holds versions of. */
export const HELD_KINDS = ['topology', 'workload', 'environments'] as const
export type HeldKind = (typeof HELD_KINDS)[number]

/** What is in the library, by kind. */
export type LibraryCards = Readonly<Record<HeldKind, readonly DocumentCard[]>>

/** A version that a plan holds, or a name it uses, and how that stands beside the library. */
export interface HeldPart {
  kind: HeldKind
  part: NamedPart
  /** What the document is called now. */
  name: string
  /** The version it means; undefined where it is not here. */
  version?: number
  /** `newest`, `older`: a version; `byName`: a name alone; `missing`: not in the library. */
  standing: 'newest' | 'older' | 'byName' | 'missing'
  /** What could be held instead: the newest version. */
  newest?: LibraryVersion
}

const isHeldKind = (kind: string): kind is HeldKind => HELD_KINDS.some((each) => each === kind)
const keyOf = (kind: HeldKind, part: NamedPart) => `${kind} ${typeof part === 'string' ? part : `${part.id} ${part.version}`}`

function standingOf(kind: HeldKind, part: NamedPart, cards: readonly DocumentCard[]): HeldPart {
  if (typeof part === 'string') {
    const card = cardNamed(cards, part, kind)
    if (!card) return { kind, part, name: part, standing: 'missing' }
    return { kind, part, name: card.name, version: card.version, standing: 'byName', newest: newestOf(card) }
  }
  const own = cards.find((card) => card.id === part.id)
  if (own && own.version >= part.version) {
    const standing = own.version > part.version ? 'older' : 'newest'
    return { kind, part, name: own.name, version: part.version, standing, newest: newestOf(own) }
  }
  // Of another lab: the program finds it by its content, or not at all; a document of its name may be meant.
  const another = cardNamed(cards, part.name, kind)
  return { kind, part, name: part.name, standing: 'missing', ...(another && { newest: newestOf(another) }) }
}

/** What a plan has of the library, each once, in its order. Presets have no versions. */
export function heldIn(plan: unknown, cards: LibraryCards): HeldPart[] {
  const found = new Map<string, HeldPart>()
  for (const { part, kind } of namedParts(plan)) {
    if (!isHeldKind(kind) || (typeof part === 'string' && presetOf(part, kind) !== undefined)) continue
    const key = keyOf(kind, part)
    if (!found.has(key)) found.set(key, standingOf(kind, part, cards[kind]))
  }
  return [...found.values()]
}

/** A plan that holds another version wherever it held, or named, a part. */
export function holding(plan: ExperimentPlan, { kind, part }: HeldPart, next: LibraryVersion): ExperimentPlan {
  const key = keyOf(kind, part)
  return withParts(plan, (each, of) => (isHeldKind(of) && keyOf(of, each) === key ? next : each))
}

/** A plan that holds versions where it names documents of the library; itself where it names none. */
export function holdingNames(plan: ExperimentPlan, cards: LibraryCards): ExperimentPlan {
  return withParts(plan, (part, kind) => {
    const card = typeof part === 'string' && isHeldKind(kind) ? cardNamed(cards[kind], part, kind) : undefined
    return card ? newestOf(card) : part
  })
}

/** What stands for a part in a line: its name, with its version where it is one. */
export function partText(part: unknown, cards: readonly DocumentCard[]): string | undefined {
  if (typeof part === 'string') return part
  if (!isLibraryVersion(part)) return undefined
  return `${cards.find(({ id }) => id === part.id)?.name ?? part.name} v${part.version}`
}
