import { oc } from '@orpc/contract'
import { z } from 'zod'
import { BinaryPart } from './binary'

export const TransferId = z.uuid()
export const FileName = z.string().trim().min(1).max(200)

const GONE = { GONE: { status: 404 } } as const
const BUSY = { BUSY: { status: 429, data: z.object({ most: z.number().int() }) } } as const
const REFUSED = { REFUSED: { status: 409, data: z.object({ reasons: z.array(z.string()) }) } } as const

/** Files on their way in or out, piece by piece. Whichever client began one ends it; an unused one is dropped. */
export const transfers = {
  /** Begins a file that the page sends. */
  begin: oc
    .input(z.object({ name: FileName }))
    .output(z.object({ transfer: TransferId }))
    .errors({ ...BUSY, ...REFUSED }),
  /** Adds to the end; `offset` is where that is, so that nothing is added twice. */
  write: oc
    .input(z.object({ transfer: TransferId, offset: z.number().int().min(0), part: BinaryPart }))
    .output(z.object({ bytes: z.number().int() }))
    .errors({ ...GONE, ...REFUSED }),
  /** A piece of a file that the program made. */
  read: oc
    .input(
      z.object({
        transfer: TransferId,
        offset: z.number().int().min(0),
        length: z
          .number()
          .int()
          .min(1)
          .max(4 * 2 ** 20)
      })
    )
    .output(BinaryPart)
    .errors({ ...GONE, ...REFUSED }),
  /** Lets go of a file on its way. */
  end: oc.input(z.object({ transfer: TransferId })).output(z.object({}))
}
