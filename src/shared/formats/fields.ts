import { z } from 'zod'
import { FORBIDDEN_KEYS } from './guard'

/** The fields that several formats share, each with a message that names the way out. */

export const MOST_NODES = 1000
/** Places of a workflow, K: its device, the edges and the clouds. A placement keeps one byte a task. */
export const MOST_PLACES = 256
/** Of one node. */
export const MOST_CORES = 1000
export const MOST_LINKS = 10_000
export const MOST_WORKFLOWS = 10_000
export const MOST_TASKS = 10_000
export const MOST_FLOWS = 10 * MOST_TASKS

/** Quantities from 1e-9 to 1e15 in their unit: beyond is a slip of the pen, and sums that overflow. */
const LEAST = 1e-9
const MOST = 1e15

export const atLeastZero = (what: string) =>
  z.number().min(0, `${what} must not be negative`).max(MOST, `${what} must not exceed ${MOST}; check its unit`)
export const aboveZero = (what: string) =>
  z
    .number()
    .gt(0, { error: `${what} must be greater than 0`, abort: true })
    .min(LEAST, `${what} must be at least ${LEAST}; check its unit`)
    .max(MOST, `${what} must not exceed ${MOST}; check its unit`)

/** Names that stand in tables and on screens. */
export const Name = z.string().min(1, 'must not be empty').max(200, 'must have 200 characters at most')
export const Note = z.string().max(2000, 'must have 2,000 characters at most').optional()
export const Id = z
  .string()
  .min(1, 'an id must not be empty')
  .max(200, 'an id must have 200 characters at most')
  .refine((id) => !id.startsWith('@'), 'ids that start with @ are reserved for @input and @output; choose another')
  .refine((id) => !FORBIDDEN_KEYS.has(id), 'this id could not be a key of a placement; choose another')
export const Seed = z
  .number()
  .int('a seed must be a whole number')
  .min(0, 'a seed must not be negative')
  .max(Number.MAX_SAFE_INTEGER, `a seed must not exceed ${Number.MAX_SAFE_INTEGER}`)
