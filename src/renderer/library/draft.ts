import type { Ref } from 'vue'
import type { KeptDocument } from './useKeptDocument'

/** An open document, whatever its kind, as its tools need it. */
export interface Draft extends Pick<KeptDocument, 'standing' | 'card' | 'edited' | 'save'> {
  undoLabel: Readonly<Ref<string | undefined>>
  redoLabel: Readonly<Ref<string | undefined>>
  undo(): void
  redo(): void
}
