import { z } from 'zod'

/** The fields that several formats share, each with a message that names the way out. */

export const MOST_NODES = 1000
export const MOST_LINKS = 10_000
export const MOST_WORKFLOWS = 10_000
export const MOST_TASKS = 10_000

const finite = (error: string) => z.number({ error: (issue) => (issue.code === 'invalid_type' && typeof issue.input === 'number' ? error : undefined) })

export const atLeastZero = (what: string) => finite(`${what} must be a finite number`).min(0, `${what} must not be negative`)
export const aboveZero = (what: string) => finite(`${what} must be a finite number`).gt(0, `${what} must be greater than 0`)

/** Names that stand in tables and on screens. */
export const Name = z.string().min(1, 'must not be empty').max(200, 'must have 200 characters at most')
export const Note = z.string().max(2000, 'must have 2,000 characters at most').optional()
export const Id = z
  .string()
  .min(1, 'an id must not be empty')
  .max(200, 'an id must have 200 characters at most')
  .refine((id) => !id.startsWith('@'), 'ids that start with @ are reserved for @input and @output')
export const Seed = z
  .number()
  .int('a seed must be a whole number')
  .min(0, 'a seed must not be negative')
  .max(2 ** 31, 'a seed must not exceed 2,147,483,648')
