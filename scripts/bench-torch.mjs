import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bootstrap } from './bootstrap.mjs'
import { CLI, nodeProgram } from './paths.mjs'
import { explain, say } from './say.mjs'

// The same algorithm here and in PyTorch, in turn: npm run -s bench:torch -- PROGRAM.py
// PROGRAM.py takes --nets, --units, --batch, --steps and --json, and prints one line of JSON with its "seconds" of training.

const USAGE =
  'npm run -s bench:torch -- PROGRAM.py [--nets stacked|modules] [--units N] [--batch N] [--learn-steps N] [--pairs N] [--python PATH] [--json]'

const INSTALL = 'Debian: apt-get install python3-torch libopenblas0-pthread, and --python /usr/bin/python3 where another comes first.'

/** As a researcher has it: one thread, the kernels that OpenBLAS picks for this processor. */
function torchEnvironment() {
  const { OPENBLAS_CORETYPE: _, OPENBLAS_L2_SIZE: __, ...env } = process.env
  return { ...env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1' }
}

/** What keeps the two from being compared, and the way out. */
class Fault extends Error {
  constructor(reason, wayOut) {
    super(`${reason}\n${wayOut}`)
  }
}

/** Standard output of a program. Throws Fault where it fails. */
function outputOf(program, args, env, wayOut = 'Run it by hand to see why.') {
  const { status, signal, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', env, maxBuffer: 1 << 28 })
  if (status !== 0) {
    const how = error?.message ?? `${program} ended with ${signal ?? `exit code ${status}`}`
    throw new Fault(`${how}\n${stderr ?? ''}`.trim(), wayOut)
  }
  return stdout
}

/** The version of PyTorch. Throws Fault where that is not OpenBLAS. */
function torchVersion(python, env) {
  const code = "import torch; print(torch.__version__); print('openblas' in open('/proc/self/maps').read())"
  const [version, hasOpenBlas] = outputOf(python, ['-c', code], env, INSTALL).trim().split('\n')
  if (hasOpenBlas !== 'True') throw new Fault('PyTorch does not multiply with OpenBLAS, so the comparison would not be fair.', INSTALL)
  return version
}

/** Seconds of a run in the lab, as its row says. */
function labSeconds({ units, batch, learnSteps }) {
  const folder = mkdtempSync(join(tmpdir(), 'lab-bench-'))
  try {
    const file = join(folder, 'experiment.json')
    const parameters = { units, batch, learnSteps, reward: 'cost', evaluateEvery: learnSteps }
    const document = {
      format: 'dmro-experiment/1',
      name: 'bench',
      scenarios: ['one-edge-one-cloud'],
      algorithms: [{ id: 'dmro', parameters }]
    }
    writeFileSync(file, JSON.stringify({ ...document, seeds: [1], heldOut: 200 }))
    const args = [CLI, 'run', file, '--home', join(folder, 'home'), '--json']
    return JSON.parse(outputOf(nodeProgram(), args, process.env)).runs[0].seconds
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Seconds that the other program tells of itself. */
function torchSeconds(python, program, nets, { units, batch, learnSteps }, env) {
  const args = [program, '--nets', nets, '--units', String(units), '--batch', String(batch), '--steps', String(learnSteps), '--json']
  const last = outputOf(python, args, env).trimEnd().split('\n').at(-1)
  const { seconds } = JSON.parse(last)
  if (!(seconds > 0)) throw new Fault(`${program} told no seconds: ${last}`, 'Its last line must be JSON with "seconds".')
  return seconds
}

/** The middle value; of an even number of them the mean of the two. */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (sorted.length - 1) / 2
  return (sorted[Math.floor(at)] + sorted[Math.ceil(at)]) / 2
}

function whole(values, name) {
  const value = Number(values[name])
  if (!Number.isInteger(value) || value < 1) throw new Fault(`--${name} must be a whole number of 1 or more, not "${values[name]}".`, USAGE)
  return value
}

function parsed(options) {
  try {
    return parseArgs({ allowPositionals: true, options })
  } catch (error) {
    throw new Fault(error.message, USAGE)
  }
}

function asked() {
  const { values, positionals } = parsed({
    nets: { type: 'string', default: 'stacked' },
    units: { type: 'string', default: '10' },
    batch: { type: 'string', default: '32' },
    'learn-steps': { type: 'string', default: '2000' },
    pairs: { type: 'string', default: '5' },
    python: { type: 'string', default: 'python3' },
    json: { type: 'boolean', default: false }
  })
  if (positionals.length !== 1) throw new Fault('Name the program in PyTorch.', USAGE)
  const size = { units: whole(values, 'units'), batch: whole(values, 'batch'), learnSteps: whole(values, 'learn-steps') }
  return { program: positionals[0], nets: values.nets, python: values.python, size, pairs: whole(values, 'pairs'), json: values.json }
}

try {
  const { program, nets, python, size, pairs, json } = asked()
  await bootstrap()
  const env = torchEnvironment()
  const torch = torchVersion(python, env)
  const load = loadavg()[0]
  const taken = []
  // In turn, since a machine's pace drifts: what counts is the ratio within a pair.
  for (let i = 0; i < pairs; i++) {
    const pair = { lab: labSeconds(size), torch: torchSeconds(python, program, nets, size, env) }
    taken.push(pair)
    say(`Pair ${i + 1} of ${pairs}: ${pair.lab.toFixed(2)} s here, ${pair.torch.toFixed(2)} s in PyTorch`)
  }
  const told = {
    ...size,
    nets,
    torch,
    cpu: cpus()[0]?.model,
    load,
    pairs: taken,
    labSeconds: median(taken.map(({ lab }) => lab)),
    torchSeconds: median(taken.map((pair) => pair.torch)),
    ratio: median(taken.map((pair) => pair.lab / pair.torch))
  }
  console.log(
    json
      ? JSON.stringify(told, null, 2)
      : `s=${size.units}, B=${size.batch}, ${size.learnSteps} learn steps, ${nets}, PyTorch ${torch}; load at the start ${load.toFixed(1)}\n` +
          `medians of ${pairs}: ${told.labSeconds.toFixed(2)} s here, ${told.torchSeconds.toFixed(2)} s in PyTorch; here / PyTorch ${told.ratio.toFixed(3)}`
  )
} catch (error) {
  if (!(error instanceof Fault)) explain(error)
  else {
    say(error.message)
    process.exitCode = 1
  }
}
