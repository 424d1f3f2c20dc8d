import '../services/schemas'
import type { GivenFile } from '../services/files'
import { text } from '../ui/text'
import { contentOf } from './content'
import { recognise } from '@shared/formats'
import { offerSent } from './foreign'
import { OPENERS, offerPolicy } from './documents'
import type { Offered, Room } from './offer'

/** What a file is and what would be done with it. Nothing is kept yet. */
export async function offerOf(file: GivenFile, room: Room): Promise<Offered> {
  const content = await contentOf(file)
  if (content.kind === 'fault') return { faults: content.faults }
  if (content.kind === 'sent') return offerSent(file, room)
  if (content.kind === 'policy') return offerPolicy(file, content.head, room)
  const { format, document } = content
  const opener = OPENERS[recognise(document.value)?.id ?? format.id]
  return opener
    ? { ...(await opener(document, file, room)), assumed: document.assumed }
    : { faults: [{ path: '', message: text.opening.noRoom(format.title) }] }
}
