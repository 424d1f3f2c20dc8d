import { useStorage } from '@vueuse/core'
import type { RemovableRef } from '@vueuse/core'

/**
 * Something of a view that is found again after a restart: its order, what is open in it. `understand` makes sense of what
 * is stored, or gives undefined where another version or another hand left something else.
 */
export function kept<T>(
  key: string,
  usual: T,
  understand: (stored: unknown) => T | undefined,
  store: (value: T) => unknown = (value) => value
): RemovableRef<T> {
  return useStorage<T>(`lab-view-${key}`, usual, undefined, {
    shallow: true,
    // Two windows may look at different things: each keeps its own until it is opened again.
    listenToStorageChanges: false,
    serializer: {
      read: (raw) => {
        try {
          return understand(JSON.parse(raw)) ?? usual
        } catch {
          return usual
        }
      },
      write: (value) => JSON.stringify(store(value))
    }
  })
}

/** A set of keys that is found again; at most so many, so that years of use do not fill the storage. */
export function keptKeys(key: string, most = 500): RemovableRef<ReadonlySet<string>> {
  return kept<ReadonlySet<string>>(
    key,
    new Set(),
    (stored) => (Array.isArray(stored) ? new Set(stored.filter((each) => typeof each === 'string')) : undefined),
    (value) => [...value].slice(-most)
  )
}
