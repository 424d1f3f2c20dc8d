import { contract } from '@shared/contract'
import { ORPCError } from '@orpc/client'
import type { RunRow } from '@shared/contract/records'
import { writeScenario } from '@shared/formats'
import type { Scenario } from '@shared/model/scenario'
import { ALGORITHMS } from '../../../src/main/algorithms'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Client, type OpenedHost, smallExperiment } from './hosts'

/** Waits until none of the runs is active, listening to the live stream as a window does. */
async function untilEnded(client: Client, ids: readonly string[]): Promise<RunRow[]> {
  const rows = new Map((await client.runs.list({})).map((row) => [row.id, row]))
  const active = () => ids.some((id) => ['queued', 'running'].includes(rows.get(id)?.status ?? 'queued'))
  const abort = new AbortController()
  const stream = await client.runs.live({ curves: [...ids] }, { signal: abort.signal })
  for (const row of await client.runs.list({})) rows.set(row.id, row)
  if (active()) {
    for await (const batch of stream) {
      for (const row of batch.runs) rows.set(row.id, row)
      if (!active()) break
    }
  }
  abort.abort()
  return ids.flatMap((id) => rows.get(id) ?? [])
}

async function errorOf(promise: Promise<unknown>): Promise<ORPCError<string, unknown>> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason
  )
  if (!(error instanceof ORPCError)) throw new Error(`expected a typed refusal, got ${String(error)}`)
  return error
}

/** An experiment that repeats a run from other weights. */
function startingFrom({ row, scenario }: { row: RunRow; scenario?: unknown }, initialWeights: string): object {
  const world = writeScenario(scenario as Scenario)
  const algorithms = [{ id: row.algorithm, parameters: row.parameters, initialWeights }]
  return { format: 'dmro-experiment/1', name: 'from weights', scenarios: [world], algorithms, seeds: [5], heldOut: 10 }
}

/** A lab and a line to it; its inside is only known where it runs in this process. */
export type SpokenTo = Pick<OpenedHost, 'client' | 'close'> & { lab?: OpenedHost['lab'] }

/** The tests of what holds of the contract over every line to a lab; `open` opens one, once. Called within a `describe`. */
export function contractSuite(open: () => Promise<SpokenTo>): void {
  let host: SpokenTo
  let client: Client
  let runs: string[]

  beforeAll(async () => {
    host = await open()
    client = host.client
  })
  afterAll(() => host.close())

  it('says what the lab is and what it knows', async () => {
    const catalogue = await client.system.catalogue({})
    expect(catalogue.algorithms.map((card) => card.id)).toHaveLength(ALGORITHMS.length)
    const info = await client.system.info({})
    expect(info.backend.library).not.toBe('none')
    expect(info.parallel).toBe(host.lab?.parallel ?? info.parallel)
  }, 60_000)

  it('refuses a bad experiment with every fault and its place, and keeps nothing', async () => {
    const document = { ...(smallExperiment() as object), algorithms: [{ id: 'dqn', parameters: { batch: -1 } }, { id: 'nope' }] }
    const error = await errorOf(client.experiments.start({ source: { document } }))
    expect(error.code).toBe('INVALID')
    const { faults } = error.data as { faults: { path: string }[] }
    expect(faults.map((fault) => fault.path)).toEqual(['$.algorithms[0].parameters.batch', '$.algorithms[1].id'])
    expect(await client.runs.list({})).toEqual([])
  })

  it('starts an experiment and trains it to its end', async () => {
    const started = await client.experiments.start({ source: { document: smallExperiment() } })
    runs = started.runs
    expect(runs).toHaveLength(2)
    const rows = await untilEnded(client, runs)
    expect(rows.map((row) => row.status)).toEqual(['completed', 'completed'])
    const [dqn, optimum] = await Promise.all(runs.map((id) => client.runs.get({ id })))
    expect(optimum.row.evaluation?.gapMean).toBe(0)
    expect(dqn.row.evaluation?.gapMean).toBeGreaterThan(0)
    expect(dqn.optimum).toMatchObject(dqn.row.evaluation?.optimum ?? {})
    expect(dqn.metrics).toEqual(expect.arrayContaining(['loss', 'reward', 'epsilon', 'gap', 'cost']))
  }, 60_000)

  it('gives a curve as x, y pairs that ascend', async () => {
    const blob = await client.runs.curve({ id: runs[0], metric: 'gap', maxPoints: 0 })
    const points = new Float64Array(await blob.arrayBuffer())
    expect([...points].filter((_, i) => i % 2 === 0)).toEqual([0, 20, 40, 60])
  })

  it('compares runs, one group an algorithm', async () => {
    const { runs: rows, groups } = await client.runs.compare({ ids: runs })
    expect(rows.map((row) => row.id)).toEqual(runs)
    expect(groups.map((group) => group.algorithm)).toEqual(['dqn', 'optimum'])
    expect(groups[1].gapMean).toBe(0)
  })

  it('takes a run out of sight and brings it back', async () => {
    const { bin } = await client.runs.remove({ ids: [runs[0]] })
    expect((await client.runs.list({})).map((row) => row.id)).toEqual([runs[1]])
    expect((await errorOf(client.runs.get({ id: runs[0] }))).code).toBe('NOT_FOUND')
    await client.bin.restore({ ids: [bin] })
    expect(await client.runs.list({})).toHaveLength(2)
  })

  it('says why a run cannot be paused', async () => {
    const error = await errorOf(client.runs.pause({ ids: runs }))
    expect(error.code).toBe('REFUSED')
    expect(error.message).toContain('it is completed')
  })

  it('notes things down about runs, and tells them back', async () => {
    await client.runs.mark({ ids: runs, addTags: ['Paper', 'b'], note: '# why', pinned: true })
    await client.runs.mark({ ids: [runs[0]], removeTags: ['b'], note: ' ', archived: true })
    const rows = await client.runs.list({})
    expect(rows.map(({ tags, note, pinned, archived }) => ({ tags, note, pinned, archived }))).toEqual([
      { tags: ['paper'], note: undefined, pinned: true, archived: true },
      { tags: ['b', 'paper'], note: '# why', pinned: true, archived: undefined }
    ])
    // Two windows: a note is not written over one that its writer has not seen; tags of both stay.
    const other = await errorOf(client.runs.mark({ ids: [runs[1]], note: 'mine', noteBefore: '', addTags: ['c'] }))
    expect(other).toMatchObject({ code: 'OTHER_NOTE', data: { note: '# why' } })
    await client.runs.mark({ ids: [runs[1]], note: '# why not', noteBefore: '# why', addTags: ['c'] })
    expect((await client.runs.list({}))[1]).toMatchObject({ note: '# why not', tags: ['b', 'c', 'paper'] })
    await client.runs.mark({ ids: runs, pinned: false, archived: false })
    expect((await errorOf(client.runs.mark({ ids: ['00000000'], pinned: true }))).code).toBe('NOT_FOUND')
    expect((await errorOf(client.runs.mark({ ids: runs, addTags: ['two words'] }))).code).toBe('BAD_REQUEST')
  })

  it('keeps priorities, and refuses to move what does not wait', async () => {
    await client.runs.prioritise({ ids: [runs[0]], priority: 1 })
    expect((await client.runs.list({}))[0].priority).toBe(1)
    const error = await errorOf(client.runs.move({ id: runs[0], before: runs[1] }))
    expect(error.code).toBe('REFUSED')
    expect(error.message).toContain('does not wait in the queue')
  })

  it('keeps views of the table', async () => {
    const state = { query: { words: 'tag:paper' }, group: 'algorithm', sort: { key: 'gap', descending: true } }
    const view = await client.views.save({ name: ' mine ', state })
    await client.views.keepLast({ state })
    expect(await client.views.list({})).toEqual({ views: [{ id: view.id, name: 'mine', state }], last: state })
    await client.views.remove({ id: view.id })
    expect((await errorOf(client.views.remove({ id: view.id }))).code).toBe('NOT_FOUND')
  })

  it('places the held-out workflows again and says which network won', async () => {
    const { workflows, places } = await client.runs.placements({ id: runs[0] })
    const { row } = await client.runs.get({ id: runs[0] })
    const mean = workflows.reduce((sum, workflow) => sum + workflow.gap, 0) / workflows.length
    expect(mean).toBeCloseTo(row.evaluation?.gapMean ?? Number.NaN, 9)
    expect(places).toHaveLength(row.facts?.locations ?? 0)
    const found = await client.runs.inspect({ id: runs[0], workflow: workflows[0].id })
    expect(found.gap).toBe(workflows[0].gap)
    expect(found.winner).toBe(0)
    expect((await client.runs.inspect({ id: runs[1], workflow: workflows[0].id })).units).toEqual([])
    expect((await errorOf(client.runs.inspect({ id: runs[0], workflow: 'nobody' }))).code).toBe('REFUSED')
  })

  it('carries infinite gaps, of runs, workflows and losses', async () => {
    const flows = [
      { from: '@input', to: 'a', megabytes: 5 },
      { from: 'a', to: '@output', megabytes: 5 }
    ]
    const workflows = [{ id: 'free', device: 'device', tasks: [{ id: 'a', megacycles: 0 }], flows }]
    const workload = { format: 'dmro-workload/1', name: 'free', workflows }
    const scenarios = [{ format: 'dmro-scenario/1', name: 'free', topology: 'one-edge-one-cloud', workload }]
    const document = { format: 'dmro-experiment/1', name: 'free', scenarios, algorithms: [{ id: 'edge-only' }], seeds: [1] }
    const started = await client.experiments.start({ source: { document } })
    const [row] = await untilEnded(client, started.runs)
    expect(row.evaluation).toMatchObject({ gapMean: Infinity, gapP95: Infinity, inSample: true })
    const { id } = row
    expect((await client.runs.get({ id })).evaluatedOn).toEqual({ workflows: 1, inSample: true })
    expect((await client.runs.placements({ id })).workflows[0].gap).toBe(Infinity)
    expect((await client.runs.inspect({ id, workflow: 'free' })).gap).toBe(Infinity)
    expect((await client.comparisons.losses({ ids: [id] }))[0].losses?.gap).toBe(Infinity)
    expect((await client.comparisons.analyse({ ids: [id] })).evaluatedOn).toEqual([{ workflows: 1, inSample: true }])
    await client.runs.remove({ ids: [id] })
  }, 60_000)

  it('gives the stretch of a curve that was asked for, and a neighbour to either side', async () => {
    const blob = await client.runs.curve({ id: runs[0], metric: 'gap', maxPoints: 0, range: [30, 45] })
    expect([...new Float64Array(await blob.arrayBuffer())].filter((_, i) => i % 2 === 0)).toEqual([20, 40, 60])
  })

  it('runs the same again to the same numbers, and continues from what was learned', async () => {
    const again = await client.runs.again({ ids: [runs[0]] })
    const [same] = await untilEnded(client, again.runs)
    const { row } = await client.runs.get({ id: runs[0] })
    expect(same.evaluation?.gapMean).toBe(row.evaluation?.gapMean)
    const continued = await client.runs.again({ ids: [runs[0]], fromTheirWeights: true })
    const [further] = await untilEnded(client, continued.runs)
    expect(further).toMatchObject({ status: 'completed', initialWeights: runs[0] })
    expect((await errorOf(client.runs.again({ ids: [runs[1]], fromTheirWeights: true }))).code).toBe('INVALID')
    await client.runs.remove({ ids: [...again.runs, ...continued.runs] })
  }, 60_000)

  it('exports everything kept of a run', async () => {
    const blob = await client.runs.export({ ids: [runs[0]] })
    const document = JSON.parse(new TextDecoder().decode(await blob.arrayBuffer()))
    expect(document.runs[0].curves.gap.learnSteps).toEqual([0, 20, 40, 60])
    expect(document.runs[0].policy).toEqual(expect.any(String))
  })

  it('keeps a run’s policy under a name, from which other runs start, and brings a deleted name back', async () => {
    const kept = await client.policies.keep({ name: 'first', note: 'by a test', from: { run: runs[0] } })
    // One environment taught it: its weights are not ψ, as those are that came with the lab for every environment.
    expect(kept).toMatchObject({ name: 'first', origin: 'kept', run: runs[0], places: 3, meta: false })
    const listed = await client.policies.list({})
    expect(listed.filter(({ meta }) => meta).map(({ name }) => name)).toEqual(
      listed.filter(({ origin }) => origin === 'shipped').map(({ name }) => name)
    )
    const bytes = await client.policies.export({ name: 'first' })
    await client.policies.keep({ name: 'again', from: { bytes } })
    const names = async () => (await client.policies.list({})).filter(({ origin }) => origin === 'kept').map(({ name }) => name)
    expect(await names()).toEqual(['again', 'first'])
    const { bin } = await client.policies.remove({ name: 'again' })
    expect(await names()).toEqual(['first'])
    await client.bin.restore({ ids: [bin] })
    expect(await names()).toEqual(['again', 'first'])
    const started = await client.experiments.start({ source: { document: startingFrom(await client.runs.get({ id: runs[0] }), 'first') } })
    const [row] = await untilEnded(client, started.runs)
    expect(row).toMatchObject({ status: 'completed', initialWeights: 'first' })
  })

  it('refuses to start from a policy that is not there or has another shape, naming both shapes', async () => {
    const { row, scenario } = await client.runs.get({ id: runs[0] })
    const missing = await errorOf(client.experiments.start({ source: { document: startingFrom({ row, scenario }, 'nobody') } }))
    expect(missing).toMatchObject({ code: 'INVALID', message: expect.stringContaining('nobody') })
    const wider = { ...row, parameters: { ...row.parameters, hidden: 33 } }
    const misfit = await errorOf(client.experiments.start({ source: { document: startingFrom({ row: wider, scenario }, row.id) } }))
    expect(misfit.message).toMatch(/→ \d+ → \d+ →.*→ 33 → 33 →/)
    const before = await client.runs.list({})
    expect(before.every(({ parameters }) => parameters.hidden !== 33)).toBe(true)
  })

  it('finds an optimum that its own evaluation agrees with', async () => {
    const scenario = { preset: 'one-edge-one-cloud' }
    const optimum = await client.assessments.optimum({ scenario })
    expect(optimum.total.optimalityGap).toBe(0)
    const placements = Object.fromEntries(optimum.workflows.map((workflow) => [workflow.id, workflow.placement]))
    const again = await client.assessments.evaluate({ scenario, placement: { format: 'dmro-placement/1', placements } })
    expect(again.total.cost).toBeCloseTo(optimum.total.cost, 12)
  })

  it('ends a live stream when its listener leaves', async ({ skip }) => {
    const { lab } = host
    if (!lab) return skip('the lab is in another process')
    const abort = new AbortController()
    const stream = await client.runs.live({ curves: [] }, { signal: abort.signal })
    await stream.next()
    expect(lab.liveStreams).toBe(1)
    abort.abort()
    // The stream was just ended.
    await stream.next().catch(() => {})
    await expect.poll(() => lab.liveStreams).toBe(0)
  })

  const PAYLOADS: unknown[] = [
    undefined,
    null,
    0,
    -1,
    Number.NaN,
    '',
    'x',
    [],
    [1],
    {},
    { id: null },
    { id: '../../etc' },
    { id: '0'.repeat(9) },
    { ids: [] },
    { ids: ['zzzzzzzz'] },
    { ids: 'deadbeef' },
    { source: {} },
    { source: { preset: 5 } },
    { scenario: { preset: '__proto__' } },
    { curves: [1, 2] }
  ]
  const METHODS = Object.entries(contract).flatMap(([room, methods]) => Object.keys(methods).map((method) => [room, method] as const))

  it('says in plain words what is wrong with a call, and where', async () => {
    const parts = client as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>
    const said = async (room: string, method: string, input: unknown) => (await errorOf(parts[room][method](input))).message
    expect(await said('runs', 'get', {})).toBe('$.id: is missing; it must be a text')
    expect(await said('runs', 'get', { id: 5 })).toBe('$.id: must be a text, not 5')
    expect(await said('runs', 'get', { id: 'x' })).toBe('$.id: a run id is eight hexadecimal digits')
    expect(await said('runs', 'remove', { ids: [] })).toBe('$.ids: must hold at least 1 item')
    expect(await said('views', 'save', { name: '', state: 0 })).toMatch(/^\$\.name: .*\n\$\.state: must be an object, not 0$/)
    for (const [room, method] of METHODS) {
      for (const payload of [...PAYLOADS, { id: {}, ids: [1], name: 5, kind: 'x', to: [], version: 1.5 }]) {
        const answer = await parts[room][method](payload).catch((error: unknown) => error)
        const { data, message } = answer as { data?: unknown; message?: string }
        if (answer instanceof Error)
          expect(`${message} ${JSON.stringify(data)}`).not.toMatch(/[Vv]alidation|Invalid|received|Too (small|big)|Unrecognized/)
        const stream = answer as { return?: () => Promise<unknown> } | undefined
        if (typeof stream?.return === 'function') await stream.return()
      }
    }
  })

  it('refuses what no document can hold anywhere in a call, by its place', async () => {
    const save = (value: unknown) => client.library.save({ kind: 'topology', name: 'strange', content: { nodes: [{ cores: value }] } })
    const kinds: unknown[] = [1n, new Date(), new Map(), new Set([1]), /x/, new URL('http://127.0.0.1')]
    for (const value of kinds) {
      const { code, message } = await errorOf(save(value))
      expect(code).toBe('BAD_REQUEST')
      expect(message).toMatch(/^\$\.content\.nodes\[0\]\.cores: must be text, a number/)
    }
    const parts = client as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>
    for (const [room, method] of METHODS) {
      for (const payload of [
        5n,
        { id: 5n },
        { content: { a: 5n } },
        { document: { a: [5n] } },
        { scenario: { document: 5n } },
        { state: 5n }
      ])
        expect((await errorOf(parts[room][method](payload))).code, `${room}.${method}`).toBe('BAD_REQUEST')
    }
    expect(await client.library.list({})).toEqual([])
  })

  it.each(METHODS)('answers %s.%s to nonsense with a typed refusal, and stays up', async (room, method) => {
    const parts = client as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>
    for (const payload of PAYLOADS) {
      const answer = await parts[room][method](payload).catch((error: unknown) => error)
      if (answer instanceof Error) expect(answer).toBeInstanceOf(ORPCError)
      if (answer instanceof ORPCError) expect(answer.code).not.toBe('INTERNAL_SERVER_ERROR')
      // Where nonsense happens to be what a method takes, it may leave no stream behind.
      const stream = answer as { return?: () => Promise<unknown> } | undefined
      if (typeof stream?.return === 'function') await stream.return()
    }
    expect((await client.system.catalogue({})).metrics.length).toBeGreaterThan(0)
  })
}
