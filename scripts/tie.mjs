import { fileURLToPath } from 'node:url'

const EVERY_MS = 250
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Ends this process when the one that started it has gone without a word (kill -9), for nobody would be left to end it and it
 * holds the data folder. Ctrl-C and a plain kill are passed on and need no help.
 */
export function dieWithParent() {
  if (process.platform === 'win32') return
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL')
  }, EVERY_MS).unref()
}

/** As `dieWithParent`, where npm is the parent: whoever starts a script by hand may well send it to the background. */
export function dieWithNpm() {
  if (process.env.npm_lifecycle_event) dieWithParent()
}

/** Arguments for a Node child that is to die with this process. */
export const TIED = ['--import', fileURLToPath(new URL('./tied.mjs', import.meta.url))]

/** Passes this process's signals on to a child, and ends as the child ends. */
export function followChild(child) {
  const passOn = (signal) => child.kill(signal)
  for (const signal of SIGNALS) process.on(signal, passOn)
  child.on('exit', (code, signal) => {
    for (const each of SIGNALS) process.off(each, passOn)
    if (signal) process.kill(process.pid, signal)
    else process.exitCode = code
  })
}
