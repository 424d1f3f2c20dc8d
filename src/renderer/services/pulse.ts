import { computed, onScopeDispose, type Ref, shallowRef, watch } from 'vue'
import { type ProgramConnection, useConnection } from './connection'

/** The program is asked this often, and is gone where it has not answered for so long: known within two seconds. */
const PING_MS = 500
const PATIENCE_MS = 1200

interface Pulse {
  /** Since when the program has not answered; undefined: it does. */
  silentSince: Ref<number | undefined>
  users: number
  stop(): void
}

const pulses = new WeakMap<ProgramConnection, Pulse>()

/** Asks the program whether it is there, over and over. A line may stand open to a program that has stopped. */
function begin({ client, state }: ProgramConnection): Pulse {
  const silentSince = shallowRef<number>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false

  async function ask(): Promise<void> {
    if (stopped) return
    if (state.value === 'open') {
      const since = Date.now()
      const patience = setTimeout(() => {
        if (!stopped) silentSince.value ??= since
      }, PATIENCE_MS)
      try {
        await client.system.ping({})
        silentSince.value = undefined
      } catch {
        if (!stopped) silentSince.value ??= since
      }
      clearTimeout(patience)
    }
    if (!stopped) timer = setTimeout(() => void ask(), PING_MS)
  }

  const unwatch = watch(
    state,
    (now, before) => {
      if (now === 'lost') silentSince.value ??= Date.now()
      else if (now === 'open' && before !== undefined) silentSince.value = undefined
    },
    { immediate: true, flush: 'sync' }
  )
  void ask()
  return {
    silentSince,
    users: 0,
    stop: () => {
      stopped = true
      clearTimeout(timer)
      unwatch()
    }
  }
}

/** Since when the program has not answered, for as long as this scope lives; undefined while it answers. */
export function usePulse(): Readonly<Ref<number | undefined>> {
  const connection = useConnection()
  const pulse = pulses.get(connection) ?? begin(connection)
  pulses.set(connection, pulse)
  pulse.users += 1
  onScopeDispose(() => {
    pulse.users -= 1
    if (pulse.users > 0) return
    pulse.stop()
    pulses.delete(connection)
  })
  return computed(() => pulse.silentSince.value)
}
