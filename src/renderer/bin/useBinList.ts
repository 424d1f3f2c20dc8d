import { lossText, usersText } from '@shared/bin'
import type { BinEntry } from '@shared/contract/bin'
import { useIntervalFn } from '@vueuse/core'
import { computed, shallowRef, watch } from 'vue'
import { useBin } from '../services/bin'
import { confirm } from '../services/confirm'
import { useConnection } from '../services/connection'
import { reasonOf } from '../services/faults'
import { say } from '../services/toasts'
import { bytes } from '@shared/format'
import { text } from '../ui/text'
import { found, type ShelfName } from './shelves'

/** How often "today" and "in 3 days" are looked at again. */
const MINUTE_MS = 60_000

/** Things in use that a question names. */
const MOST_TOLD = 5

const sizeOf = (entries: readonly BinEntry[]) => bytes(entries.reduce((sum, entry) => sum + entry.bytes, 0))

/** The bin as a list: what of it is in sight, chosen and looked at, and what can be done with that. */
export function useBinList() {
  const { client, state } = useConnection()
  const bin = useBin()
  const entries = shallowRef<readonly BinEntry[]>()
  const fault = shallowRef<string>()
  const search = shallowRef('')
  const shelf = shallowRef<ShelfName>('all')
  const chosenIds = shallowRef<ReadonlySet<string>>(new Set())
  const currentId = shallowRef<string>()
  const now = shallowRef(Date.now())
  useIntervalFn(() => {
    now.value = Date.now()
  }, MINUTE_MS)

  async function read(): Promise<void> {
    if (state.value !== 'open') return
    now.value = Date.now()
    try {
      entries.value = (await client.bin.list({})).entries
      fault.value = undefined
    } catch (error) {
      fault.value = reasonOf(error)
    }
  }
  watch([state, () => bin.version], read, { immediate: true })

  const all = computed(() => entries.value ?? [])
  const shown = computed(() => found(all.value, shelf.value, search.value))
  const chosen = computed(() => shown.value.filter(({ id }) => chosenIds.value.has(id)))
  const current = computed(() => shown.value.find(({ id }) => id === currentId.value) ?? shown.value[0])
  /** What an action is done to: the chosen ones, else the one looked at. */
  const meant = computed(() => (chosen.value.length > 0 ? chosen.value : current.value ? [current.value] : []))

  function choose(id: string): void {
    const next = new Set(chosenIds.value)
    if (!next.delete(id)) next.add(id)
    chosenIds.value = next
    currentId.value = id
  }

  function chooseAll(): void {
    const isAll = chosen.value.length === shown.value.length
    chosenIds.value = isAll ? new Set() : new Set(shown.value.map(({ id }) => id))
  }

  function move(by: number): void {
    const at = shown.value.findIndex(({ id }) => id === current.value?.id)
    currentId.value = shown.value[Math.max(0, Math.min(shown.value.length - 1, at + by))]?.id
  }

  const restore = (some: readonly BinEntry[]) => bin.restore(some.map(({ id }) => id))

  /** Asks, naming what would be lost, and deletes for good. */
  async function deleteForGood(some: readonly BinEntry[]): Promise<void> {
    const title = some.length === 1 ? text.bin.askForGood(some[0].name) : text.bin.askManyForGood(some.length)
    const used = some.filter(({ usedBy }) => usedBy.length > 0).slice(0, MOST_TOLD)
    const lines = [
      text.bin.lost(lossText(some), sizeOf(some)),
      ...used.map(({ name, usedBy }) => text.bin.stillUsed(name, usedBy.map(usersText).join('; ')))
    ]
    if (!(await confirm({ title, lines, yes: text.bin.forGood, no: text.bin.keep }))) return
    try {
      const { gone, bytes: freed, left } = await client.bin.empty({ ids: some.map(({ id }) => id) })
      if (gone.length > 0) say(text.bin.gone(lossText(some.filter(({ id }) => gone.includes(id))), bytes(freed)))
      if (left.length > 0) say(text.bin.left, { kind: 'error' })
    } catch (error) {
      say(text.actions.failed(text.bin.forGood, reasonOf(error)), { kind: 'error' })
    }
  }

  return {
    entries,
    all,
    fault,
    search,
    shelf,
    shown,
    chosen,
    chosenIds,
    current,
    currentId,
    meant,
    now,
    read,
    choose,
    chooseAll,
    move,
    restore,
    deleteForGood
  }
}
