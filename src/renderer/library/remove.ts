import type { Client } from '../app/connection'

/**
 * Deletes a document; its unsaved edits go out of sight with it and come back with it. One that was never saved is its edits
 * alone. Resolves to what brings it back.
 */
export async function removeDocument({ library }: Client, { id, saved }: { id: string; saved: boolean }): Promise<() => Promise<unknown>> {
  if (saved) {
    await library.remove({ ids: [id] })
    return () => library.restore({ ids: [id] })
  }
  const draft = await library.draft({ id })
  await library.dropDraft({ id })
  if (!draft) return () => Promise.resolve()
  const { kind, name, base } = draft.draft
  return () => library.keepDraft({ id, kind, name, content: draft.content, ...(base !== undefined && { base }) })
}
