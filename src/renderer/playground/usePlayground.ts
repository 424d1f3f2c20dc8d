import { isDefinedError, safe } from '@orpc/client'
import type { PlaygroundDecision } from '@shared/contract/playground'
import type { ChangedCoefficients } from '@shared/contract/playground-world'
import { withCoefficients } from '@shared/experiment/changes'
import type { Scenario } from '@shared/model/scenario'
import { useDebounceFn } from '@vueuse/core'
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { useConnection } from '../services/connection'
import { reasonOf } from '../services/faults'
import type { GraphLimits } from '@shared/contract/playground-graphs'
import { newest } from './newest'
import { keptSettings, MOST_KEPT } from './settings'
import { useAdapting } from './useAdapting'
import { useDetection } from './useDetection'
import { useLearner } from './useLearner'
import { UNCHANGED } from './worlds'

/** While a value is dragged, learners start again when it has rested this long. */
const REST_MS = 300

interface Opened {
  run: string
  session: string
  /** As its document holds it, names of formats included. */
  scenario: Scenario
}

/** A policy of graphs or shared machines that stands ready; what it does there is asked by its own view. */
export type OpenedGraphs = Opened & { limits: GraphLimits }

/** A run's policy in a process of its own: the world as it is changed, what the policy does in it, and how it recovers. */
export function usePlayground(run: () => string | undefined) {
  const { client, state } = useConnection()
  const opened = shallowRef<Opened>()
  const graphs = shallowRef<OpenedGraphs>()
  const changes = shallowRef<ChangedCoefficients>(UNCHANGED)
  /** What was changed last, in words. */
  const label = shallowRef('')
  const decision = shallowRef<PlaygroundDecision>()
  /** In the trained world. */
  const before = shallowRef<PlaygroundDecision>()
  const sample = shallowRef<string>()
  const fault = shallowRef<string>()
  const psi = shallowRef<string>()
  const seeds = shallowRef(1)
  const topology = computed(() => opened.value && withCoefficients(opened.value.scenario.topology, changes.value))
  const settings = keptSettings()

  const adapting = useAdapting({
    session: opened,
    changes,
    label,
    psi,
    seeds,
    reopen: async () => {
      const id = opened.value?.run
      return id !== undefined && (await open(id))
    },
    fail: (reason) => {
      fault.value = reason
    }
  })
  const learner = useLearner(opened, changes, sample, adapting.phases)
  const { noise, detection } = useDetection(opened, changes)

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
    const ready = { run: id, session: data.session, scenario: data.scenario as Scenario }
    if (data.kind === 'graphs') {
      graphs.value = { ...ready, limits: data.limits }
      return true
    }
    opened.value = ready
    before.value = data.decision
    decision.value ??= data.decision
    sample.value ??= data.decision.sample.id
    // The world as it was left, in which the policy has yet to decide.
    if (changes.value !== UNCHANGED && decision.value === data.decision) answer()
    return true
  }

  function leave(): void {
    adapting.stop()
    const value = opened.value ?? graphs.value
    if (value) void safe(client.playground.close({ session: value.session }))
    opened.value = graphs.value = undefined
  }

  watch(
    () => [run(), state.value === 'open'] as const,
    ([id, isOpen]) => {
      const now = opened.value ?? graphs.value
      if (now && now.run === id) return
      if (now) leave()
      const last = id === undefined ? undefined : settings.value.get(id)
      changes.value = last?.changes ?? UNCHANGED
      label.value = last?.label ?? ''
      decision.value = before.value = sample.value = fault.value = learner.learner.value = undefined
      psi.value = last?.psi
      seeds.value = last?.seeds ?? 1
      adapting.clear()
      if (id !== undefined && isOpen) void open(id)
    },
    { immediate: true }
  )
  onScopeDispose(leave)

  /** Answers the newest question: what the policy does in the world as it is. */
  const answer = newest(async () => {
    if (!opened.value) return
    const { session, run: id } = opened.value
    const { data, error } = await safe(client.playground.decide({ session, changes: changes.value, sample: sample.value }))
    if (run() !== id) return
    if (data) decision.value = data
    else if (!isDefinedError(error) || error.code !== 'ENDED') fault.value = reasonOf(error)
    else if (await open(id)) answer()
  })

  watch([changes, label, psi, seeds], () => {
    const id = opened.value?.run
    if (id === undefined) return
    const others = [...settings.value].filter(([each]) => each !== id)
    const own = { changes: changes.value, label: label.value, psi: psi.value, seeds: seeds.value }
    settings.value = new Map([...others.slice(1 - MOST_KEPT), [id, own]])
  })

  const learnAgain = useDebounceFn(() => {
    if (adapting.adapting.value) void adapting.adapt()
  }, REST_MS)

  function change(next: ChangedCoefficients, what: string): void {
    changes.value = next
    label.value = what
    answer()
    if (adapting.adapting.value) void learnAgain()
  }

  watch(sample, () => {
    if (decision.value && decision.value.sample.id !== sample.value) answer()
  })

  function retry(): void {
    const id = run()
    if (id !== undefined) void open(id)
  }

  return {
    opened,
    graphs,
    topology,
    changes,
    label,
    decision,
    before,
    sample,
    fault,
    psi,
    seeds,
    noise,
    detection,
    ...adapting,
    ...learner,
    change,
    retry
  }
}
