import type { RunRow } from '@shared/contract/records'
import type { RunSpec } from '@shared/run/spec'
import { type Lab, openLab } from '../../src/main/api'
import { forkWorkers } from '../../src/main/processes/fork'
import type { SpawnWorker } from '../../src/main/processes/protocol'
import { openStore } from '../../src/main/store'
import { BUILT_WORKER } from '../main/api/hosts'
import type { Scratch } from './scratch'

const ACTIVE = new Set(['queued', 'running'])

/** A lab that trains for real, in a folder of its own. */
export interface LiveLab {
  lab: Lab
  /** Workers that were started, oldest first. */
  pids: number[]
  enqueue(specs: readonly RunSpec[]): string[]
  resume(ids: readonly string[]): void
  row(id: string): RunRow
  /** Resolves once a run's row passes; rejects once it has ended otherwise. */
  until(id: string, passes: (row: RunRow) => boolean): Promise<RunRow>
}

export function openLive(scratch: Scratch, parallel: number): LiveLab {
  const fork = forkWorkers(BUILT_WORKER)
  const pids: number[] = []
  const spawnWorker: SpawnWorker = () => {
    const handle = fork()
    if (handle.pid !== undefined) pids.push(handle.pid)
    return handle
  }
  const lab = openLab({ store: openStore(scratch.folder()), spawnWorker, parallel })
  scratch.onEnd(() => lab.close())
  const supervisor = lab.supervisor
  if (!supervisor) throw new Error('the folder of a case can be written')
  const row = (id: string): RunRow => {
    const found = lab.store.runs.row(id)
    if (!found) throw new Error(`run ${id} is not there`)
    return found
  }
  return {
    lab,
    pids,
    row,
    enqueue: (specs) => supervisor.enqueue(specs, { name: 'case' }).runs,
    resume: (ids) => {
      const done = supervisor.resume([...ids])
      if (!('changed' in done)) throw new Error(JSON.stringify(done))
    },
    until: (id, passes) =>
      new Promise((resolve, reject) => {
        const unsubscribe = supervisor.subscribe({ onEvent: () => look() })
        const look = (): void => {
          const now = row(id)
          const isIt = passes(now)
          if (!isIt && ACTIVE.has(now.status)) return
          unsubscribe()
          if (isIt) resolve(now)
          else reject(new Error(`run ${id} is ${now.status}: ${now.message ?? ''}`))
        }
        look()
      })
  }
}
