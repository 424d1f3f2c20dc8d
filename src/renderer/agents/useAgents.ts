import type { AgentRow } from '@shared/contract/agents'
import { computed, shallowRef, watch } from 'vue'
import { confirm } from '../services/confirm'
import { useConnection } from '../services/connection'
import { reasonOf } from '../services/faults'
import { useSystem } from '../services/system'
import { say } from '../services/toasts'
import { text } from '../ui/text'

/** The programs of this machine as a list, and what can be done with them. */
export function useAgents() {
  const { client, state } = useConnection()
  const system = useSystem()
  const words = text.agents
  const rows = shallowRef<readonly AgentRow[]>()
  const fault = shallowRef<string>()
  const currentName = shallowRef<string>()
  /** Programs that are being checked. */
  const checking = shallowRef<ReadonlySet<string>>(new Set())

  async function read(): Promise<void> {
    if (state.value !== 'open') return
    try {
      rows.value = await client.agents.list({})
      fault.value = undefined
    } catch (error) {
      fault.value = reasonOf(error)
    }
  }
  watch(state, read, { immediate: true })

  const current = computed(() => rows.value?.find(({ name }) => name === currentName.value) ?? rows.value?.[0])

  /** Has a program looked at; undefined where that could not be done. */
  async function looked(name: string, deed: string, work: () => Promise<AgentRow>): Promise<AgentRow | undefined> {
    checking.value = new Set([...checking.value, name])
    try {
      const row = await work()
      currentName.value = name
      const { fault: wrong } = row.check ?? {}
      say(words.checked(name, wrong), wrong === undefined ? {} : { kind: 'error' })
      return row
    } catch (error) {
      say(text.actions.failed(deed, reasonOf(error)), { kind: 'error' })
    } finally {
      checking.value = new Set([...checking.value].filter((each) => each !== name))
      await Promise.all([read(), system.readCatalogue()])
    }
  }

  const check = (name: string) => looked(name, words.check, () => client.agents.check({ name }))
  const add = (asked: { name: string; command: string[]; folder?: string }) =>
    looked(asked.name, words.register, () => client.agents.add(asked))

  async function remove({ name, runs }: AgentRow): Promise<void> {
    if (!(await confirm({ title: words.ask(name), lines: [words.askRuns(runs)], yes: words.remove, no: words.keep }))) return
    try {
      await client.agents.remove({ name })
      say(words.removed(name))
    } catch (error) {
      say(text.actions.failed(words.remove, reasonOf(error)), { kind: 'error' })
    }
    await Promise.all([read(), system.readCatalogue()])
  }

  return { rows, fault, current, currentName, checking, read, check, add, remove }
}
