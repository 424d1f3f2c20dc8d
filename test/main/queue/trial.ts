import { fileURLToPath } from 'node:url'
import { afterEach } from 'vitest'
import type { RunRow } from '@shared/contract/records'
import type { RunSpec } from '@shared/run/spec'
import { forkWorkers } from '../../../src/main/processes/fork'
import type { SpawnWorker } from '../../../src/main/processes/protocol'
import { Supervisor, type SupervisorOptions } from '../../../src/main/queue/supervisor'
import type { SupervisorEvent } from '../../../src/main/queue/supervisor-listeners'
import type { Store } from '../../../src/main/store'
import { openedStore, sampleSpec } from '../store/samples'

/** A supervisor over real processes that only pretend to learn, closed after the test. */
export interface Trial {
  supervisor: Supervisor
  store: Store
  events: SupervisorEvent[]
  /** Process ids of all workers that were ever started. */
  pids: number[]
  /** Queues a run for each set of parameters, no two of which can train side by side; returns their ids. */
  queue(...parameters: RunSpec['parameters'][]): string[]
  /** Queues a run for each set of parameters as they are: those of equal ones train side by side. */
  queueAlike(...parameters: RunSpec['parameters'][]): string[]
  row(id: string): RunRow
  /** Resolves once the run's row passes. */
  until(id: string, passes: (row: RunRow) => boolean): Promise<RunRow>
}

const supervisors: Supervisor[] = []

afterEach(async () => {
  await Promise.all(supervisors.splice(0).map((supervisor) => supervisor.close()))
})

const FAKE_WORKER = fileURLToPath(new URL('./fake-worker.mjs', import.meta.url))

export function startTrial(options: Partial<SupervisorOptions> = {}): Trial {
  const store = options.store ?? openedStore()
  const fork = forkWorkers(FAKE_WORKER)
  const pids: number[] = []
  const spawnWorker: SpawnWorker = () => {
    const handle = fork()
    if (handle.pid !== undefined) pids.push(handle.pid)
    return handle
  }
  const supervisor = new Supervisor({ store, spawnWorker, parallel: 1, pace: { coalesceMs: 20, retryMs: 100 }, ...options })
  supervisors.push(supervisor)
  const events: SupervisorEvent[] = []
  supervisor.subscribe({ onEvent: (event) => events.push(event) })
  const row = (id: string): RunRow => {
    const found = store.runs.row(id)
    if (!found) throw new Error(`run ${id} is not there`)
    return found
  }
  const enqueue = (parameters: RunSpec['parameters'][]): string[] => {
    const specs = parameters.map((some, i) => sampleSpec(i + 1, { learnSteps: 20, ...some }))
    return supervisor.enqueue(specs, { name: 'trial' }).runs
  }
  return {
    supervisor,
    store,
    events,
    pids,
    row,
    queue: (...parameters) => enqueue(parameters.map((some, i) => ({ apart: i, ...some }))),
    queueAlike: (...parameters) => enqueue(parameters),
    until: (id, passes) =>
      new Promise((resolve) => {
        const unsubscribe = supervisor.subscribe({ onEvent: () => look() })
        const look = (): void => {
          const now = store.runs.row(id)
          if (!now || !passes(now)) return
          unsubscribe()
          resolve(now)
        }
        look()
      })
  }
}
