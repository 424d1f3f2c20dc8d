import { ORPCError } from '@orpc/client'
import { PART_BYTES } from '@shared/contract/pieces'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fill } from '../bundle/histories'
import { type Client, HOSTS, type OpenedHost } from './hosts'

/** Sends bytes as a page does. */
async function send(client: Client, bytes: Uint8Array): Promise<string> {
  const { transfer } = await client.transfers.begin({ name: 'theirs.dmro' })
  for (let offset = 0; offset < bytes.length; offset += PART_BYTES)
    await client.transfers.write({ transfer, offset, part: new Blob([Uint8Array.from(bytes.subarray(offset, offset + PART_BYTES))]) })
  return transfer
}

async function fetched(client: Client, transfer: string, bytes: number): Promise<Uint8Array> {
  const whole = new Uint8Array(bytes)
  for (let offset = 0; offset < bytes; offset += 2 ** 20)
    whole.set(new Uint8Array(await (await client.transfers.read({ transfer, offset, length: 2 ** 20 })).arrayBuffer()), offset)
  return whole
}

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no refusal',
    (error: unknown) => (error instanceof ORPCError ? error.code : String(error))
  )

describe.each(HOSTS)('bundles, spoken $name', ({ open }) => {
  let there: OpenedHost
  let here: OpenedHost
  let ids: string[]
  let bytes: Uint8Array

  beforeAll(async () => {
    ;[there, here] = await Promise.all([open(), open()])
    ids = fill(there.lab.store)
    // More than one message holds, and nothing that shrinks.
    let state = 1
    const noise = Uint8Array.from({ length: 3 * PART_BYTES }, () => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0
      return state >>> 24
    })
    there.lab.store.checkpoints.put(ids[2], { learnSteps: 40, seconds: 0.4, state: noise })
  })
  afterAll(() => Promise.all([there.close(), here.close()]))

  it('go out in pieces', async () => {
    const made = await there.client.bundles.export({ runs: ids })
    expect(made).toMatchObject({ name: '3-runs.dmro', runs: 3 })
    expect(made.bytes).toBeGreaterThan(2 ** 20)
    bytes = await fetched(there.client, made.transfer, made.bytes)
    await there.client.transfers.end({ transfer: made.transfer })
    expect(await codeOf(there.client.transfers.read({ transfer: made.transfer, offset: 0, length: 1 }))).toBe('GONE')
  })

  it('come in in pieces, are looked at, imported, and told of as they are now', async () => {
    const transfer = await send(here.client, bytes)
    expect(await here.client.bundles.look({ transfer })).toMatchObject({
      runs: 3,
      runsHere: 0,
      experiments: ['trial'],
      bytes: bytes.length
    })
    expect(await here.client.runs.list({})).toEqual([])
    const { runs } = await here.client.bundles.import({ transfer, name: 'theirs.dmro' })
    expect(runs.map(({ from }) => from)).toEqual(ids)
    expect((await here.client.runs.list({})).map(({ id }) => id)).toEqual(runs.map(({ id }) => id))
    expect(await here.client.bundles.look({ transfer })).toMatchObject({ runs: 0, runsHere: 3 })
    expect((await here.client.bundles.import({ transfer, name: 'theirs.dmro' })).here).toEqual(runs)
    const detail = await here.client.runs.get({ id: runs[0].id })
    expect(detail.log.at(-1)?.text).toContain('Imported from theirs.dmro')
    await here.client.transfers.end({ transfer })
  })

  it('that are none are refused with every fault and its file', async () => {
    const transfer = await send(here.client, bytes.slice(0, -9))
    const error = await here.client.bundles.import({ transfer, name: 'x' }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({
      code: 'INVALID',
      data: { faults: [{ path: 'the zip file', message: expect.stringContaining('cut off') }] }
    })
    await here.client.transfers.end({ transfer })
  })

  it('of runs that are not there are refused by name', async () => {
    expect(await codeOf(there.client.bundles.export({ runs: ['00000000'] }))).toBe('NOT_FOUND')
    expect(await codeOf(there.client.bundles.export({ runs: [], documents: ['00000000'] }))).toBe('NOT_FOUND')
    expect(await codeOf(there.client.bundles.export({ runs: [], policies: ['nobody'] }))).toBe('NOT_FOUND')
  })

  it('are written where they end, and nowhere else', async () => {
    const { transfer } = await here.client.transfers.begin({ name: 'x' })
    expect(await codeOf(here.client.transfers.write({ transfer, offset: 5, part: new Blob(['x']) }))).toBe('REFUSED')
    expect(await codeOf(here.client.transfers.read({ transfer, offset: 5, length: 1 }))).toBe('REFUSED')
    expect(await codeOf(here.client.bundles.look({ transfer }))).toBe('INVALID')
    await here.client.transfers.end({ transfer })
    await here.client.transfers.end({ transfer })
  })

  it('have no window where there is none', async () => {
    expect(await codeOf(here.client.desktop.choose({}))).toBe('NO_WINDOW')
    expect(await codeOf(here.client.desktop.progress({ fraction: 0.5 }))).toBe('NO_WINDOW')
    const stream = here.client.desktop.events({}).then((events) => events.next())
    expect(await codeOf(stream)).toBe('NO_WINDOW')
  })
})
