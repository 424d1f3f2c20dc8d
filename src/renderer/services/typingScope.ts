import { type InjectionKey, inject } from 'vue'

/** What the fields within belong to, e.g. a plan and an algorithm of it: fields of one label are told apart by it. */
export const TYPING_SCOPE: InjectionKey<() => string> = Symbol('typing scope')

/** The name under which a field of this label is kept where it stands. */
export function useFieldName(kind: string, label: () => string): () => string {
  const scope = inject(TYPING_SCOPE, () => '')
  return () => `${kind}/${scope()}/${label()}`.slice(0, 200)
}
