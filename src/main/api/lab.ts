import { availableParallelism } from 'node:os'
import { basename } from 'node:path'
import type { Machine } from '@shared/contract/records'
import { AgentRegister } from '../agents/register'
import { algorithmCards } from '../algorithms'
import { type Log, programLog, SILENT } from '../log'
import type { SpawnWorker } from '../processes/protocol'
import { Playgrounds } from '../playground/playgrounds'
import { Computations } from '../processes/computations'
import { Supervisor } from '../queue/supervisor'
import { Transfers } from '../transfers/transfers'
import { Studies } from '../studies/studies'
import { fillCourses } from './courses'
import { keepBackedUp } from './daily-backup'
import type { DesktopWindow } from './desktop-window'
import { sweepDaily } from './bin-sweep'
import { watchLock } from './lock-watch'
import { LibraryNotices } from './library-notices'
import { backupNamed, openStore, ReadOnlyStoreError, restoreFrom, type Store, StoreError } from '../store'
import { describeTraining } from './training-machine'
import { loggedWorkers } from './logged-workers'

/** The program behind every host: one data folder, its runs, and what trains them. */
export interface Lab {
  store: Store
  /** What happens here is written down there; nowhere, where nothing may be written. */
  log: Log
  /** Absent where nothing may be written; `store.readOnly` then says why. */
  supervisor?: Supervisor
  studies: Studies
  /** Runs that train at the same time. */
  parallel: number
  /** What workers compute with, asked of one of them once. Rejects where none can be started. */
  training(): Promise<Machine>
  /** Policies that are being played with. */
  playgrounds: Playgrounds
  /** Long work other than training. */
  computations: Computations
  /** Programs of the user's that are algorithms here. */
  agents: AgentRegister
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
  /** When a backup was last put in the place of the history, in milliseconds since 1970. */
  restoredAt?: number
  /**
   * Stops all runs at a checkpoint, puts a backup in the place of the database and opens that: store, supervisor and all that hold them
   * are others afterwards. Nothing is deleted; returns where what was replaced is kept. Rejects with StoreError: the lab is then as before.
   */
  restore(backup: string): Promise<{ replaced?: string }>
  /** Has `listener` hear that a backup was restored. */
  onRestored(listener: () => void): void
  /** Stops all runs at a checkpoint and frees the data folder. Never rejects. */
  close(): Promise<void>
}

/** What belongs to the database that a lab has open: made again when another is opened. */
type Parts = Pick<Lab, 'store' | 'supervisor' | 'studies' | 'playgrounds' | 'computations' | 'training'>

export interface LabOptions {
  /** Open; closed with the lab. */
  store: Store
  spawnWorker: SpawnWorker
  /** Default: the machine's cores. */
  parallel?: number
  /** Milliseconds since 1970, by which backups are due and the bin is emptied; the machine's clock by default. */
  now?: () => number
}

/** Tells who follows runs that documents they came from have other names now, or are gone. */
export function tellRunsOf({ store, supervisor }: Lab, documents: readonly string[]): void {
  const runs = documents.length > 0 ? store.sources.runsOf(documents) : []
  if (runs.length > 0) supervisor?.changed(runs)
}

/** Puts a lab together from an open store and a way to start workers. */
export function openLab({ store, spawnWorker: spawnUnlogged, parallel = availableParallelism(), now = Date.now }: LabOptions): Lab {
  const agents = new AgentRegister(store.home)
  const fault = agents.share()
  store.runs.useCatalogue(algorithmCards)
  const log = store.readOnly === undefined ? programLog(store.home) : SILENT
  if (fault !== undefined) log.error(fault)
  const spawnWorker = loggedWorkers(spawnUnlogged, log)
  const notices = new LibraryNotices()
  const transfers = new Transfers()
  const listeners: (() => void)[] = []
  const begin = (opened: Store) => beginWith(opened, { spawnWorker, parallel, now, log, agents, notices })
  let { parts, stop } = begin(store)
  let closed: Promise<void> | undefined
  let isRestoring = false
  const lab: Lab = {
    ...parts,
    log,
    parallel,
    agents,
    notices,
    transfers,
    now,
    liveStreams: 0,
    restore: async (backup) => {
      const { store: before } = lab
      if (before.readOnly !== undefined) throw new ReadOnlyStoreError(before.readOnly)
      if (isRestoring) throw new StoreError('A backup is being restored already.')
      // Before anything stops.
      backupNamed(before.home, backup)
      isRestoring = true
      try {
        await stop()
        return restoreFrom(before.home, backup, now())
      } finally {
        isRestoring = false
        const opened = openStore(before.home, { now })
        before.followedBy(opened)
        opened.runs.useCatalogue(algorithmCards)
        ;({ parts, stop } = begin(opened))
        Object.assign(lab, parts, { restoredAt: now() })
        log.warning(`The history was opened again after a restore of ${basename(backup)}.`)
        for (const listener of listeners) listener()
      }
    },
    onRestored: (listener) => void listeners.push(listener),
    close: () => {
      transfers.close()
      closed ??= stop()
      return closed
    }
  }
  return lab
}

type Surroundings = Pick<Lab, 'parallel' | 'now' | 'log' | 'agents' | 'notices'> & { spawnWorker: SpawnWorker }

/** Puts together what works with an open store. `stop` ends it at a checkpoint and closes the store; it never rejects. */
function beginWith(
  store: Store,
  { spawnWorker, parallel, now, log, agents, notices }: Surroundings
): { parts: Parts; stop(): Promise<void> } {
  const supervisor =
    store.readOnly === undefined
      ? new Supervisor({ store, spawnWorker, parallel, now, log, program: (name) => agents.started(name) })
      : undefined
  const playgrounds = new Playgrounds(spawnWorker)
  const computations = new Computations(spawnWorker)
  const studies = new Studies(store, supervisor)
  let machine: Promise<Machine> | undefined
  const backups = supervisor && keepBackedUp(store, now, log)
  if (supervisor) void fillCourses(store)
  const stopWatching = supervisor && watchLock(store)
  const stopSweeping = supervisor && sweepDaily(store, notices, now)
  const training = () => {
    machine ??= describeTraining(spawnWorker)
    return machine
  }
  return {
    parts: { store, supervisor, studies, playgrounds, computations, training },
    stop: async () => {
      backups?.stop()
      stopSweeping?.()
      stopWatching?.()
      playgrounds.closeAll()
      computations.close()
      studies.close()
      await supervisor?.close()
      store.close()
    }
  }
}
