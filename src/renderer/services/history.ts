import type { LiveBatch, RunRow } from '@shared/contract/records'
import { isActive } from '@shared/run/lifecycle'
import { defineStore } from 'pinia'
import { computed, onScopeDispose, shallowRef } from 'vue'
import { useConnection } from './connection'
import { follow } from './live'

export type Activity = LiveBatch['system']

/** All runs, kept as the program sees them: read once, then followed. */
export const useHistory = defineStore('history', () => {
  const connection = useConnection()
  /** By id. Replaced, never changed in place, so that views compare rows by identity. */
  const rows = shallowRef<ReadonlyMap<string, RunRow>>(new Map())
  const activity = shallowRef<Activity>({ running: 0, workers: 0, queued: 0, learnStepsPerSecond: 0 })
  const loaded = shallowRef(false)
  /** Ids of the runs that wait, in the order they will start. */
  const queue = shallowRef<readonly string[]>([])

  async function read(): Promise<void> {
    const all = await connection.client.runs.list({})
    rows.value = new Map(all.map((row) => [row.id, row]))
    activity.value = {
      running: all.filter((row) => row.status === 'running').length,
      workers: activity.value.workers,
      queued: all.filter((row) => row.status === 'queued').length,
      learnStepsPerSecond: activity.value.learnStepsPerSecond
    }
    loaded.value = true
  }

  function apply(batch: LiveBatch): void {
    activity.value = batch.system
    if (batch.queue) queue.value = batch.queue
    if (batch.runs.length === 0 && batch.removed.length === 0) return
    const next = new Map(rows.value)
    for (const row of batch.runs) next.set(row.id, row)
    for (const id of batch.removed) next.delete(id)
    rows.value = next
  }

  const following = new AbortController()
  void follow(connection, [], { begin: read, batch: apply }, following.signal)
  onScopeDispose(() => following.abort())

  const active = computed(() => [...rows.value.values()].filter((row) => isActive(row.status)))
  const running = computed(() =>
    active.value.filter((row) => row.status === 'running').sort((a, b) => (a.startedAt ?? a.queuedAt) - (b.startedAt ?? b.queuedAt))
  )

  return { rows, queue, activity, loaded, active, running, read }
})
