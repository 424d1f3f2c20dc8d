import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { directClient, type Lab, openLab } from '../../../src/main/api'
import { exportBundle } from '../../../src/main/api/bundles'
import { forkWorkers } from '../../../src/main/processes/fork'
import type { WorkerHandle } from '../../../src/main/processes/protocol'
import { openStore } from '../../../src/main/store'
import { addRuns, temporaryHome } from '../store/samples'
import { BUILT_WORKER, refusalOf } from './hosts'

const POINTS = 200_000
const RUNS = 6
const labs: Lab[] = []
let bundle: Uint8Array

/** A lab of its own, and the processes it starts. */
function opened(): { lab: Lab; started: WorkerHandle[] } {
  const started: WorkerHandle[] = []
  const spawn = forkWorkers(BUILT_WORKER)
  const spawnWorker = () => {
    const handle = spawn()
    started.push(handle)
    return handle
  }
  const lab = openLab({ store: openStore(temporaryHome()), spawnWorker, parallel: 1 })
  labs.push(lab)
  return { lab, started }
}

beforeAll(async () => {
  const { lab } = opened()
  const runs = addRuns(lab.store, RUNS)
  const steps = Float64Array.from({ length: POINTS }, (_, i) => i)
  for (const [i, id] of runs.entries())
    lab.store.curves.append(id, { metric: 'loss', steps, values: steps.map((step) => Math.sin(step * (i + 1))) })
  const parts: Uint8Array[] = []
  await exportBundle(lab, { runs, documents: [], comparisons: [], policies: [] }, (part) => void parts.push(Uint8Array.from(part)))
  bundle = Buffer.concat(parts)
  await lab.close()
}, 60_000)

afterEach(async () => {
  for (const lab of labs.splice(0)) await lab.close()
})

/** The bundle on its way into a lab. */
function sent(lab: Lab): string {
  const transfer = lab.transfers.begin('large.dmro')
  transfer.append(bundle)
  return transfer.id
}

/** All that is kept, whatever lies in its log. */
function hashOf({ store }: Lab): string {
  const hash = createHash('sha256')
  for (const end of ['', '-wal'])
    if (existsSync(`${store.home}/lab.sqlite${end}`)) hash.update(readFileSync(`${store.home}/lab.sqlite${end}`))
  return hash.digest('hex')
}

/** The number under which a bundle is being read, once it is. */
async function reading(lab: Lab): Promise<number> {
  for await (const [going] of lab.computations.listen()) if (going?.title === 'Reading the bundle large.dmro') return going.id
  throw new Error('nothing is read')
}

it('a bundle is read in a process of its own, and calls are answered meanwhile', async () => {
  const { lab, started } = opened()
  const client = directClient(lab)
  const look = client.bundles.look({ transfer: sent(lab) })
  const id = await reading(lab)
  expect(started).toHaveLength(1)
  // Asked while it is read, answered before it is.
  await client.system.ping({})
  expect(lab.computations.list().map((each) => each.id)).toEqual([id])
  expect(await look).toMatchObject({ runs: RUNS, runsHere: 0 })
})

it('what was read is kept as it was, without being read again, and once', async () => {
  const { lab, started } = opened()
  const client = directClient(lab)
  const transfer = sent(lab)
  await client.bundles.look({ transfer })
  const { runs } = await client.bundles.import({ transfer, name: 'large.dmro' })
  expect(runs).toHaveLength(RUNS)
  expect(started).toHaveLength(1)
  const { steps, values } = lab.store.curves.read(runs[2].id, 'loss')
  expect(steps).toHaveLength(POINTS)
  expect(values[777]).toBe(Math.sin(777 * 3))
  expect(lab.store.verify()).toEqual([])
  const again = await client.bundles.import({ transfer, name: 'large.dmro' })
  expect({ runs: again.runs, here: again.here.length }).toEqual({ runs: [], here: RUNS })
})

it('reading that is cancelled changes nothing, and can begin again', async () => {
  const { lab } = opened()
  const client = directClient(lab)
  const transfer = sent(lab)
  const before = hashOf(lab)
  const refused = refusalOf(client.bundles.import({ transfer, name: 'large.dmro' }))
  await client.system.cancelComputation({ id: await reading(lab) })
  expect((await refused).message).toMatch(/^Reading the bundle large\.dmro: .*was cancelled/)
  expect(hashOf(lab)).toBe(before)
  expect(lab.store.runs.list()).toEqual([])
  expect((await client.bundles.look({ transfer })).runs).toBe(RUNS)
})

it('a reading process that is killed is told, and nothing is kept', async () => {
  const { lab, started } = opened()
  const client = directClient(lab)
  const transfer = sent(lab)
  const before = hashOf(lab)
  const refused = refusalOf(client.bundles.import({ transfer, name: 'large.dmro' }))
  await reading(lab)
  started[0].kill()
  expect((await refused).message).toMatch(/^Reading the bundle large\.dmro: .*killed by SIGKILL/)
  expect(hashOf(lab)).toBe(before)
  expect((await client.bundles.look({ transfer })).runs).toBe(RUNS)
})

it('a file that is not a bundle is refused with its faults', async () => {
  const { lab } = opened()
  const transfer = lab.transfers.begin('torn.dmro')
  transfer.append(bundle.subarray(0, bundle.length / 2))
  const { code, data } = await refusalOf(directClient(lab).bundles.look({ transfer: transfer.id }))
  expect(code).toBe('INVALID')
  expect(data).toMatchObject({ faults: [{ path: 'the zip file' }] })
})
