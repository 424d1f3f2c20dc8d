import { ORPCError } from '@orpc/client'
import fc from 'fast-check'
import { expect } from 'vitest'
import { contract } from '@shared/contract'
import { HOSTS, type OpenedHost } from '../../main/api/hosts'
import type { Case, Measures, Row } from '../row'

type Call = (input: unknown) => Promise<unknown>

/** Every method with the keys of what it takes. */
const METHODS = Object.entries(contract).flatMap(([part, methods]) =>
  Object.entries(methods).map(([method, { '~orpc': definition }]) => {
    const { shape } = (definition.inputSchema ?? {}) as unknown as { shape?: Record<string, unknown> }
    return { part, method, keys: Object.keys(shape ?? {}) }
  })
)

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    '',
    '../../etc/passwd',
    '__proto__',
    'deadbeef',
    '00000000',
    -1,
    0.5,
    2 ** 53,
    Number.NaN,
    Infinity
  ),
  fc.constantFrom<unknown>(
    [],
    {},
    ['deadbeef'],
    [['x']],
    { preset: '__proto__' },
    { preset: 5 },
    { document: {} },
    'x'.repeat(5000),
    '\ud800'
  ),
  fc.jsonValue({ maxDepth: 4 }),
  fc.double(),
  fc.string()
)

/** What a method may be called with: its own keys, with anything in them, or anything at all. */
const payloadOf = (keys: readonly string[]) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.record(Object.fromEntries(keys.map((key) => [key, odd])), { requiredKeys: [] }) },
    { weight: 1, arbitrary: odd },
    { weight: 1, arbitrary: fc.dictionary(fc.string(), odd) }
  )

async function checkCall(client: OpenedHost['client'], which: number, seed: number): Promise<Measures> {
  const { part, method, keys } = METHODS[which]
  const [payload] = fc.sample(payloadOf(keys), { seed, numRuns: 1 })
  const call = (client as unknown as Record<string, Record<string, Call>>)[part][method]
  const answer = await call(payload).catch((error: unknown) => error)
  if (!(answer instanceof Error)) {
    // Where nonsense happens to be what a method takes, it may leave no stream behind.
    const stream = answer as { return?: () => Promise<unknown> } | undefined
    if (typeof stream?.return === 'function') await stream.return()
    return { taken: 1 }
  }
  const what = `${part}.${method}(${JSON.stringify(payload)?.slice(0, 300)}): ${answer.message}`
  expect(answer, what).toBeInstanceOf(ORPCError)
  expect((answer as ORPCError<string, unknown>).code, what).not.toBe('INTERNAL_SERVER_ERROR')
  expect(what).not.toMatch(/: .*([Vv]alidation failed|Invalid input|expected .* received|SQLITE_)/)
  return { refused: 1 }
}

export const contractRow: Row = {
  name: 'contract',
  fault: 'nonsense to every method of the contract, directly, over a MessagePort and over a WebSocket',
  holds: 'a typed refusal in plain words or an answer, never an internal error; the lab stays up and sound',
  cases: { ci: 300, soak: 30_000 },
  async begin(scratch): Promise<Case> {
    const hosts: OpenedHost[] = []
    scratch.onEnd(() => Promise.all(hosts.map((host) => host.close())))
    for (const { open } of HOSTS) hosts.push(await open())
    return async (random, index) => {
      const { client, lab } = hosts[index % hosts.length]
      const came = await checkCall(client, random.below(METHODS.length), random.uint32() >>> 1)
      if (index % 100 > 2) return came
      expect((await client.system.catalogue({})).metrics.length).toBeGreaterThan(0)
      expect(lab.store.verify()).toEqual([])
      return came
    }
  },
  figure: (tally) => `${tally.total('refused')} refused, ${tally.total('taken')} answered, 0 internal errors`
}
