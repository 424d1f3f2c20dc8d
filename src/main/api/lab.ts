import { availableParallelism } from 'node:os'
import type { Machine } from '@shared/contract/records'
import { algorithmCards } from '../algorithms'
import type { SpawnWorker } from '../run/protocol'
import { Playgrounds } from '../run/playgrounds'
import { createSupervisor, type Supervisor } from '../run/supervisor'
import { Transfers } from '../bundle/transfers'
import { Studies } from '../studies/studies'
import type { DesktopWindow } from './desktop-window'
import { LibraryNotices } from './library-notices'
import { DiskFullError, type Store, StoreError } from '../store'
import { describeTraining } from './training-machine'

/** The program behind every door: one data folder, its runs, and who trains them. */
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
}

/** Puts a lab together from an open store and a way to start workers. */
export function openLab({ store, spawnWorker, parallel = availableParallelism() }: LabOptions): Lab {
  store.runs.useCatalogue(algorithmCards)
  const supervisor = store.readOnly === undefined ? createSupervisor({ store, spawnWorker, parallel }) : undefined
  const playgrounds = new Playgrounds(spawnWorker)
  const transfers = new Transfers()
  const studies = new Studies(store, supervisor)
  let machine: Promise<Machine> | undefined
  let closed: Promise<void> | undefined
  if (supervisor) {
    void keepBackedUp(store)
    void fillCourses(store)
  }
  return {
    store,
    supervisor,
    studies,
    parallel,
    playgrounds,
    notices: new LibraryNotices(),
    transfers,
    liveStreams: 0,
    training: () => {
      machine ??= describeTraining(spawnWorker)
      return machine
    },
    close: () => {
      playgrounds.closeAll()
      studies.close()
      transfers.close()
      closed ??= (supervisor?.close() ?? Promise.resolve()).then(() => store.close())
      return closed
    }
  }
}

/** Runs of a version that did not tell the course of their gap are given it, a few at a time beside other work. */
async function fillCourses(store: Store): Promise<void> {
  for (const { id, evaluation, totalLearnSteps } of store.runs.list()) {
    if (!evaluation || evaluation.course || totalLearnSteps === 0) continue
    await new Promise<void>((resolve) => setImmediate(resolve))
    if (!store.isOpen) return
    try {
      store.fillCourse(id)
    } catch (error) {
      // A damaged run is reported where it is shown; a full disk is the supervisor's to tell.
      if (!(error instanceof StoreError)) throw error
    }
  }
}

async function keepBackedUp(store: Store): Promise<void> {
  try {
    await store.backUpIfDue(Date.now())
  } catch (error) {
    // A lab that cannot be copied can still be worked in; the supervisor speaks up when it cannot be written either.
    const reason = error instanceof DiskFullError ? error.message : String(error)
    if (store.isOpen) process.stderr.write(`The daily backup was not made: ${reason}\n`)
  }
}
