import type { VersionRow } from '@shared/contract/library'
import { onScopeDispose, shallowRef, watch } from 'vue'
import { useConnection } from '../services/connection'
import { useKeptDocument } from '../library/useKeptDocument'
import { text } from '../ui/text'
import { type Drawing, documentOf, drawingOf, GIVEN_NAME } from './drawing'
import { placed } from './layout'
import type { DrawingInHand } from './useDrawing'

const isDrawing = (value: unknown): value is Drawing =>
  typeof value === 'object' &&
  value !== null &&
  'nodes' in value &&
  Array.isArray(value.nodes) &&
  'links' in value &&
  Array.isArray(value.links)

/** The document behind a drawing, and its versions. */
export function useDocument(id: string, hand: DrawingInHand) {
  const { library } = useConnection().client
  const document = useKeptDocument<Drawing>(id, 'topology', {
    now: hand.drawing,
    ofVersion: (content) => placed(drawingOf(content)),
    ofDraft: (content) => (isDrawing(content) ? content : undefined),
    toVersion: documentOf,
    open: (now, saved) => hand.open(now, saved, text.library.earlier),
    follow: (next) => hand.follow(text.library.elsewhere, next)
  })
  const versions = shallowRef<readonly VersionRow[]>([])
  watch(document.card, async (card) => {
    try {
      versions.value = card ? await library.versions({ id }) : []
    } catch {
      // The connection broke, or it was deleted in the meantime: both are reported, and the card is read again afterwards.
    }
  })

  /** A version as it was drawn. */
  async function drawingOfVersion(version: number): Promise<Drawing> {
    return placed(drawingOf((await library.read({ id, version })).content))
  }

  onScopeDispose(() => {
    // A new drawing that nothing was drawn in, under the name it was given by the program, is not kept.
    const { name, nodes, links } = hand.drawing.value
    const isUntouched = nodes.length === 0 && links.length === 0 && GIVEN_NAME.test(name)
    if (document.base.value === undefined && isUntouched && document.loading.value === 'ready') document.discard()
  })

  return { ...document, versions, drawingOfVersion }
}
