import { oc } from '@orpc/contract'
import { z } from 'zod'
import type { FigureChart } from '../charts/figure'
import { VARIANTS, VERDICTS } from '../studies/study'
import { BinaryPart } from './binary'
import { Real, RunId, RunIds } from './records'

const StudyId = z.string().max(32)
const Variant = z.enum(VARIANTS)

export const StudyProgress = z.object({
  runs: z.number().int(),
  /** Completed, or diverged: they will give nothing more. */
  done: z.number().int(),
  diverged: z.number().int(),
  /** Queued or running. */
  active: z.number().int(),
  /** Paused, interrupted, failed or cancelled: they can continue. */
  stopped: z.number().int(),
  /** Whether its next stage begins by itself. */
  isFollowed: z.boolean(),
  stage: z.object({ number: z.number().int(), of: z.number().int(), title: z.string() }).optional(),
  /** Learn steps not made yet, by algorithm. */
  learnSteps: z.record(z.string(), z.number()),
  /** What workers spent on its runs, shares of stacks added up. */
  workerSeconds: z.number(),
  /** How long any of its runs was in hand, by the clock; absent where that was not recorded of every run. */
  clockSeconds: z.number().optional(),
  endedAt: z.number().optional()
})
export type StudyProgress = z.infer<typeof StudyProgress>

export const StudyCard = z.object({
  id: StudyId,
  figure: z.string(),
  title: z.string(),
  /** What the paper says of it, in one line. */
  paper: z.string(),
  setting: z.string(),
  progress: z.object({ full: StudyProgress, quick: StudyProgress })
})
export type StudyCard = z.infer<typeof StudyCard>

const Estimate = z.object({ mean: Real, low: Real, high: Real, seeds: z.number().int() })
const Verdict = z.enum(VERDICTS)

export const StudyReport = z.object({
  id: StudyId,
  variant: Variant,
  verdict: Verdict,
  /** Where the runs are the quick variant's. */
  sketch: z.object({ seeds: z.number().int(), learnSteps: z.number().int() }).optional(),
  /** What was found, in one line. */
  here: z.string().optional(),
  claims: z.array(z.object({ paper: z.string(), text: z.string(), verdict: Verdict })),
  charts: z.array(z.custom<FigureChart>((value) => typeof value === 'object' && value !== null && 'series' in value)),
  points: z.array(
    z.object({
      series: z.string(),
      label: z.string(),
      scenario: z.string(),
      energyWeight: z.number(),
      learnSteps: z.number(),
      gap: Estimate,
      cost: Estimate,
      runs: z.array(RunId)
    })
  )
})
export type StudyReport = z.infer<typeof StudyReport>

const UNKNOWN = { NOT_FOUND: { status: 404, data: z.object({ ids: z.array(z.string()) }) } } as const
const REFUSED = { REFUSED: { status: 409, data: z.object({ reasons: z.array(z.string()) }) } } as const
const one = z.object({ id: StudyId, variant: Variant })
const several = z.object({ ids: z.array(StudyId).min(1).max(50), variant: Variant })

export const studies = {
  /** Every study and how far it has come. */
  list: oc.input(z.object({})).output(z.array(StudyCard)),
  /** Charts, numbers and verdicts of what has ended so far. */
  result: oc.input(one).output(StudyReport).errors(UNKNOWN),
  /** Starts what is missing and resumes what was stopped; finished runs are not repeated. Gives the runs now in the queue. */
  start: oc
    .input(several)
    .output(z.object({ runs: z.array(RunId) }))
    .errors({ ...UNKNOWN, ...REFUSED }),
  /** Pauses what is running. */
  stop: oc.input(several).output(z.object({})).errors(UNKNOWN),
  /** Trains the runs of a point again; when they have ended they take the place of the older. */
  again: oc
    .input(z.object({ runs: RunIds }))
    .output(z.object({ runs: z.array(RunId) }))
    .errors({ ...UNKNOWN, ...REFUSED }),
  /** A chart as SVG or PNG, all numbers as CSV, the findings as Markdown. */
  export: oc
    .input(one.extend({ format: z.enum(['svg', 'png', 'csv', 'md']), chart: z.string().max(32).default('') }))
    .output(BinaryPart)
    .errors({ ...UNKNOWN, ...REFUSED })
}
