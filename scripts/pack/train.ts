import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { extractAll } from '@electron/asar'
import { directClient, openLab } from '../../src/main/api'
import { forkWorkers } from '../../src/main/processes/fork'
import { openStore } from '../../src/main/store'
import type { Checked } from './check'
import { LIBRARY_FOLDER } from './tensors'

const EXPERIMENT = {
  format: 'dmro-experiment/1',
  name: 'packed',
  scenarios: ['one-edge-one-cloud'],
  algorithms: [{ id: 'dqn', parameters: { learnSteps: 40, evaluateEvery: 20 } }],
  seeds: [1],
  heldOut: 5
}

/** Trains a small run with a worker at `worker`; what came of it, and what computed. */
async function trainedBy(worker: string, home: string): Promise<{ backend: string; state: string }> {
  const lab = openLab({ store: openStore(home), spawnWorker: forkWorkers(worker), parallel: 1 })
  try {
    const client = directClient(lab)
    const { backend } = await client.system.info({})
    const { runs } = await client.experiments.start({ source: { document: EXPERIMENT } })
    const abort = new AbortController()
    const stream = await client.runs.live({ curves: [] }, { signal: abort.signal })
    const stateNow = async () => (await client.runs.list({})).find(({ id }) => id === runs[0])?.status ?? 'absent'
    let state = await stateNow()
    if (['queued', 'running'].includes(state))
      for await (const _ of stream) {
        state = await stateNow()
        if (!['queued', 'running'].includes(state)) break
      }
    abort.abort()
    return { backend: backend.name, state }
  } finally {
    await lab.close()
  }
}

/**
 * Lets the packed worker train, by Node instead of Electron, with the packages of its archive and no others: they are unpacked
 * where no other packages are found.
 *
 * @param hasNative whether the package holds the native tensor library.
 */
export async function checkTraining(packed: string, hasNative: boolean): Promise<Checked[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lab-packed-'))
  const program = join(folder, 'program')
  try {
    extractAll(join(packed, 'resources/app.asar'), program)
    if (hasNative) {
      const library = join(program, LIBRARY_FOLDER.replace('app.asar.unpacked/', ''))
      mkdirSync(dirname(library), { recursive: true })
      symlinkSync(join(packed, 'resources', LIBRARY_FOLDER), library)
    }
    const rows: Checked[] = []
    for (const backend of hasNative ? ['native', 'wasm'] : ['wasm']) {
      // Workers look into their environment; else they take the native half first.
      if (backend === 'wasm') process.env.LAB_BACKEND = 'wasm'
      const trained = await trainedBy(join(program, 'out/main/worker.js'), join(folder, backend))
      delete process.env.LAB_BACKEND
      rows.push({
        what: `its worker trains a run with what is packed, ${backend}`,
        faults:
          trained.backend === backend && trained.state === 'completed'
            ? []
            : [`the run is ${trained.state}, computed by ${trained.backend}`]
      })
    }
    return rows
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
