import { availableParallelism } from 'node:os'
import type { SystemInfo } from '@shared/contract/system'
import { METRICS } from '@shared/run/metrics'
import { algorithmCards } from '../algorithms'
import { version } from '../version'
import { api } from './context'
import { diagnose, diagnosisText } from './diagnosis'
import type { Lab } from './lab'
import { oneStream } from './streams'

/** Said wherever runs train without the native library. */
export const WASM_NOTICE =
  'The native TensorFlow library could not be loaded, so runs train on WebAssembly: results are equally good, training takes about three times as long. Restart the lab with a network connection to fetch it.'

async function backendOf(lab: Lab): Promise<SystemInfo['backend']> {
  try {
    const { backend, library } = await lab.training()
    return backend === 'native' ? { name: 'native', library } : { name: 'wasm', library, notice: WASM_NOTICE }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { name: 'wasm', library: 'none', notice: `Nothing can be trained: ${reason}` }
  }
}

function damagedOf({ store }: Lab): Pick<SystemInfo, 'damaged'> {
  const { lostChanges } = store.recovery
  const rows = store.damagedRows()
  if (rows.length === 0) return lostChanges === undefined ? {} : { damaged: lostChanges }
  const more = rows.length > 1 ? ` So ${rows.length === 2 ? 'is one more' : `are ${rows.length - 1} more`}.` : ''
  return {
    damaged: `${lostChanges === undefined ? '' : `${lostChanges} `}${rows[0]}${more} What is damaged is not shown, and stays where it is. All of it is named by: lab doctor`
  }
}

export const systemRoom = {
  ping: api.system.ping.handler(() => ({})),
  info: api.system.info.handler(async ({ context: { lab } }) => ({
    version,
    home: lab.store.home,
    databaseBytes: lab.store.databaseBytes(),
    ...(lab.store.readOnly !== undefined && { readOnly: lab.store.readOnly }),
    ...damagedOf(lab),
    ...(lab.restoredAt !== undefined && { restoredAt: lab.restoredAt }),
    backend: await backendOf(lab),
    cores: availableParallelism(),
    parallel: lab.parallel
  })),
  computations: api.system.computations.handler(async function* ({ errors, signal, context: { lab } }) {
    yield* oneStream(lab, errors, () => lab.computations.listen(signal))
  }),
  cancelComputation: api.system.cancelComputation.handler(({ input: { id }, context: { lab } }) => ({
    cancelled: lab.computations.cancel(id)
  })),
  diagnosis: api.system.diagnosis.handler(async ({ context: { lab } }) => {
    const diagnosis = await diagnose({ home: lab.store.home, training: lab.training, depth: 'start' })
    return { text: diagnosisText(diagnosis), problems: diagnosis.problems }
  }),
  catalogue: api.system.catalogue.handler(() => ({ algorithms: [...algorithmCards], metrics: [...METRICS] }))
}
