import { oc } from '@orpc/contract'
import { z } from 'zod'
import { AGENT_NAME } from '../algorithms/agents'
import { INVALID } from './records'

export const AgentName = z.string().regex(AGENT_NAME, 'a program’s name is small letters, digits and hyphens, 40 at most')

/** One thing that was looked at when a program was checked. */
export const AgentStep = z.object({
  what: z.enum(['hello', 'parameters', 'start', 'train', 'evaluate', 'checkpoint', 'resume']),
  isGood: z.boolean(),
  says: z.string(),
  milliseconds: z.number()
})
export type AgentStep = z.infer<typeof AgentStep>

export const AgentCheck = z.object({
  /** In milliseconds since 1970. */
  checkedAt: z.number(),
  steps: z.array(AgentStep),
  /** What it did wrong, as a sentence; absent where all is well. */
  fault: z.string().optional(),
  /** The end of its stderr, where something went wrong. */
  stderr: z.string().optional(),
  /** What it says of itself. */
  title: z.string().optional(),
  made: z.string().optional(),
  parameters: z.number().int().optional(),
  /** Two resumes from one checkpoint agreed with each other and with going on. */
  isExact: z.boolean()
})
export type AgentCheck = z.infer<typeof AgentCheck>

/** A program of the user's, as an algorithm; without a command where runs name it that is not registered on this machine. */
export const AgentRow = z.object({
  name: z.string(),
  /** Its id among algorithms. */
  algorithm: z.string(),
  command: z.array(z.string()).optional(),
  /** Where it is started. */
  folder: z.string().optional(),
  check: AgentCheck.optional(),
  runs: z.number().int()
})
export type AgentRow = z.infer<typeof AgentRow>

const MISSING = { NOT_FOUND: { status: 404, data: z.object({ name: z.string() }) } } as const

export const agents = {
  /** The programs registered on this machine, and those that runs name without. */
  list: oc.input(z.object({})).output(z.array(AgentRow)),
  /** Registers a command, in place of one of the same name, and checks it. `folder`: where it is started; by default the user's own. */
  add: oc
    .input(
      z.object({
        name: AgentName,
        command: z
          .array(z.string())
          .min(1)
          .max(100)
          .refine(([file]) => file !== '', 'a command must name a program'),
        folder: z.string().optional()
      })
    )
    .output(AgentRow)
    .errors(INVALID),
  /** Starts a program, trains it a little, and tells what it did. */
  check: oc
    .input(z.object({ name: AgentName }))
    .output(AgentRow)
    .errors(MISSING),
  /** Forgets a command; runs of the program stay. */
  remove: oc
    .input(z.object({ name: AgentName }))
    .output(z.object({ name: z.string() }))
    .errors(MISSING)
}
