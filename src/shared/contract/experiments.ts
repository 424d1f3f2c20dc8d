import { oc } from '@orpc/contract'
import { z } from 'zod'
import { DocumentSource, INVALID, ParameterValues, RunId } from './records'
import { DocumentId } from './sources'

export const PresetCard = z.object({
  id: z.string(),
  name: z.string(),
  /** What it is for and what it assumes. */
  note: z.string().optional(),
  scenarios: z.array(
    z.object({
      name: z.string(),
      note: z.string().optional(),
      locations: z.number().int(),
      tasks: z.number().int(),
      energyWeight: z.number()
    })
  ),
  algorithms: z.array(z.string()),
  seeds: z.array(z.number().int()),
  runs: z.number().int(),
  /** Learn steps of all these runs together, by setting; those that learn nothing are left out. */
  work: z.array(z.object({ algorithm: z.string(), parameters: ParameterValues, learnSteps: z.number() }))
})
export type PresetCard = z.infer<typeof PresetCard>

/** An experiment worked out before it is started: every run it asks for, and how many there are already. */
export const PlanRecord = z.object({
  name: z.string(),
  scenarios: z.array(
    z.object({
      name: z.string(),
      note: z.string().optional(),
      locations: z.number().int(),
      tasks: z.number().int(),
      energyWeight: z.number(),
      /** Of the evaluation. */
      workflows: z.number().int(),
      /** The evaluation uses training workflows. */
      inSample: z.boolean()
    })
  ),
  settings: z.array(z.object({ algorithm: z.string(), parameters: ParameterValues })),
  seeds: z.number().int(),
  /** [scenarios · settings], scenario by scenario: seeds done and on their way, and what one run takes at most. */
  cells: z.array(z.object({ done: z.number().int(), active: z.number().int(), memoryBytes: z.number(), diskBytes: z.number() })),
  runs: z.number().int(),
  /** Neither done nor on their way. */
  missing: z.number().int(),
  /** On the disk of the data folder. */
  freeBytes: z.number(),
  /** This machine's memory. A run that cannot fit into it is refused when it is started. */
  machineBytes: z.number()
})
export type PlanRecord = z.infer<typeof PlanRecord>

export const experiments = {
  /** Experiments that come with the lab. */
  presets: oc.input(z.object({})).output(z.array(PresetCard)),
  /** A preset as its document holds it, to be edited under another name. */
  preset: oc
    .input(z.object({ id: z.string().max(100) }))
    .output(z.unknown())
    .errors(INVALID),
  /** What starting it would do; nothing is kept. */
  plan: oc
    .input(z.object({ source: DocumentSource }))
    .output(PlanRecord)
    .errors(INVALID),
  /** Queues the runs of an experiment. `saved`: the version of a saved one that it is, which its runs are then known to come from. */
  start: oc
    .input(
      z.object({
        source: DocumentSource,
        seeds: z
          .array(
            z
              .number()
              .int()
              .min(0)
              .max(2 ** 31)
          )
          .min(1)
          .max(100)
          .optional(),
        saved: z.object({ id: DocumentId, version: z.number().int().min(1) }).optional(),
        /** Leave out runs that are done or on their way already. */
        onlyMissing: z.boolean().optional()
      })
    )
    .output(z.object({ experimentId: z.number().int(), name: z.string(), runs: z.array(RunId), leftOut: z.number().int() }))
    .errors(INVALID)
}
