import { openStore, type Store } from '../../../src/main/store'

/** What is seen in a data folder that a program is at work in; undefined while there is nothing to look at yet. */
export function beside<T>(home: string, look: (store: Store) => T): T | undefined {
  try {
    const store = openStore(home, { mode: 'read' })
    try {
      return look(store)
    } finally {
      store.close()
    }
  } catch {
    // The program may just be making it.
    return undefined
  }
}

/** Whether some run of the folder has come to `learnSteps` and is still at it. */
export function isMidway(home: string, learnSteps: number): boolean {
  return beside(home, (store) => store.runs.list().some((run) => run.status === 'running' && run.learnSteps >= learnSteps)) ?? false
}
