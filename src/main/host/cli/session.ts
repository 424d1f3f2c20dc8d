import { type Lab, directClient, openLab } from '../../api'
import { programLog } from '../../log'
import { logSession } from '../session-log'
import { forkWorkers } from '../../processes/fork'
import { type OpenOptions, openForReading, openStore, openWhereWritable, writerOf } from '../../store'
import type { Places } from './command'
import { note } from './output'

export type DirectClient = ReturnType<typeof directClient>

export interface Session {
  lab: Lab
  client: DirectClient
}

export interface SessionOptions {
  home: string
  places: Places
  parallel?: number
  damaged?: OpenOptions['damaged']
  backup?: string
  /** Whether a data folder that cannot be written is refused, or opened for reading, which is then said. */
  whereReadOnly?: 'refuse' | 'open'
}

/** Opens the data folder for work, does it, and closes it whatever happens; what runs then is stopped at a checkpoint. */
export async function withLab<T>(
  { home, places, parallel, damaged, backup, whereReadOnly }: SessionOptions,
  work: (session: Session) => Promise<T>
): Promise<T> {
  const store = (whereReadOnly === 'open' ? openWhereWritable : openStore)(home, { damaged, backup })
  if (store.readOnly !== undefined) note(store.readOnly)
  store.onLockLost((why) => {
    programLog(home).error(why)
    note(why)
    // Nothing may be written any more, not even that runs stop: their workers end with this process.
    process.exit(1)
  })
  const lab = openLab({ store, spawnWorker: forkWorkers(places.worker), parallel })
  const endSession = logSession(lab, 'command line or browser')
  const { interrupted, lostChanges } = store.recovery
  if (lostChanges !== undefined) note(lostChanges)
  if (interrupted.length > 0) {
    const one = interrupted.length === 1
    note(
      `${one ? 'One run was' : `${interrupted.length} runs were`} interrupted when the lab last ended. Resume with: lab runs resume ${interrupted.join(' ')}`
    )
  }
  try {
    return await work({ lab, client: directClient(lab) })
  } finally {
    await lab.close()
    endSession()
  }
}

/** Opens the data folder to look at it, also beside a program that writes it. */
export async function withHistory<T>({ home, places }: SessionOptions, work: (session: Session) => Promise<T>): Promise<T> {
  const store = openForReading(home)
  if (store.recovery.lostChanges !== undefined) note(store.recovery.lostChanges)
  // Beside a program that writes it a look is all that was asked for.
  if (store.readOnly !== undefined && writerOf(home) === undefined) note(store.readOnly)
  const lab = openLab({ store, spawnWorker: forkWorkers(places.worker) })
  try {
    return await work({ lab, client: directClient(lab) })
  } finally {
    await lab.close()
  }
}
