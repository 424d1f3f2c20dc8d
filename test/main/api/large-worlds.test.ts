import { afterEach, describe, expect, it } from 'vitest'
import type { Lab } from '../../../src/main/api'
import { directClient } from '../../../src/main/api'
import { largeScenario, largeTopology, LARGEST } from '../large-world'
import { openTestLab } from './hosts'

let open: ReturnType<typeof openTestLab> | undefined

afterEach(async () => {
  await open?.close()
  open = undefined
})

function opened(): { lab: Lab; client: ReturnType<typeof directClient> } {
  open = openTestLab()
  return { lab: open.lab, client: directClient(open.lab) }
}

/** A world whose optimum takes some seconds of computing. */
const BUSY = { devices: 100, servers: 150, links: 900 }

const experimentOn = (scenario: object, algorithm: string, more: object = {}) => ({
  format: 'dmro-experiment/1',
  name: 'large',
  scenarios: [scenario],
  algorithms: [{ id: algorithm, ...more }],
  seeds: [1, 2, 3],
  heldOut: 2
})

async function cpuSeconds(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

describe('the largest world there may be', () => {
  it('is planned and queued within a second of computing', async () => {
    const { client } = opened()
    const source = { document: experimentOn(largeScenario(LARGEST), 'dmro') }
    expect(await cpuSeconds(() => client.experiments.plan({ source }))).toBeLessThan(1)
    let runs: string[] = []
    const queued = await cpuSeconds(async () => {
      ;({ runs } = await client.experiments.start({ source }))
    })
    expect(queued).toBeLessThan(1)
    expect(runs).toHaveLength(3)
    await client.runs.cancel({ ids: runs })
  })
})

describe('a run that cannot fit into the memory of the machine', () => {
  it('is refused with both figures when it is started, and told of in the plan', async () => {
    const { client } = opened()
    const source = { document: experimentOn(largeScenario(LARGEST), 'dmro-plus', { parameters: { memoryWorkflows: 100_000 } }) }
    const { cells, machineBytes } = await client.experiments.plan({ source })
    expect(cells[0].memoryBytes).toBeGreaterThan(200e9)
    expect(machineBytes).toBeGreaterThan(0)
    const refused = client.experiments.start({ source })
    await expect(refused).rejects.toMatchObject({ code: 'INVALID', data: { faults: [{ path: '$.algorithms (dmro-plus)' }] } })
    await expect(refused).rejects.toThrow(/needs about \d+\.\d GB of memory, this machine has \d+\.\d GB/)
    expect(await client.runs.list({})).toEqual([])
  })
})

describe('what takes long', () => {
  it('lets every other client be answered meanwhile, and says how far it is', async () => {
    const { lab, client } = opened()
    const order: string[] = []
    const optimum = client.assessments.optimum({ scenario: { document: largeScenario(BUSY) } }).then((assessment) => {
      order.push('optimum')
      return assessment
    })
    await client.runs.list({})
    order.push('list')
    await expect.poll(() => lab.computations.list(), { timeout: 30_000, interval: 5 }).toMatchObject([{ title: 'Optimum of large world' }])
    const { total } = await optimum
    expect(order).toEqual(['list', 'optimum'])
    expect(total.optimalityGap).toBe(0)
    expect(lab.computations.list()).toEqual([])
  })

  it('reads what a document names, wherever it is done', async () => {
    const { client } = opened()
    await client.library.save({ kind: 'topology', name: 'kept', content: largeTopology(BUSY) })
    const named = { document: largeScenario('kept') }
    const embedded = { document: largeScenario(BUSY) }
    expect(await client.assessments.optimum({ scenario: named })).toEqual(await client.assessments.optimum({ scenario: embedded }))
    const missing = {
      document: experimentOn(largeScenario('nowhere'), 'dmro', { parameters: { units: Array.from({ length: 900 }, () => 1) } })
    }
    await expect(client.experiments.plan({ source: missing })).rejects.toMatchObject({ code: 'INVALID' })
  })

  it('tells the faults of a large document at their places', async () => {
    const { client } = opened()
    const topology = largeTopology(LARGEST) as { links: { to: string }[] }
    topology.links[7].to = 'nowhere'
    const document = { ...largeScenario(BUSY), topology }
    const refused = client.assessments.optimum({ scenario: { document } })
    await expect(refused).rejects.toMatchObject({
      data: { faults: [{ path: '$.topology.links[7].to', message: 'there is no node "nowhere"' }] }
    })
  })

  it('ends when it is cancelled or nobody waits any more, and the next is computed by another process', async () => {
    const { lab, client } = opened()
    const scenario = { document: largeScenario(LARGEST) }
    const leaving = new AbortController()
    const left = client.assessments.optimum({ scenario }, { signal: leaving.signal })
    const cancelled = client.assessments.optimum({ scenario })
    const told = Promise.allSettled([left, cancelled])
    await expect.poll(() => lab.computations.list().length, { timeout: 10_000, interval: 5 }).toBe(2)
    leaving.abort()
    await expect.poll(() => lab.computations.list().length, { timeout: 10_000, interval: 5 }).toBe(1)
    const [{ id }] = lab.computations.list()
    expect(await client.system.cancelComputation({ id })).toEqual({ cancelled: true })
    const [first, second] = await told
    expect(first.status).toBe('rejected')
    expect(second).toMatchObject({ status: 'rejected', reason: { message: 'Optimum of large world: the computation was cancelled.' } })
    expect(await client.system.cancelComputation({ id })).toEqual({ cancelled: false })
    expect((await client.assessments.optimum({ scenario: { document: largeScenario(BUSY) } })).workflows).toHaveLength(20)
  })

  it('is seen by pages while it goes on', async () => {
    const { client } = opened()
    const end = new AbortController()
    const optimum = client.assessments
      .optimum({ scenario: { document: largeScenario(LARGEST) } })
      // It is cancelled below.
      .catch(() => {})
    let share: number | undefined
    for await (const list of await client.system.computations({}, { signal: end.signal })) {
      share = list[0]?.share
      if (share !== undefined && share > 0) {
        await client.system.cancelComputation({ id: list[0].id })
        break
      }
    }
    end.abort()
    await optimum
    expect(share).toBeGreaterThan(0)
    expect(share).toBeLessThan(1)
  })
})

describe('a run on a large world', () => {
  it('is looked into without stopping others', async () => {
    const { client } = opened()
    const source = { document: { ...experimentOn(largeScenario(BUSY), 'optimum'), seeds: [1] } }
    const { runs } = await client.experiments.start({ source })
    await expect.poll(async () => (await client.runs.get({ id: runs[0] })).row.status, { timeout: 60_000 }).toBe('completed')
    const order: string[] = []
    const placed = client.runs.placements({ id: runs[0] }).then((list) => {
      order.push('placements')
      return list
    })
    await client.runs.list({})
    order.push('list')
    const { workflows } = await placed
    expect(order).toEqual(['list', 'placements'])
    expect(workflows.map(({ gap }) => gap)).toEqual([0, 0])
    expect((await client.runs.inspect({ id: runs[0], workflow: workflows[0].id })).id).toBe(workflows[0].id)
  })
})
