import { isDefinedError, ORPCError, safe } from '@orpc/client'
import type { ChangedCoefficients, DetectionSummary, PlaygroundDecision } from '@shared/contract/playground'
import { withCoefficients } from '@shared/experiment/changes'
import type { Scenario } from '@shared/model/scenario'
import { useDebounceFn } from '@vueuse/core'
import { computed, nextTick, onScopeDispose, shallowRef, watch } from 'vue'
import { useConnection } from '../services/connection'
import { reasonOf } from '../services/faults'
import { newPhase, type Phase, withBatch } from './phases'
import { keptSettings, MOST_KEPT } from './settings'
import { UNCHANGED } from './worlds'

/** While a value is dragged, learners start again when it has rested this long. */
const REST_MS = 300

interface Opened {
  run: string
  session: string
  /** The algorithm that adapts it. */
  adaptedBy: string
  /** As its document holds it, names of formats included. */
  scenario: Scenario
}

/** A run's policy in a process of its own: the world as it is changed, what the policy does in it, and how it recovers. */
export function usePlayground(run: () => string | undefined) {
  const { client, state } = useConnection()
  const opened = shallowRef<Opened>()
  const changes = shallowRef<ChangedCoefficients>(UNCHANGED)
  /** What was changed last, in words. */
  const label = shallowRef('')
  const decision = shallowRef<PlaygroundDecision>()
  /** In the trained world. */
  const before = shallowRef<PlaygroundDecision>()
  const sample = shallowRef<string>()
  /** Milliseconds from the input to its answer drawn. */
  const drawnMs = shallowRef<number>()
  const fault = shallowRef<string>()
  const psi = shallowRef<string>()
  const psiFault = shallowRef<string>()
  const phases = shallowRef<readonly Phase[]>([])
  const adapting = shallowRef(false)
  /** σ of the delays that an outer model sees, and how soon they would tell it of the world as it is. */
  const noise = shallowRef(0.05)
  const detection = shallowRef<DetectionSummary>()
  const topology = computed(() => opened.value && withCoefficients(opened.value.scenario.topology, changes.value))

  const settings = keptSettings()

  let asked: { changedAt: number } | undefined
  let isAsking = false
  let learning: AbortController | undefined
  let seed = 0

  async function open(id: string): Promise<boolean> {
    fault.value = undefined
    const { data, error } = await safe(client.playground.open({ run: id }))
    if (run() !== id) {
      if (data) void client.playground.close({ session: data.session })
      return false
    }
    if (!data) {
      fault.value = reasonOf(error)
      return false
    }
    // The program wrote it: it is what its format says, with every field.
    const scenario = data.scenario as Scenario
    opened.value = { run: id, session: data.session, adaptedBy: data.adaptedBy, scenario }
    before.value = data.decision
    decision.value ??= data.decision
    sample.value ??= data.decision.sample.id
    // The world as it was left, in which the policy has yet to decide.
    if (changes.value !== UNCHANGED && decision.value === data.decision) {
      asked ??= { changedAt: performance.now() }
      void answer()
    }
    return true
  }

  function leave(): void {
    learning?.abort()
    const { value } = opened
    if (value) void safe(client.playground.close({ session: value.session }))
    opened.value = undefined
  }

  watch(
    () => [run(), state.value === 'open'] as const,
    ([id, isOpen]) => {
      if (opened.value && opened.value.run === id) return
      if (opened.value) leave()
      const last = id === undefined ? undefined : settings.value.get(id)
      changes.value = last?.changes ?? UNCHANGED
      label.value = last?.label ?? ''
      decision.value = before.value = sample.value = drawnMs.value = psiFault.value = fault.value = undefined
      psi.value = last?.psi
      phases.value = []
      if (id !== undefined && isOpen) void open(id)
    },
    { immediate: true }
  )
  onScopeDispose(leave)

  /** Answers the newest question; questions that come while one is out are one, the last. */
  async function answer(): Promise<void> {
    if (isAsking) return
    isAsking = true
    while (asked && opened.value) {
      const { changedAt } = asked
      asked = undefined
      const { session, run: id } = opened.value
      const { data, error } = await safe(client.playground.decide({ session, changes: changes.value, sample: sample.value }))
      if (run() !== id) break
      if (data) {
        decision.value = data
        if (!asked) void drawn(changedAt)
      } else if (isDefinedError(error) && error.code === 'ENDED') {
        if (!(await open(id))) break
        asked ??= { changedAt }
      } else fault.value = reasonOf(error)
    }
    isAsking = false
  }

  async function drawn(changedAt: number): Promise<void> {
    await nextTick()
    requestAnimationFrame(() => {
      drawnMs.value = performance.now() - changedAt
    })
  }

  watch([changes, label, psi], () => {
    const id = opened.value?.run
    if (id === undefined) return
    const others = [...settings.value].filter(([run]) => run !== id)
    settings.value = new Map([...others.slice(1 - MOST_KEPT), [id, { changes: changes.value, label: label.value, psi: psi.value }]])
  })

  const learnAgain = useDebounceFn(() => {
    if (adapting.value) void adapt()
  }, REST_MS)

  /** Once the world has rested: nothing waits for it, and a late answer to an older world is dropped. */
  const observe = useDebounceFn(async () => {
    const { value: own } = opened
    const { value: asked } = changes
    if (!own || asked.links.length + asked.nodes.length === 0) return
    const { data } = await safe(client.playground.observe({ session: own.session, changes: asked, noise: noise.value }))
    if (data && changes.value === asked && data.noise === noise.value) detection.value = data
  }, REST_MS)

  watch([changes, noise], () => {
    detection.value = undefined
    void observe()
  })

  function change(next: ChangedCoefficients, what: string): void {
    changes.value = next
    label.value = what
    asked = { changedAt: performance.now() }
    void answer()
    if (adapting.value) void learnAgain()
  }

  watch(sample, () => {
    if (!decision.value || decision.value.sample.id === sample.value) return
    asked = { changedAt: performance.now() }
    void answer()
  })

  /** Starts the learners in the world as it is; they continue until all have recovered, the world changes or they are stopped. */
  async function adapt(): Promise<void> {
    const { value: own } = opened
    if (!own) return
    learning?.abort()
    const mine = new AbortController()
    learning = mine
    adapting.value = true
    psiFault.value = undefined
    seed++
    let phase = newPhase(label.value, phases.value.at(-1))
    const earlier = phases.value
    try {
      const stream = await client.playground.adapt(
        { session: own.session, changes: changes.value, seed, ...(psi.value !== undefined && { psi: psi.value }) },
        { signal: mine.signal }
      )
      for await (const batch of stream) {
        if (learning !== mine) break
        phase = withBatch(phase, batch)
        phases.value = [...earlier, phase]
      }
    } catch (error) {
      if (learning === mine && !mine.signal.aborted) {
        if (error instanceof ORPCError && error.code === 'MISFIT') psiFault.value = error.message
        else if (error instanceof ORPCError && error.code === 'ENDED' && (await open(own.run))) void adapt()
        else fault.value = reasonOf(error)
      }
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

  function retry(): void {
    const id = run()
    if (id !== undefined) void open(id)
  }

  return {
    opened,
    topology,
    changes,
    label,
    decision,
    before,
    sample,
    drawnMs,
    fault,
    psi,
    psiFault,
    phases,
    adapting,
    noise,
    detection,
    change,
    adapt,
    stop,
    retry
  }
}
