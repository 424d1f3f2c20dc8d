import { oc } from '@orpc/contract'
import { z } from 'zod'
import { VALUE_KINDS } from '../algorithms/card'
import { BinaryPart } from './binary'
import { INVALID } from './records'

/** Names of policies stand beside run ids, so they must not look like one. */
export const PolicyName = z
  .string()
  .trim()
  .min(1, 'a policy’s name must not be empty')
  .max(100, 'a policy’s name has 100 characters at most')
  .refine((name) => !/^[0-9a-f]{8}$/.test(name), 'this name looks like a run’s id; choose another')

export const PolicyRow = z.object({
  name: z.string(),
  note: z.string().optional(),
  /** Whether it came with the lab, or was kept by someone. */
  origin: z.enum(['shipped', 'kept']),
  run: z.string().optional(),
  namedAt: z.number().optional(),
  kind: z.enum([...VALUE_KINDS, 'toll']),
  /** K, N and the networks it has; a toll has none. */
  places: z.number().int(),
  tasks: z.number().int(),
  units: z.number().int(),
  hidden: z.number().int(),
  /** Whether its state tells the environment, so that it serves others than those it was trained in. */
  conditioned: z.boolean(),
  /** Whether meta-learning made it: only then are its weights ψ. */
  meta: z.boolean(),
  bytes: z.number().int()
})
export type PolicyRow = z.infer<typeof PolicyRow>

const REFUSED = { REFUSED: { status: 409, data: z.object({ reasons: z.array(z.string()) }) } } as const
const MISSING = { NOT_FOUND: { status: 404, data: z.object({ name: z.string() }) } } as const

export const policies = {
  /** Policies with a name: those that come with the lab and those that were kept. */
  list: oc.input(z.object({})).output(z.array(PolicyRow)),
  /** Gives the policy of a run, or one from a file, a name under which runs can start from it. */
  keep: oc
    .input(
      z.object({
        name: PolicyName,
        note: z.string().max(2000).optional(),
        from: z.union([z.object({ run: z.string() }), z.object({ bytes: BinaryPart })])
      })
    )
    .output(PolicyRow)
    .errors(INVALID),
  /** The bytes of a policy, by its name or its run's id. */
  export: oc
    .input(z.object({ name: z.string().max(100) }))
    .output(BinaryPart)
    .errors(MISSING),
  /** To the bin, whose entry is returned; `bin.restore` undoes it. */
  remove: oc
    .input(z.object({ name: z.string().max(100) }))
    .output(z.object({ name: z.string(), bin: z.string() }))
    .errors({ ...MISSING, ...REFUSED })
}
