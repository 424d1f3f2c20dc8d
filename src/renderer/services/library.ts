import type { DocumentCard, DocumentKind, DraftRow, LibraryNotice } from '@shared/contract/library'
import { onScopeDispose, type Ref, shallowRef } from 'vue'
import { type ProgramConnection, useConnection } from './connection'
import { followStream } from './stream'

/** Follows what changes in the library for as long as `signal` allows; `begin` whenever a stream is opened. */
export function followLibrary(
  connection: ProgramConnection,
  on: { begin(): Promise<void>; notice(notice: LibraryNotice): void },
  signal: AbortSignal
): Promise<void> {
  const item = (notice: LibraryNotice): void => {
    if (notice.documents.length + notice.drafts.length + notice.typed.length > 0 || notice.bin) on.notice(notice)
  }
  return followStream(connection, (round) => connection.client.library.changes({}, { signal: round }), { begin: on.begin, item }, signal)
}

/** What the library holds of one kind, and the unsaved edits, always as they are now. */
export function useLibrary(kind: DocumentKind): {
  documents: Ref<readonly DocumentCard[]>
  drafts: Ref<readonly DraftRow[]>
  loaded: Ref<boolean>
} {
  const connection = useConnection()
  const documents = shallowRef<readonly DocumentCard[]>([])
  const drafts = shallowRef<readonly DraftRow[]>([])
  const loaded = shallowRef(false)

  async function read(): Promise<void> {
    const { library } = connection.client
    ;[documents.value, drafts.value] = await Promise.all([library.list({ kind }), library.drafts({ kind })])
    loaded.value = true
  }

  const following = new AbortController()
  const notice = ({ documents: changed, drafts: edited }: LibraryNotice) =>
    // Where the line is down it is read again when it opens again.
    void (changed.length + edited.length > 0 && read().catch(() => {}))
  void followLibrary(connection, { begin: read, notice }, following.signal)
  onScopeDispose(() => following.abort())
  return { documents, drafts, loaded }
}

/** An id for a document that is yet to be saved. */
export function freshDocumentId(): string {
  return crypto.randomUUID().slice(0, 8)
}
