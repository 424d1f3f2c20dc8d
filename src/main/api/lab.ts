import { availableParallelism } from 'node:os'
import type { Machine } from '@shared/contract/records'
import { algorithmCards } from '../algorithms'
import type { SpawnWorker } from '../run/protocol'
import { Playgrounds } from '../run/playgrounds'
import { createSupervisor, type Supervisor } from '../run/supervisor'
import { Transfers } from '../bundle/transfers'
import { Studies } from '../studies/studies'
import { fillCourses } from './courses'
import { keepBackedUp } from './daily-backup'
import type { DesktopWindow } from './desktop-window'
import { sweepDaily } from './bin-sweep'
import { LibraryNotices } from './library-notices'
import type { Store } from '../store'
import { describeTraining } from './training-machine'

/** The program behind every host: one data folder, its runs, and what trains them. */
export interface Lab {
  store: Store
  /** Absent where nothing may be written; `store.readOnly` then says why. */
  supervisor?: Supervisor
  studies: Studies
  /** Runs that train at the same time. */
  parallel: number
  /** What workers compute with, asked of one of them once. Rejects where none can be started. */
  training(): Promise<Machine>
  /** Policies that are being played with. */
  playgrounds: Playgrounds
  /** Tells pages what has changed in the library. */
  notices: LibraryNotices
  /** Files on their way in or out. */
  transfers: Transfers
  /** The window of the desktop program; its host puts it here. */
  window?: DesktopWindow
  /** Milliseconds since 1970. */
  now(): number
  /** Live streams open at the moment. */
  liveStreams: number
  /** Stops all runs at a checkpoint and frees the data folder. Never rejects. */
  close(): Promise<void>
}

export interface LabOptions {
  /** Open; closed with the lab. */
  store: Store
  spawnWorker: SpawnWorker
  /** Default: the machine's cores. */
  parallel?: number
  /** Milliseconds since 1970, by which backups are due and the bin is emptied; the machine's clock by default. */
  now?: () => number
}

/** Puts a lab together from an open store and a way to start workers. */
export function openLab({ store, spawnWorker, parallel = availableParallelism(), now = Date.now }: LabOptions): Lab {
  store.runs.useCatalogue(algorithmCards)
  const supervisor = store.readOnly === undefined ? createSupervisor({ store, spawnWorker, parallel, now }) : undefined
  const playgrounds = new Playgrounds(spawnWorker)
  const transfers = new Transfers()
  const studies = new Studies(store, supervisor)
  let machine: Promise<Machine> | undefined
  let closed: Promise<void> | undefined
  const backups = supervisor && keepBackedUp(store, now)
  if (supervisor) void fillCourses(store)
  const notices = new LibraryNotices()
  const stopSweeping = supervisor && sweepDaily(store, notices, now)
  return {
    store,
    supervisor,
    studies,
    parallel,
    playgrounds,
    notices,
    transfers,
    now,
    liveStreams: 0,
    training: () => {
      machine ??= describeTraining(spawnWorker)
      return machine
    },
    close: () => {
      backups?.stop()
      stopSweeping?.()
      playgrounds.closeAll()
      studies.close()
      transfers.close()
      closed ??= (supervisor?.close() ?? Promise.resolve()).then(() => store.close())
      return closed
    }
  }
}
