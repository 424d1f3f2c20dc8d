import { ORPCError } from '@orpc/client'
import type { ChangedGraphs, WholeGraphPlay } from '@shared/contract/playground-graphs'
import { withGraphChanges } from '@shared/experiment/graph-changes'
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { useConnection } from '../services/connection'
import { reasonOf } from '../services/faults'
import { newest } from './newest'
import { keptSettings, MOST_KEPT } from './settings'
import type { OpenedGraphs } from './usePlayground'
import { UNCHANGED } from './worlds'

/** Whether a world is not the trained one. */
export function isChangedWorld({ links, nodes, together, gapSeconds, energyWeight }: ChangedGraphs): boolean {
  return links.length + nodes.length > 0 || [together, gapSeconds, energyWeight].some((value) => value !== undefined)
}

/**
 * A policy of graphs in its process: the world as it is changed, and what the policy does in it as far as that is known. `reopen` is asked for
 * where the process is gone.
 */
export function useGraphPlay(opened: () => OpenedGraphs, reopen: () => void) {
  const { client } = useConnection()
  const settings = keptSettings()
  const last = settings.value.get(opened().run)
  const changes = shallowRef<ChangedGraphs>(last?.changes ?? UNCHANGED)
  /** What was changed last, in words. */
  const label = shallowRef(last?.label ?? '')
  const sample = shallowRef<string>()
  const play = shallowRef<WholeGraphPlay>()
  const fault = shallowRef<string>()
  const scenario = computed(() => withGraphChanges(opened().scenario, changes.value))
  let reading: AbortController | undefined

  /** Reads what becomes known until all is, or something else is asked; `first` is called once something was. */
  async function read(mine: AbortController, first: () => void): Promise<void> {
    const asked = { session: opened().session, changes: changes.value, sample: sample.value }
    try {
      for await (const known of await client.playground.play(asked, { signal: mine.signal })) {
        if (reading !== mine) return
        const shown = known.sample ?? play.value?.sample
        if (!shown) continue
        play.value = { ...known, sample: shown }
        sample.value = shown.id
        fault.value = undefined
        first()
      }
    } catch (error) {
      if (reading !== mine || mine.signal.aborted) return
      if (error instanceof ORPCError && error.code === 'ENDED') reopen()
      else fault.value = reasonOf(error)
    } finally {
      first()
    }
  }

  /** Answers the newest question. While a value is dragged each has its first answer before the next is asked. */
  const ask = newest(async () => {
    reading?.abort()
    const mine = new AbortController()
    reading = mine
    await new Promise<void>((resolve) => void read(mine, resolve))
  })

  watch(() => opened().session, ask, { immediate: true })
  watch(sample, (id) => {
    if (play.value && play.value.sample.id !== id) ask()
  })
  watch([changes, label], () => {
    const { run } = opened()
    const others = [...settings.value].filter(([each]) => each !== run)
    settings.value = new Map([...others.slice(1 - MOST_KEPT), [run, { changes: changes.value, label: label.value }]])
  })
  onScopeDispose(() => {
    const last = reading
    reading = undefined
    last?.abort()
  })

  function change(next: ChangedGraphs, what: string): void {
    changes.value = next
    label.value = what
    ask()
  }

  return { changes, label, sample, play, fault, scenario, change }
}
