import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { bootstrap } from './bootstrap.mjs'
import { electronProgram } from './electron.mjs'
import { CLI, nodeProgram, ROOT } from './paths.mjs'
import { explain, say } from './say.mjs'
import { dieWithNpm, followChild, TIED } from './tie.mjs'

/** Browsers that can show a page in a window of its own (--app). */
const BROWSERS = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge', 'brave-browser']
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'
]

/** A desktop program that ends in failure this soon never opened its window: a library or a kernel permission is missing. */
const TOO_SOON_MS = 10_000

function hasDisplay() {
  if (process.platform === 'win32' || process.platform === 'darwin') return true
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

function browserProgram() {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return [...BROWSERS.flatMap((name) => folders.map((folder) => join(folder, name))), ...ELSEWHERE].find((path) => existsSync(path))
}

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

/** The same program on a loopback address, in a browser's own window where there is one. */
function openInBrowser(why) {
  say(`Opening in a browser instead of a window of its own: ${why}.`)
  const child = spawn(nodeProgram(), [...TIED, CLI, 'serve', ...process.argv.slice(2)], { stdio: ['inherit', 'pipe', 'inherit'] })
  followChild(child)
  let said = ''
  let isOpen = false
  child.stdout.setEncoding('utf8').on('data', (text) => {
    process.stdout.write(text)
    said += text
    const url = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+(?=\s)/.exec(said)?.[0]
    if (!url || isOpen) return
    isOpen = true
    openWindow(url)
  })
}

function openWindow(url) {
  const browser = hasDisplay() ? browserProgram() : undefined
  if (!browser) return say('Open the link above in a browser on this machine.')
  const child = spawn(browser, [`--app=${url}`], { stdio: 'ignore', detached: true })
  child.on('error', () => say('Open the link above in a browser on this machine.'))
  child.unref()
}

try {
  await bootstrap()
  dieWithNpm()
  const program = hasDisplay() ? await electronProgram() : undefined
  if (program) openDesktop(program)
  else openInBrowser(hasDisplay() ? 'Electron’s binary is not here and could not be fetched' : 'there is no display here')
} catch (error) {
  explain(error)
}
