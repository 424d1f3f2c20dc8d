import type { DocumentCard } from '@shared/contract/library'
import type { Ref } from 'vue'

/** A document in the hand, whatever its kind, as its tools need it. */
export interface Draft {
  problem: Readonly<Ref<string>>
  card: Readonly<Ref<DocumentCard | undefined>>
  edited: Readonly<Ref<boolean>>
  /** When the unsaved edits were kept last; undefined: they are not yet. */
  keptAt: Readonly<Ref<number | undefined>>
  undoLabel: Readonly<Ref<string | undefined>>
  redoLabel: Readonly<Ref<string | undefined>>
  undo(): void
  redo(): void
  save(): Promise<boolean>
}
