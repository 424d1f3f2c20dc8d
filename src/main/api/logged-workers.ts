import type { Machine } from '@shared/contract/records'
import type { Log } from '../log'
import type { SpawnWorker } from '../processes/protocol'

/** Workers whose beginning, end and what ended them stand in the log, and what they compute with whenever that changes. */
export function loggedWorkers(spawnWorker: SpawnWorker, log: Log): SpawnWorker {
  let told = ''
  const tellMachine = ({ backend, library, node }: Machine): void => {
    const text = `Training on ${backend}, ${library}, Node ${node}.`
    if (text !== told) log.info(text)
    told = text
  }
  return () => {
    const handle = spawnWorker()
    const name = `Training process ${handle.pid ?? 'without an id'}`
    let killed = false
    log.info(`${name} was started.`)
    return {
      ...handle,
      get pid() {
        return handle.pid
      },
      onMessage: (listener) =>
        handle.onMessage((message) => {
          if (message.type === 'machine' || message.type === 'described') tellMachine(message.machine)
          listener(message)
        }),
      onExit: (listener) =>
        handle.onExit((code, signal) => {
          const end = signal !== null ? `was ended by ${signal}` : code !== null ? `ended with exit code ${code}` : 'could not be started'
          // One that was let go is killed as well: that is how idle ones end.
          if (killed || code === 0) log.info(`${name} ${end}${killed ? ', as the program asked' : ''}.`)
          else log.error(`${name} ${end}. ${handle.lastWords?.().trim() ?? ''}`)
          listener(code, signal)
        }),
      kill: () => {
        killed = true
        handle.kill()
      }
    }
  }
}
