import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { STARTS } from '../experiment/recovery'
import { ChangedGraphs, GraphLimits, GraphPlay } from './playground-graphs'
import { ChangedCoefficients, PlaygroundMeans } from './playground-world'
import { INVALID, Real, RunId } from './records'

/** A workflow as one placement has it. */
const PlaygroundWorkflow = z.object({
  delaySeconds: z.number(),
  energyJoules: z.number(),
  cost: z.number(),
  optimalityGap: Real,
  tasks: z.array(
    z.object({
      id: z.string(),
      node: z.string(),
      startSeconds: z.number(),
      finishSeconds: z.number(),
      transferSeconds: z.number(),
      energyJoules: z.number()
    })
  )
})
export type PlaygroundWorkflow = z.infer<typeof PlaygroundWorkflow>

/** What the policy does in a world as it is now, beside the exact optimum there. */
export const PlaygroundDecision = z.object({
  /** Means over the held-out workflows. */
  heldOut: z.object({ workflows: z.number().int(), inSample: z.boolean(), policy: PlaygroundMeans, optimum: PlaygroundMeans, gap: Real }),
  /** One of the scenario's own workflows, whole. */
  sample: z.object({
    id: z.string(),
    device: z.string(),
    /** [N + 1] MB of its flows, the first from the device and the last back; null where nothing flows. */
    megabytes: z.array(z.number().nullable()),
    policy: PlaygroundWorkflow,
    optimum: PlaygroundWorkflow
  }),
  /** The gap of each of the scenario's own workflows (the first hundred). */
  gaps: z.array(z.object({ id: z.string(), gap: Real })),
  /** Milliseconds of compiling the world, deciding and solving it. */
  milliseconds: z.number()
})
export type PlaygroundDecision = z.infer<typeof PlaygroundDecision>

const StartName = z.enum(STARTS)

/** A learner of an adaptation: what it started from, and its seed. */
export const PlaygroundLearner = z.object({ start: StartName, seed: z.number().int() })
export type PlaygroundLearner = z.infer<typeof PlaygroundLearner>

/** Seeds that an adaptation may have at once. */
export const MOST_SEEDS = 10

/** How far the learners have come since the last batch, at most ten times per second. */
export const AdaptBatch = z.object({
  points: z.array(
    PlaygroundLearner.extend({
      step: z.number().int(),
      gap: Real,
      cost: z.number(),
      /** Seconds of learning so far: of those in which all learned side by side, the learner's equal share. */
      seconds: z.number(),
      /** Seconds since the adaptation began. */
      elapsed: z.number()
    })
  ),
  optimumCost: z.number(),
  /** Learn steps until within 5 % of the optimum, of those that are. */
  recovered: z.array(PlaygroundLearner.extend({ steps: z.number().int() })),
  /** Workflows per learn step. */
  round: z.number().int(),
  ended: z.boolean()
})
export type AdaptBatch = z.infer<typeof AdaptBatch>

const Ready = z.object({
  session: z.string(),
  algorithm: z.string(),
  /** The scenario as its file would hold it. */
  scenario: z.unknown()
})

/** A policy that stands ready: of chains with the algorithm that adapts it and what it does in the trained world, of graphs with what can be changed. */
export const PlaygroundOpened = z.discriminatedUnion('kind', [
  Ready.extend({ kind: z.literal('chains'), adaptedBy: z.string(), decision: PlaygroundDecision }),
  Ready.extend({ kind: z.literal('graphs'), limits: GraphLimits })
])
export type PlaygroundOpened = z.infer<typeof PlaygroundOpened>

/** How soon delays show that the world has changed, and how many alarms are false, over many sequences of noise; an oracle's delay is 0. */
export const DetectionSummary = z.object({
  /** σ: standard deviation of a measured delay relative to the true one. */
  noise: z.number(),
  trials: z.number().int(),
  /** [changes] workflows until it was seen, over the trials that saw it; and how many did not. */
  changes: z.array(z.object({ medianDelay: z.number().optional(), greatestDelay: z.number().optional(), missed: z.number().int() })),
  falseAlarms: z.number().int(),
  /** Workflows that all trials watched together. */
  workflows: z.number().int()
})
export type DetectionSummary = z.infer<typeof DetectionSummary>

const ERRORS = {
  NOT_FOUND: { status: 404, data: z.object({ ids: z.array(z.string()) }) },
  /** The run has no policy, or ψ's networks are of another shape: the message names both. */
  MISFIT: { status: 409 },
  /** The session was idle too long, gave way to another, or its process died: open another. */
  ENDED: { status: 410 },
  ...INVALID
} as const

const SESSION = { session: z.string().max(64) }

export const playground = {
  /** Opens a run's policy to be played with, in a process of its own. */
  open: oc
    .input(z.object({ run: RunId }))
    .output(PlaygroundOpened)
    .errors(ERRORS),
  /**
   * What the policy does with `sample` and the held-out workflows where the world is as `changes` say; or, with `learner`, what that one
   * of the last adaptation does, as far as it has come.
   */
  decide: oc
    .input(
      z.object({ ...SESSION, changes: ChangedCoefficients, sample: z.string().max(200).optional(), learner: PlaygroundLearner.optional() })
    )
    .output(PlaygroundDecision)
    .errors(ERRORS),
  /**
   * What a policy of graphs or shared machines does where the world is as `changes` say, with one of the scenario's own batches whole: its
   * own placements first, then the references, batch after batch, until all are known, the reader leaves, or the next such question.
   */
  play: oc
    .input(z.object({ ...SESSION, changes: ChangedGraphs, sample: z.string().max(400).optional() }))
    .output(eventIterator(GraphPlay))
    .errors(ERRORS),
  /** How soon an outer model that sees noisy delays alone would notice the changes as they are now, while the policy places workflow after workflow. */
  observe: oc
    .input(z.object({ ...SESSION, changes: ChangedCoefficients, noise: z.number().min(0).max(10) }))
    .output(DetectionSummary)
    .errors(ERRORS),
  /**
   * Learners in the changed world from ψ (a named policy, or another run's; left out where none is given), from the weights the policy has,
   * and from random ones, with each of `seeds`, until all are within 5 % of the optimum, the reader leaves, or it takes too long. The
   * weights that "old" has reached with the first seed are where it starts the next time.
   */
  adapt: oc
    .input(
      z.object({
        ...SESSION,
        changes: ChangedCoefficients,
        psi: z.string().min(1).max(100).optional(),
        seeds: z.array(z.number().int().min(0).max(1e9)).min(1).max(MOST_SEEDS)
      })
    )
    .output(eventIterator(AdaptBatch))
    .errors(ERRORS),
  /** Ends a playground and its training process. */
  close: oc.input(z.object(SESSION)).output(z.object({}))
}
