import { spawnSync } from 'node:child_process'
import { cpSync, createReadStream, createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'
import { MODULES, nodeProgram, TFJS_NODE } from './paths.mjs'
import { fetchPinned, isPinned } from './pinned.mjs'
import { say } from './say.mjs'

/** The registry's own copy of the native half for linux-x64: libtensorflow 1.15.0 and a Node-API binding. */
const COPY = {
  package: 'tfjs-node-lambda-releases@1.6.1',
  sha512: 'D275PZpxsKenTuiPnvIE5T+D5JrT4aU9M3EDCedBQKlP0hUB7011Yzg8CAJ6MBIog9Lq90aaEair4yrBBlk61w==',
  archive: 'package/nodejs12.x-tf2.7.0.br'
}

const HOST = 'https://storage.googleapis.com/tensorflow/libtensorflow'

/**
 * The library from its own host, by its SHA-256. Only what is named here is ever run: its host gives no checksums, and the ready-made
 * bindings there are named nowhere, so that the binding is built from the source in its package, which package-lock.json pins.
 */
const OFFICIAL = {
  'linux-x64': {
    url: `${HOST}/libtensorflow-cpu-linux-x86_64-2.9.1.tar.gz`,
    sha256: '7f510d2546e3db5e10b1d119463689003d587842892ad3c95bca51cf82820173'
  },
  'darwin-x64': {
    url: `${HOST}/libtensorflow-cpu-darwin-x86_64-2.9.1.tar.gz`,
    sha256: '56f83d3320ba0f69aaafd6c058645e1b7fbc75fb9a3fc36d6be98de1291ca226'
  }
}[`${process.platform}-${process.arch}`]

/** Holds what came of the last attempt; goes with the packages when they are installed again. */
const STAMP = join(MODULES, '.native')
const RETRY_AFTER_HOURS = 24

// Two helpers that newer Nodes lack and tfjs-node calls; a product that only the native library can have computed.
const PROBE = `
const util = require('node:util')
util.isNullOrUndefined = (value) => value === null || value === undefined
util.isArray = Array.isArray
const tf = require(${JSON.stringify(TFJS_NODE)})
if (tf.getBackend() !== 'tensorflow' || tf.matMul(tf.ones([2, 2]), tf.ones([2, 2])).dataSync()[0] !== 2) process.exit(3)
`

function loads() {
  return (
    spawnSync(nodeProgram(), ['-e', PROBE], { env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' }, stdio: 'ignore', timeout: 60_000 })
      .status === 0
  )
}

/** Whether the library's own host can be reached: behind firewalls it often never answers. */
async function hostAnswers() {
  try {
    return (await fetch(OFFICIAL.url, { method: 'HEAD', signal: AbortSignal.timeout(4000) })).ok
  } catch {
    return false
  }
}

const CHANGED = 'has changed since this program was written; it is not used'

async function fetchOfficial() {
  if (!OFFICIAL || !(await hostAnswers())) return false
  say('  from its own host…')
  const folder = mkdtempSync(join(MODULES, '.native-'))
  try {
    const archive = join(folder, 'libtensorflow.tar.gz')
    const outcome = await fetchPinned(OFFICIAL.url, OFFICIAL.sha256, archive)
    if (outcome === 'changed') say(`  the library there ${CHANGED}`)
    if (outcome !== 'there') return false
    const deps = join(TFJS_NODE, 'deps')
    rmSync(deps, { recursive: true, force: true })
    mkdirSync(deps, { recursive: true })
    if (spawnSync('tar', ['xf', archive, '-C', deps], { stdio: 'ignore', timeout: 120_000 }).status !== 0) return false
    const build = ['--no-install', 'node-pre-gyp', 'install', '--build-from-source']
    return spawnSync('npx', build, { cwd: TFJS_NODE, stdio: 'ignore', timeout: 600_000 }).status === 0 && loads()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function fetchCopy() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return false
  say('  from the registry’s copy…')
  const folder = mkdtempSync(join(MODULES, '.native-'))
  try {
    const options = [
      '--silent',
      '--ignore-scripts',
      '--prefer-offline',
      '--fetch-retries=1',
      '--fetch-timeout=60000',
      '--pack-destination',
      folder
    ]
    const packed = spawnSync('npm', ['pack', ...options, COPY.package], { cwd: folder, encoding: 'utf8', timeout: 180_000 })
    const name = packed.stdout?.trim().split('\n').pop()
    if (packed.status !== 0 || !name) return false
    const tarball = join(folder, name)
    if (!isPinned(tarball, 'sha512', COPY.sha512)) {
      say(`  the copy ${CHANGED}`)
      return false
    }
    const tar = (file, ...members) =>
      spawnSync('tar', ['xf', file, '-C', folder, ...members], { stdio: 'ignore', timeout: 120_000 }).status === 0
    if (!tar(tarball, COPY.archive)) return false
    const inner = join(folder, 'inner.tar')
    await pipeline(createReadStream(join(folder, COPY.archive)), createBrotliDecompress(), createWriteStream(inner))
    const root = 'node_modules/@tensorflow/tfjs-node'
    if (!tar(inner, `${root}/lib`, `${root}/deps`)) return false
    rmSync(join(TFJS_NODE, 'deps'), { recursive: true, force: true })
    mkdirSync(join(TFJS_NODE, 'lib/napi-v8'), { recursive: true })
    cpSync(join(folder, root, 'lib/napi-v6/tfjs_binding.node'), join(TFJS_NODE, 'lib/napi-v8/tfjs_binding.node'))
    cpSync(join(folder, root, 'deps/lib'), join(TFJS_NODE, 'deps/lib'), { recursive: true, verbatimSymlinks: true })
    return loads()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What the stamp says: 'native', 'absent' while it is too early to try again, or undefined. */
function lastOutcome() {
  try {
    const outcome = readFileSync(STAMP, 'utf8')
    const hours = (Date.now() - statSync(STAMP).mtimeMs) / 3_600_000
    return outcome === 'native' || hours < RETRY_AFTER_HOURS ? outcome : undefined
  } catch {
    return undefined
  }
}

/**
 * Gets the native half of the tensor library: what is there, else its own host's, else the registry's copy. Where none can be
 * had nothing fails: the lab trains on WebAssembly, and says so.
 */
export async function provideNative() {
  if (lastOutcome() !== undefined) return
  if (loads()) return writeFileSync(STAMP, 'native')
  say('Fetching the native tensor library…')
  if ((await fetchOfficial()) || (await fetchCopy())) return writeFileSync(STAMP, 'native')
  writeFileSync(STAMP, 'absent')
  say('The native tensor library is not available here. The lab works without it and trains on WebAssembly, which is slower.')
  say(`The next attempt is in ${RETRY_AFTER_HOURS} hours, or at the next start after node_modules/.native is deleted.`)
}
