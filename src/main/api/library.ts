import { entryOfDocument } from '@shared/bin'
import type { DocumentKind } from '@shared/contract/library'
import { PRESETS } from '@shared/presets'
import { BadDocumentError } from '../computing/documents'
import { DeletedDocumentError, NameTakenError, StaleEditError, UnknownDocumentError } from '../store'
import { api } from './context'
import { resolverOf } from './documents'
import { type Lab, tellRunsOf } from './lab'
import { checkedContent, keepable } from './library-content'
import { oneStream } from './streams'
import { heldDocument, versionNamed } from './versions'
import { assertNotReadOnly, refusedWrite, type WriteRefusals } from './writing'

interface Refusals extends WriteRefusals {
  INVALID?: (options: { message: string; data: { faults: { path: string; message: string }[] } }) => Error
  NOT_FOUND?: (options: { message: string; data: { ids: string[] } }) => Error
  DELETED?: (options: { message: string; data: { id: string } }) => Error
  NAME_TAKEN?: (options: { message: string; data: { name: string } }) => Error
}

/** Does `work`; what the store or a document is at fault for becomes the contract's refusal of that name. */
function answering<T>(errors: Refusals, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof BadDocumentError && errors.INVALID)
      throw errors.INVALID({ message: error.message, data: { faults: [...error.faults] } })
    if (error instanceof UnknownDocumentError && errors.NOT_FOUND)
      throw errors.NOT_FOUND({ message: error.message, data: { ids: [error.id] } })
    if (error instanceof DeletedDocumentError && errors.DELETED) throw errors.DELETED({ message: error.message, data: { id: error.id } })
    if (error instanceof NameTakenError && errors.NAME_TAKEN)
      throw errors.NAME_TAKEN({ message: error.message, data: { name: error.taken } })
    throw refusedWrite(errors, error)
  }
}

/** A preset's name stands for the preset, so no document may take it. Throws NameTakenError. */
function assertNoPreset(kind: DocumentKind, name: string): void {
  if (isPreset(kind, name)) throw new NameTakenError(kind, name)
}

function isPreset(kind: DocumentKind, name: string): boolean {
  return PRESETS.some((preset) => preset.kind === kind && preset.id.toLowerCase() === name.toLowerCase())
}

function tell(lab: Lab, cards: readonly { id: string }[], drafts: readonly string[] = []): void {
  lab.notices.tell({ documents: cards.map((card) => card.id), drafts: [...drafts] })
}

export const libraryRoom = {
  list: api.library.list.handler(({ input: { kind }, context: { lab } }) => lab.store.library.list(kind)),

  read: api.library.read.handler(({ input: { id, version }, errors, context: { lab } }) =>
    answering(errors, () => {
      const found = lab.store.library.read(id, version)
      if (!found) throw errors.NOT_FOUND({ message: `Document ${id} has no version ${version}.`, data: { ids: [id] } })
      return found
    })
  ),

  versions: api.library.versions.handler(({ input: { id }, errors, context: { lab } }) =>
    answering(errors, () => lab.store.library.versions(id))
  ),

  save: api.library.save.handler(({ input: { id, kind, name, content, base, draft, note }, errors, context: { lab } }) =>
    answering(errors, () => {
      const { store } = lab
      assertNotReadOnly(store)
      assertNoPreset(kind, name)
      // Sets have no editor that could offer it: what is saved holds the versions its names mean now.
      const held = kind === 'environments' ? heldDocument(content, (part, of) => versionNamed(store, part, of)) : content
      const version = { ...checkedContent(kind, held, resolverOf(store)), ...(note !== undefined && { note }) }
      if (id !== undefined) store.drafts.assertNotDeleted(id)
      const before = id === undefined ? undefined : store.library.card(id)
      if (id !== undefined && !before && base !== undefined) throw new UnknownDocumentError(id)
      if (before && before.kind !== kind) throw new BadDocumentError([{ path: '$', message: `document ${id} is a ${before.kind}` }])
      if (before && base !== undefined && base !== before.version) {
        throw errors.STALE({
          message: `"${before.name}" has a version ${before.version} that is newer than the one you started from.`,
          data: { version: before.version }
        })
      }
      const now = Date.now()
      const card = store.write(() => {
        const kept = id === undefined ? undefined : store.drafts.revision(id)
        if (draft !== undefined && kept !== undefined && kept !== draft) throw new StaleEditError(`The draft of "${name}"`, kept)
        if (id !== undefined) store.drafts.drop(id)
        return before ? store.library.add(before.id, version, now, name) : store.library.insert({ id, kind, name, ...version }, now)
      })
      tell(lab, [card], [card.id])
      if (before && before.name !== name) tellRunsOf(lab, [card.id])
      return card
    })
  ),

  rename: api.library.rename.handler(({ input: { id, name }, errors, context: { lab } }) =>
    answering(errors, () => {
      assertNotReadOnly(lab.store)
      const card = lab.store.library.card(id)
      if (card) assertNoPreset(card.kind, name)
      const renamed = lab.store.library.rename(id, name, lab.now())
      tell(lab, [renamed])
      tellRunsOf(lab, [id])
      return renamed
    })
  ),

  duplicate: api.library.duplicate.handler(({ input: { id, name }, errors, context: { lab } }) =>
    answering(errors, () => {
      const { store } = lab
      assertNotReadOnly(store)
      const found = store.library.read(id)
      if (!found) throw new UnknownDocumentError(id)
      const { kind } = found.card
      if (name !== undefined) assertNoPreset(kind, name)
      const { content, facts, faults, contentId } = { ...found.version, content: found.content }
      const called = name ?? store.library.freeName(kind, `${found.card.name.slice(0, 190)} copy`)
      const note = `from "${found.card.name}", version ${found.card.version}`
      const card = store.library.insert({ kind, name: called, content, facts, faults, note, contentId }, Date.now())
      tell(lab, [card])
      return card
    })
  ),

  remove: api.library.remove.handler(({ input: { ids }, errors, context: { lab } }) =>
    answering(errors, () => {
      assertNotReadOnly(lab.store)
      const changed = [...new Set(ids)]
      const kinds = lab.store.library.remove(changed, lab.now())
      lab.notices.tell({ documents: changed, drafts: changed, bin: true })
      return { changed, bin: kinds.map((kind, i) => entryOfDocument(kind, changed[i])) }
    })
  ),

  revert: api.library.revert.handler(({ input: { id, version }, errors, context: { lab } }) =>
    answering(errors, () => {
      assertNotReadOnly(lab.store)
      const found = lab.store.library.read(id, version)
      if (!found) throw errors.NOT_FOUND({ message: `Document ${id} has no version ${version}.`, data: { ids: [id] } })
      const { facts, faults, contentId } = found.version
      const note = `version ${version} again`
      const card = lab.store.library.add(id, { content: found.content, facts, faults, note, contentId }, Date.now())
      tell(lab, [card])
      return card
    })
  ),

  drafts: api.library.drafts.handler(({ input: { kind }, context: { lab } }) => lab.store.drafts.list(kind)),

  draft: api.library.draft.handler(({ input: { id }, context: { lab } }) => lab.store.drafts.get(id) ?? null),

  open: api.library.open.handler(
    ({
      input: { id },
      context: {
        lab: { store }
      }
    }) => ({
      saved: store.library.card(id) && store.library.read(id),
      draft: store.drafts.get(id),
      isDeleted: store.drafts.isDeleted(id)
    })
  ),

  keepDraft: api.library.keepDraft.handler(({ input, errors, context: { lab } }) =>
    answering(errors, () => {
      assertNotReadOnly(lab.store)
      const draft = lab.store.drafts.put({ ...input, content: keepable(input.content) }, Date.now())
      lab.notices.tell({ drafts: [draft.id] })
      return draft
    })
  ),

  dropDraft: api.library.dropDraft.handler(({ input: { id, revision }, errors, context: { lab } }) =>
    answering(errors, () => {
      assertNotReadOnly(lab.store)
      const dropped = lab.store.drafts.drop(id, revision)
      if (dropped) lab.notices.tell({ drafts: [id] })
      return { dropped }
    })
  ),

  changes: api.library.changes.handler(async function* ({ errors, signal, context: { lab } }) {
    yield* oneStream(lab, errors, () => lab.notices.listen(signal))
  })
}
