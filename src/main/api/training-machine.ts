import type { Machine } from '@shared/contract/records'
import type { SpawnWorker } from '../processes/protocol'

const PATIENCE_MS = 60_000

/** What workers compute with, asked of a worker of its own: this process loads no tensors. Rejects where none answers. */
export function describeTraining(spawnWorker: SpawnWorker): Promise<Machine> {
  return new Promise((resolve, reject) => {
    const worker = spawnWorker()
    const deadline = setTimeout(
      () => give(() => reject(new Error(`no training process answered within ${PATIENCE_MS / 1000} s`))),
      PATIENCE_MS
    )
    const give = (answer: () => void): void => {
      clearTimeout(deadline)
      worker.kill()
      answer()
    }
    worker.onMessage((message) => {
      if (message.type === 'ready') worker.post({ type: 'describe' })
      else if (message.type === 'described') give(() => resolve(message.machine))
    })
    worker.onExit(() => give(() => reject(new Error(`no training process could be started. ${worker.lastWords?.() ?? ''}`.trim()))))
  })
}
