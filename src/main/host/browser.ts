import { spawn } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { basename, delimiter, join, sep } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Browsers that can show a page in a window of its own (--app). */
const BROWSERS = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge', 'brave-browser']
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'
]
/** Where Ubuntu's Chromium lives, whatever leads to it. */
const SNAPS = '/snap/bin'

/** Opens a file in a browser's own window. False where there is no display, or no browser that could read the file. */
export function openInBrowser(file: string): Promise<boolean> {
  const program = hasDisplay() ? browserProgram() : undefined
  if (program === undefined) return Promise.resolve(false)
  return new Promise((resolve) => {
    // What a program is started with can be read by everybody on the machine: it is given a path, never the link.
    const child = spawn(program, [`--app=${pathToFileURL(file).href}`], { stdio: 'ignore', detached: true })
    child.once('error', () => resolve(false))
    child.once('spawn', () => resolve(true))
    child.unref()
  })
}

function hasDisplay(): boolean {
  if (process.platform === 'win32' || process.platform === 'darwin') return true
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

function browserProgram(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const paths = [...BROWSERS.flatMap((name) => folders.map((folder) => join(folder, name))), ...ELSEWHERE]
  return paths.find((path) => existsSync(path) && !isConfined(path))
}

/** A snap reads no hidden folder of its user's, and the data folder is in one. */
function isConfined(path: string): boolean {
  const program = realpathSync(path)
  if (program.startsWith(`${sep}snap${sep}`) || basename(program) === 'snap') return true
  return basename(path).startsWith('chromium') && existsSync(join(SNAPS, 'chromium'))
}
