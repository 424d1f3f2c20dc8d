import type { TypedText } from '@shared/contract/typed'
import { defineStore } from 'pinia'
import { computed, onScopeDispose, type Ref, shallowRef, toValue, type MaybeRefOrGetter, type WritableComputedRef } from 'vue'
import { useConnection } from './connection'
import { createKeeping, type Keeping, type KeptNow } from './keeping'
import { followLibrary } from './library'
import { useSystem } from './system'

interface Typing {
  content: string
  /** What the field held when the typing began. */
  base?: string
}

interface TypedNow extends KeptNow {
  edits?: Typing
}

interface Field {
  typing: Ref<Typing | undefined>
  keeping: Keeping<Typing, TypedNow>
}

const nowOf = (text: TypedText | null | undefined): TypedNow => ({
  stamp: '',
  ...(text && {
    revision: text.revision,
    editedAt: text.editedAt,
    edits: { content: text.content, ...(text.base !== undefined && { base: text.base }) }
  })
})

/** Every field that was typed into, for as long as the page lives: pages and tabs come and go, what was typed stays. */
const useTypedFields = defineStore('typed', () => {
  const connection = useConnection()
  const { typed } = connection.client
  const fields = new Map<string, Field>()
  const known = new Map<string, TypedText>()

  function fieldOf(name: string): Field {
    const there = fields.get(name)
    if (there) return there
    const typing = shallowRef<Typing>()
    const keeping = createKeeping<Typing, TypedNow>({
      read: async () => nowOf(await typed.get({ field: name })),
      write: ({ content, base }, revision) =>
        typed.keep({ field: name, content, ...(base !== undefined && { base }), ...(revision !== undefined && { revision }) }),
      drop: async (revision) => void (await typed.drop({ field: name, revision })),
      take: ({ edits }) => {
        typing.value = edits
      }
    })
    keeping.begin(nowOf(known.get(name)))
    const field = { typing, keeping }
    fields.set(name, field)
    return field
  }

  async function begin(): Promise<void> {
    known.clear()
    for (const text of await typed.list({})) known.set(text.field, text)
    await Promise.all([...fields.values()].map(({ keeping }) => keeping.look()))
  }

  async function read(name: string): Promise<void> {
    const field = fields.get(name)
    if (field) return field.keeping.look()
    const text = await typed.get({ field: name })
    if (text) known.set(name, text)
    else known.delete(name)
  }

  const following = new AbortController()
  const notice = ({ typed: names }: { typed: readonly string[] }) => {
    // Where the line is down it is read again when it opens again.
    for (const name of names) void read(name).catch(() => {})
  }
  void followLibrary(connection, { begin, notice }, following.signal)
  onScopeDispose(() => following.abort())

  return { fieldOf }
})

/** A field's text and how it is kept. */
export interface KeptField {
  text: WritableComputedRef<string>
  /** Whether something was typed that is not handed in. */
  isTyped: Readonly<Ref<boolean>>
  /** What the field changes is not what it was when the typing began. */
  hasMoved: Readonly<Ref<boolean>>
  /** What the field held when the typing began. */
  base: Readonly<Ref<string>>
  keeping: Readonly<Ref<Pick<Keeping<Typing, TypedNow>, 'keptAt' | 'trouble' | 'theirs' | 'takeTheirs' | 'keepMine'>>>
  /** Continues with what was typed, on top of what is there now. */
  keepMine(): void
  /** What was typed is handed in, or given up. */
  done(): void
}

/**
 * The text of the field called `name`, kept by the program while it is typed: found again after a change of tab or page, a reload
 * and a restart, and the same in every window. `initial`: what it holds where nothing was typed.
 */
export function useTyped(name: MaybeRefOrGetter<string>, initial: MaybeRefOrGetter<string> = ''): KeptField {
  const fields = useTypedFields()
  const system = useSystem()
  const field = computed(() => fields.fieldOf(toValue(name)))
  const typing = computed(() => field.value.typing.value)

  function type(content: string, base: string): void {
    const { typing: now, keeping } = field.value
    now.value = content === base ? undefined : { content, ...(base !== '' && { base }) }
    // Where nothing can be written, nothing can be handed in either.
    if (!system.readOnly) keeping.put(now.value)
  }

  return {
    text: computed({
      get: () => typing.value?.content ?? toValue(initial),
      set: (content) => type(content, typing.value ? (typing.value.base ?? '') : toValue(initial))
    }),
    isTyped: computed(() => typing.value !== undefined),
    hasMoved: computed(() => {
      const { value } = typing
      return value !== undefined && (value.base ?? '') !== toValue(initial) && value.content !== toValue(initial)
    }),
    base: computed(() => (typing.value ? (typing.value.base ?? '') : toValue(initial))),
    keeping: computed(() => field.value.keeping),
    keepMine: () => type(typing.value?.content ?? '', toValue(initial)),
    done(): void {
      const { typing: now, keeping } = field.value
      if (now.value === undefined) return
      now.value = undefined
      if (!system.readOnly) keeping.put(undefined, 0)
    }
  }
}
