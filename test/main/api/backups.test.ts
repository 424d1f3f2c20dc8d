import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Client, HOSTS, type OpenedHost, refusalOf, smallExperiment } from './hosts'

describe.each(HOSTS)('backups, spoken $name', ({ open }) => {
  let host: OpenedHost
  let client: Client
  const folder = () => join(host.lab.store.home, 'backups')

  beforeAll(async () => {
    host = await open()
    client = host.client
  })
  afterAll(() => host.close())

  it('are made on request, listed newest first with what is known of each', async () => {
    const { name } = await client.backups.make({})
    const [newest] = (await client.backups.list({})).filter(({ kind }) => kind === 'manual')
    expect(newest).toMatchObject({ name, kind: 'manual', runs: 0, health: 'sound' })
    expect(newest.bytes).toBe(readFileSync(join(folder(), name)).length)
    expect(await client.backups.list({})).toEqual((await client.backups.list({})).sort((a, b) => b.madeAt - a.madeAt))
  })

  it('take the place of the history while runs train, and nothing is lost by it', async () => {
    const { name } = await client.backups.make({})
    const { runs } = await client.experiments.start({ source: { document: smallExperiment() } })
    expect(await client.runs.list({})).toHaveLength(runs.length)
    const { replaced } = await client.backups.restore({ name })
    expect(await client.runs.list({})).toEqual([])
    expect((await client.system.info({})).restoredAt).toBeGreaterThan(0)
    // What was there is a backup like any other: no run of it is lost, and none of them trains on.
    const kept = (await client.backups.list({})).find((each) => each.name === replaced)
    expect(kept).toMatchObject({ kind: 'replaced', runs: runs.length, health: 'sound' })
    await client.backups.restore({ name: kept?.name ?? '' })
    const back = await client.runs.list({})
    expect(back.map(({ id }) => id).sort()).toEqual([...runs].sort())
    expect(back.every(({ status }) => ['completed', 'interrupted', 'paused'].includes(status))).toBe(true)
    // The lab works on.
    expect((await client.experiments.start({ source: { document: smallExperiment() } })).runs.length).toBe(runs.length)
  }, 60_000)

  it('that are damaged, missing or named like a path are refused, and nothing changes', async () => {
    const { name } = await client.backups.make({})
    const file = join(folder(), name)
    const bytes = readFileSync(file)
    bytes.fill(0, 8192, 40_960)
    writeFileSync(file, bytes)
    const before = await client.runs.list({})
    expect((await client.backups.list({})).find((each) => each.name === name)).toMatchObject({ health: 'damaged' })
    expect((await refusalOf(client.backups.restore({ name }))).code).toBe('REFUSED')
    expect((await refusalOf(client.backups.restore({ name: 'daily@20200101-000000-000.sqlite' }))).code).toBe('NOT_FOUND')
    expect((await refusalOf(client.backups.restore({ name: '../lab.sqlite' }))).code).toBe('BAD_REQUEST')
    expect((await client.runs.list({})).map(({ id }) => id)).toEqual(before.map(({ id }) => id))
    expect(existsSync(file)).toBe(true)
  })
})
