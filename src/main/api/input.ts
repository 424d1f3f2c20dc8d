import { ORPCError } from '@orpc/client'
import { ValidationError } from '@orpc/contract'
import { z } from 'zod'
import { faultsOf, plainWords } from '@shared/formats/issues'
import { jsonPath } from '@shared/formats/guard'

// Wherever a schema of the contract has no words of its own, in every host.
z.config({ customError: plainWords })

/** Faults of a call that its message lists; all of them are beside it. */
const MOST_TOLD = 5

interface Visit {
  item: unknown
  path: readonly PropertyKey[]
}

/**
 * Throws BAD_REQUEST where a call holds what no document can: the wire carries whole numbers of any size, dates, sets and maps,
 * and a schema that takes any content lets them by. Walks without recursion.
 */
export function assertData(input: unknown): void {
  const waiting: Visit[] = [{ item: input, path: [] }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { item, path } = next
    if (typeof item === 'bigint' || typeof item === 'symbol' || typeof item === 'function') throw stranger(path, typeof item)
    if (typeof item !== 'object' || item === null) continue
    const kind = Object.prototype.toString.call(item).slice(8, -1)
    if (kind === 'Blob' || kind === 'File') continue
    if (kind !== 'Object' && kind !== 'Array') throw stranger(path, kind)
    for (const [key, value] of Object.entries(item))
      if (typeof value === 'object' ? value !== null : NOT_DATA.has(typeof value))
        // A path of a thousand levels helps nobody, and would be copied at every level.
        waiting.push({ item: value, path: path.length < 20 ? [...path, kind === 'Array' ? Number(key) : key] : path })
  }
}

const NOT_DATA: ReadonlySet<string> = new Set(['bigint', 'symbol', 'function'])

const stranger = (path: readonly PropertyKey[], kind: string) =>
  refusedInput([
    {
      path: jsonPath(path),
      message: `must be text, a number, true, false, null, a list or an object, not ${kind === 'bigint' ? 'a BigInt' : kind}`
    }
  ])

function refusedInput(faults: readonly { path: string; message: string }[]) {
  const more = faults.length - MOST_TOLD
  const told = faults.slice(0, MOST_TOLD).map(({ path, message }) => `${path}: ${message}`)
  return new ORPCError('BAD_REQUEST', {
    message: [...told, ...(more > 0 ? [`and ${more.toLocaleString('en')} more`] : [])].join('\n'),
    data: { faults }
  })
}

/** A refusal of the contract's schemas in plain words, each fault with its place; any other error as it is. */
export function plainRefusal(error: unknown): unknown {
  if (!(error instanceof ORPCError && error.code === 'BAD_REQUEST' && error.cause instanceof ValidationError)) return error
  const { issues, data } = error.cause
  return refusedInput(issues.flatMap((issue) => faultsOf(issue as z.core.$ZodIssue, data, '$')))
}
