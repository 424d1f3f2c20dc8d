import type { Lab } from '../api'
import { logCrashes } from '../log'
import { version } from '../version'

/** Writes down that a host has opened a lab, and what ends it without notice. Returns how to write down that it ended. */
export function logSession({ log, store, parallel }: Lab, host: 'window' | 'command line or browser'): () => void {
  const { schema, sqlite } = store.versions()
  const platform = `${process.platform} ${process.arch}, Node ${process.versions.node}, SQLite ${sqlite}`
  log.info(`Started as ${host}: DMRO Lab ${version}, ${platform}, schema ${schema}, ${parallel} at a time, process ${process.pid}.`)
  const forget = logCrashes(log)
  return () => {
    forget()
    log.info(`Ended, process ${process.pid}.`)
  }
}
