import { ORPCError } from '@orpc/client'
import type { ChangedCoefficients } from '@shared/contract/playground-world'
import { type Ref, shallowRef } from 'vue'
import { useConnection } from '../services/connection'
import { reasonOf } from '../services/faults'
import { newPhase, type Phase, withBatch } from './phases'

/** What learners are started in: the playground, and the world as it is. */
export interface AdaptingGround {
  session: Readonly<Ref<{ session: string } | undefined>>
  changes: Readonly<Ref<ChangedCoefficients>>
  /** What was changed last, in words. */
  label: Readonly<Ref<string>>
  /** The policy they start from beside their own weights and random ones: a name or a run. */
  psi: Readonly<Ref<string | undefined>>
  /** How many seeds of each start. */
  seeds: Readonly<Ref<number>>
  /** Opens the playground again where its process is gone; whether it did. */
  reopen(): Promise<boolean>
  fail(reason: string): void
}

/** Learners that adapt to the changed world, phase after phase; a new world starts them again. */
export function useAdapting({ session, changes, label, psi, seeds, reopen, fail }: AdaptingGround) {
  const { client } = useConnection()
  const phases = shallowRef<readonly Phase[]>([])
  const adapting = shallowRef(false)
  /** Why ψ cannot be started from. */
  const psiFault = shallowRef<string>()
  let learning: AbortController | undefined
  /** Every adaptation has seeds of its own. */
  let nextSeed = 1

  /** Starts the learners in the world as it is; they continue until all have recovered, the world changes or they are stopped. */
  async function adapt(): Promise<void> {
    const { value: own } = session
    if (!own) return
    learning?.abort()
    const mine = new AbortController()
    learning = mine
    adapting.value = true
    psiFault.value = undefined
    const drawn = Array.from({ length: seeds.value }, (_, i) => nextSeed + i)
    nextSeed += seeds.value
    let phase = newPhase(label.value, phases.value.at(-1))
    const earlier = phases.value
    try {
      const asked = { session: own.session, changes: changes.value, seeds: drawn, ...(psi.value !== undefined && { psi: psi.value }) }
      for await (const batch of await client.playground.adapt(asked, { signal: mine.signal })) {
        if (learning !== mine) break
        phase = withBatch(phase, batch)
        phases.value = [...earlier, phase]
      }
    } catch (error) {
      if (learning !== mine || mine.signal.aborted) return
      if (error instanceof ORPCError && error.code === 'MISFIT') psiFault.value = error.message
      else if (error instanceof ORPCError && error.code === 'ENDED' && (await reopen())) void adapt()
      else fail(reasonOf(error))
    } finally {
      if (learning === mine) {
        learning = undefined
        adapting.value = false
      }
    }
  }

  function stop(): void {
    learning?.abort()
    learning = undefined
    adapting.value = false
  }

  /** Begins without learners, as for another policy. */
  function clear(): void {
    stop()
    phases.value = []
    psiFault.value = undefined
  }

  return { phases, adapting, psiFault, adapt, stop, clear }
}
