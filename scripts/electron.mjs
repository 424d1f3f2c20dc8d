import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { MODULES, nodeProgram } from './paths.mjs'
import { say } from './say.mjs'

const FOLDER = join(MODULES, 'electron')
const DOWNLOAD_MINUTES = 5

/** Whether a window could be shown here. */
export function hasDisplay() {
  if (process.platform === 'win32' || process.platform === 'darwin') return true
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

/** Electron's binary; undefined where it is not there. */
function binary() {
  try {
    const path = join(FOLDER, 'dist', readFileSync(join(FOLDER, 'path.txt'), 'utf8'))
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}

/** Whether the place Electron is fetched from answers; behind firewalls it often never does. */
async function hostAnswers() {
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? 'https://github.com'
  try {
    await fetch(mirror, { method: 'HEAD', signal: AbortSignal.timeout(4000) })
    return true
  } catch {
    return false
  }
}

/** Electron's binary, fetched where it is not there yet; undefined where it cannot be had. */
export async function electronProgram() {
  const present = binary()
  if (present) return present
  if (!existsSync(join(FOLDER, 'install.js')) || !(await hostAnswers())) return undefined
  say('Fetching Electron (about 110 MB, the first time only)…')
  spawnSync(nodeProgram(), ['install.js'], { cwd: FOLDER, stdio: 'ignore', timeout: DOWNLOAD_MINUTES * 60_000 })
  return binary()
}
