import { oc } from '@orpc/contract'
import { z } from 'zod'
import { PRINT_LIMITS } from '../charts/print'
import { BinaryPart } from './binary'

const [least, most] = PRINT_LIMITS.widthMm
const REFUSED = { REFUSED: { status: 409, data: z.object({ reasons: z.array(z.string()) }) } } as const

export const figures = {
  /** A drawing of the page as PDF with embedded letters, or as PNG that knows its physical size; the same on every machine. */
  print: oc
    .input(
      z.object({
        /** With its size in millimetres. */
        svg: z.string().max(16_000_000),
        form: z.enum(['pdf', 'png']),
        widthMm: z.number().min(least).max(most),
        dotsPerInch: z.number().int().min(72).max(1200).default(600)
      })
    )
    .output(BinaryPart)
    .errors(REFUSED)
}
