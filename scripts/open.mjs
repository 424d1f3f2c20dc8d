import { spawn } from 'node:child_process'
import { bootstrap } from './bootstrap.mjs'
import { electronProgram, hasDisplay } from './electron.mjs'
import { CLI, nodeProgram, ROOT } from './paths.mjs'
import { explain, say } from './say.mjs'
import { dieWithNpm, followChild, TIED } from './tie.mjs'

/** A desktop program that ends in failure this soon never opened its window: a library or a kernel permission is missing. */
const TOO_SOON_MS = 10_000

/** For those who would rather have the browser than a window: npm start -- --browser */
const wantsBrowser = process.argv.includes('--browser')
const given = process.argv.slice(2).filter((argument) => argument !== '--browser')

/** The program in its own window. Where that fails to open, the same program in a browser. */
function openDesktop(program) {
  const started = Date.now()
  const child = spawn(program, [ROOT], { stdio: 'inherit' })
  const passOn = (signal) => child.kill(signal)
  process.on('SIGINT', passOn)
  process.on('SIGTERM', passOn)
  const ended = (how) => {
    process.off('SIGINT', passOn)
    process.off('SIGTERM', passOn)
    if (how !== 0 && Date.now() - started < TOO_SOON_MS) openInBrowser(`Electron could not open its window (${how})`)
    else process.exitCode = how === 0 ? 0 : 1
  }
  child.once('error', (error) => ended(error.message))
  child.once('exit', (code, signal) => ended(code ?? signal))
}

/** The same program on a loopback address, in a browser's own window where there is one: the program itself opens it. */
function openInBrowser(why) {
  if (why !== undefined) say(`Opening in a browser instead of the desktop window: ${why}.`)
  followChild(spawn(nodeProgram(), [...TIED, CLI, 'serve', '--open', ...given], { stdio: 'inherit' }))
}

try {
  await bootstrap()
  dieWithNpm()
  const program = hasDisplay() && !wantsBrowser ? await electronProgram() : undefined
  if (wantsBrowser) openInBrowser()
  else if (program) openDesktop(program)
  else openInBrowser(hasDisplay() ? 'Electron’s binary is missing and could not be fetched' : 'there is no display here')
} catch (error) {
  explain(error)
}
