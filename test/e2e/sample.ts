import { fileURLToPath } from 'node:url'
import type { RunRow } from '@shared/contract/records'
import { EXPERIMENT } from '@shared/formats'
import { directClient, openLab } from '../../src/main/api'
import { forkWorkers } from '../../src/main/processes/fork'
import { openStore } from '../../src/main/store'
import { CAMPUS, PLAN, SENSORS, UNFINISHED, VIDEO } from './documents'

const WORKER = fileURLToPath(new URL('../../out/main/worker.js', import.meta.url))

/** What a lab with some history offers to look at: ids. */
export interface Sample {
  /** Completed runs by algorithm, one per seed. */
  runs: Readonly<Record<'dmro-plus' | 'dmro' | 'dqn', readonly string[]>>
  /** The number of their experiment. */
  experiment: number
  topology: string
  faulty: string
  generated: string
  explicit: string
  plan: string
}

type Client = ReturnType<typeof directClient>

const tiny = { learnSteps: 300, evaluateEvery: 10, units: 3 }

/** Small enough to be trained before every test. */
export const TINY = {
  format: EXPERIMENT,
  name: 'sample',
  scenarios: ['one-edge-one-cloud'],
  algorithms: [
    { id: 'dmro-plus', parameters: { ...tiny, hidden: 48 } },
    { id: 'dmro', parameters: tiny },
    { id: 'dqn', parameters: { learnSteps: 300, evaluateEvery: 10 } },
    { id: 'greedy' },
    { id: 'optimum' }
  ],
  seeds: [1, 2, 3],
  heldOut: 40
}

/** Trains an experiment; resolves to its runs once all are completed. */
async function train(client: Client, document: { name: string }): Promise<RunRow[]> {
  const rowsNow = async () => (await client.runs.list({})).filter(({ experiment }) => experiment === document.name)
  const live = await client.runs.live({ curves: [] })
  await client.experiments.start({ source: { document } })
  for await (const _ of live) {
    const rows = await rowsNow()
    if (rows.every(({ status }) => status === 'completed')) return rows
  }
  throw new Error('the lab closed before the sample was trained')
}

async function save(client: Client, kind: 'topology' | 'workload' | 'experiment', versions: readonly { name: string }[]): Promise<string> {
  let id: string | undefined
  for (const content of versions) id = (await client.library.save({ id, kind, name: content.name, content })).id
  if (id === undefined) throw new Error('nothing to save')
  return id
}

/** Something of most kinds that was deleted; an environment set names the topology still. */
async function fillBin(client: Client): Promise<void> {
  const office = await save(client, 'topology', [
    { ...CAMPUS[0], name: 'Office' },
    { ...CAMPUS[1], name: 'Office' }
  ])
  await client.library.save({
    kind: 'environments',
    name: 'Both buildings',
    content: { format: 'dmro-environments/1', name: 'Both buildings', topologies: ['Office', 'one-edge-one-cloud'] }
  })
  const sensors = await save(client, 'workload', [{ ...SENSORS, name: 'Night rounds' }])
  const first = await train(client, { ...TINY, name: 'Try out', algorithms: [{ id: 'random' }], heldOut: 20 } as { name: string })
  const comparison = await client.comparisons.save({ name: 'Quick look', runs: [first[0].id], look: {} })
  await client.comparisons.remove({ id: comparison.id })
  await client.runs.remove({ ids: first.map(({ id }) => id) })
  await client.library.remove({ ids: [office, sensors] })
}

/** Fills a data folder as a researcher would have: an experiment trained to its end, documents of every kind, a comparison, a view. */
export async function makeSample(home: string, document: { name: string } = TINY): Promise<Sample> {
  const lab = openLab({ store: openStore(home), spawnWorker: forkWorkers(WORKER), parallel: 2 })
  try {
    const client = directClient(lab)
    const rows = await train(client, document)
    const of = (algorithm: string) =>
      rows
        .filter((row) => row.algorithm === algorithm)
        .sort((a, b) => a.seed - b.seed)
        .map(({ id }) => id)
    const runs = { 'dmro-plus': of('dmro-plus'), dmro: of('dmro'), dqn: of('dqn') }
    await fillBin(client)
    await client.comparisons.save({ name: 'DMRO+ against its rivals', runs: [...runs['dmro-plus'], ...runs.dmro, ...runs.dqn], look: {} })
    return {
      runs,
      experiment: rows[0].experimentId,
      topology: await save(client, 'topology', CAMPUS),
      faulty: await save(client, 'topology', [UNFINISHED]),
      generated: await save(client, 'workload', [SENSORS]),
      explicit: await save(client, 'workload', [VIDEO]),
      plan: await save(client, 'experiment', [PLAN])
    }
  } finally {
    await lab.close()
  }
}
