import { z } from 'zod'
import { REFERENCE_KINDS } from '../model/world'
import { FOREIGN_SOURCES } from '../algorithms/foreign'
import { RUN_STATUSES } from '../run/lifecycle'
import { TAG_PATTERN } from '../run/marks'
import { Sources } from './sources'

/** The records that travel: one schema each, used by the contract, the store and the screens. */

export const RunId = z.string().regex(/^[0-9a-f]{8}$/, 'a run id is eight hexadecimal digits')
export const RunIds = z.array(RunId).min(1).max(1000)
/** What changes runs takes a long queue at once. */
export const ManyRunIds = z.array(RunId).min(1).max(10_000)

export const ParameterValues = z.record(z.string(), z.union([z.number(), z.string(), z.boolean()]))
const Share = z.object({ device: z.number(), edge: z.number(), cloud: z.number() })
/** Diverged runs have metrics that are not numbers, workflows that cost nothing infinite gaps: both travel. */
export const Real = z.number().or(z.nan()).or(z.literal(Infinity)).or(z.literal(-Infinity))

/** What the references come to on the same workflows: the exact optimum, or as the kinds of references say. NaN where that is unknown. */
const OptimumSummary = z.object({ meanCost: Real, meanDelaySeconds: Real, meanEnergyJoules: Real, share: Share })

export const EvaluationSummary = z.object({
  workflows: z.number().int(),
  inSample: z.boolean(),
  meanCost: Real,
  meanDelaySeconds: Real,
  meanEnergyJoules: Real,
  gapMean: Real,
  gapP95: Real,
  gapMax: Real,
  exactMatches: z.number().int(),
  share: Share,
  decisionMs: z.number(),
  /** Episodes placed together where these are batches of several workflows: gaps are of batches then. */
  batches: z.number().int().optional(),
  /** Episodes by the kind of the reference that their gaps are to; absent: all optima. */
  references: z.record(z.enum(REFERENCE_KINDS), z.number().int()).optional(),
  optimum: OptimumSummary,
  /** How the gap came down along the run; absent where nothing was learned. */
  course: z.object({ meanGap: Real, logMeanGap: Real, bestGap: Real, bestStep: z.number() }).optional()
})
export type EvaluationSummary = z.infer<typeof EvaluationSummary>

export const Tag = z
  .string()
  .trim()
  .toLowerCase()
  .regex(TAG_PATTERN, 'a tag is one word of at most 40 characters, without commas, quotes, parentheses or signs of comparison')

export const Priority = z.union([z.literal(-1), z.literal(0), z.literal(1)])

/** What people noted down about a run; what is absent was never said. */
const Marks = z.object({
  tags: z.array(z.string()).optional(),
  /** Markdown. */
  note: z.string().optional(),
  pinned: z.literal(true).optional(),
  /** Out of the lists but of its own. */
  archived: z.literal(true).optional(),
  /** 1 goes before 0 before −1 in the queue; 0 where absent. */
  priority: z.union([z.literal(-1), z.literal(1)]).optional()
})
export type Marks = z.infer<typeof Marks>

export const RunRow = Marks.extend({
  id: RunId,
  experimentId: z.number().int(),
  experiment: z.string(),
  scenarioId: z.string(),
  scenario: z.string(),
  /** Shown with the scenario wherever it stands, e.g. that its numbers are assumed. */
  scenarioNote: z.string().optional(),
  /** What the scenario's topology is called; where it came from the library, what that document is called now. */
  topology: z.string().optional(),
  /** δ, K and N of the scenario, shown beside its name. */
  facts: z.object({ energyWeight: z.number(), locations: z.number().int(), tasks: z.number().int() }).optional(),
  /** Names what decides the scenario's numbers: equal for worlds that differ in names and drawing alone. */
  world: z.string(),
  /** Names what runs share that differ only in their seed. */
  alike: z.string(),
  algorithm: z.string(),
  parameters: ParameterValues,
  seed: z.number().int(),
  /** Its algorithm places the same whatever the seed. */
  isDeterministic: z.literal(true).optional(),
  /** The environment set it learns over, and the policy or run it started from, by their names. */
  environments: z.string().optional(),
  initialWeights: z.string().optional(),
  /** What those weights are called for all seeds, where a run of its own seed has learned them. */
  start: z.string().optional(),
  /** From what it came; absent of a run whose record is damaged. */
  sources: Sources.optional(),
  /** Of a run that another tracker recorded: it has curves and parameters as text, and neither a scenario nor an evaluation. */
  foreign: z.object({ source: z.enum(FOREIGN_SOURCES), name: z.string(), place: z.string(), importedAt: z.number() }).optional(),
  status: z.enum(RUN_STATUSES),
  /** Why a run failed, diverged or waits, as a sentence. */
  message: z.string().optional(),
  /** Why its results are not exact, as a sentence: it went on from a checkpoint of another machine. */
  approximate: z.string().optional(),
  /** Steps made: learn steps of a run that trains, evaluations a workflow of one that searches, else workflows placed. */
  learnSteps: z.number().int(),
  /** Such steps the run will have made in the end; a search may end before. 0 for older runs that place by rule. */
  totalLearnSteps: z.number().int(),
  /** Seconds of training, pauses not counted. */
  seconds: z.number(),
  queuedAt: z.number(),
  startedAt: z.number().optional(),
  endedAt: z.number().optional(),
  /** The latest held-out gap and cost of a run that is still learning. */
  latest: z.object({ gap: Real.optional(), cost: Real.optional(), speed: Real.optional() }),
  evaluation: EvaluationSummary.optional()
})
export type RunRow = z.infer<typeof RunRow>

/** Where a run was trained: enough to know whether another machine can repeat its bits. */
export const Machine = z.object({
  app: z.string(),
  node: z.string(),
  platform: z.string(),
  cpu: z.string(),
  cpuFlags: z.string(),
  backend: z.string(),
  library: z.string(),
  tfjs: z.string(),
  threads: z.number().int()
})
export type Machine = z.infer<typeof Machine>

/** A stretch of a run's training that its results come from. */
export const Attempt = z.object({
  attempt: z.number().int(),
  /** The learn step it went on from; 0: from scratch. */
  fromStep: z.number().int(),
  machine: Machine,
  /** Why results are not exact from here on. */
  approximate: z.string().optional(),
  /** By the clock, in milliseconds since 1970; absent of attempts before this was recorded. */
  beganAt: z.number().int().optional(),
  endedAt: z.number().int().optional()
})
export type Attempt = z.infer<typeof Attempt>

export const LogLine = z.object({ at: z.number(), level: z.enum(['info', 'warning', 'error']), text: z.string() })
export type LogLine = z.infer<typeof LogLine>

/** Which workflows a run is evaluated on. */
export const EvaluatedOn = z.object({ workflows: z.number().int(), inSample: z.boolean() })

const RunOptimum = OptimumSummary.extend({ meanReward: Real, kind: z.enum(REFERENCE_KINDS) })
export type RunOptimum = z.infer<typeof RunOptimum>

export const RunDetail = z.object({
  row: RunRow,
  /** The scenario as its file would hold it. This and what follows from it is absent of a foreign run, which has none. */
  scenario: z.unknown().optional(),
  objective: z
    .object({
      energyWeight: z.number(),
      edgeEnergyWeight: z.number(),
      cloudEnergyWeight: z.number(),
      scaling: z.enum(['local-only', 'none']),
      countReturn: z.boolean()
    })
    .optional(),
  references: z.object({ delaySeconds: z.number(), energyJoules: z.number() }).optional(),
  /** Of the workflows of the evaluation, known before the run has learned anything; `meanReward` is −Q* a task. */
  optimum: RunOptimum.optional(),
  evaluatedOn: EvaluatedOn.optional(),
  machine: Machine.optional(),
  /** Where its attempts were trained, in order; more than one where it was resumed. */
  attempts: z.array(Attempt),
  metrics: z.array(z.string()),
  /** Where the run can resume from exactly. */
  checkpoint: z.object({ learnSteps: z.number().int(), seconds: z.number(), bytes: z.number().int() }).optional(),
  /** The trained policy: its size, card included. */
  policy: z.object({ bytes: z.number().int() }).optional(),
  log: z.array(LogLine)
})
export type RunDetail = z.infer<typeof RunDetail>

export const GroupRow = z.object({
  scenarioId: z.string(),
  scenario: z.string(),
  algorithm: z.string(),
  parameters: ParameterValues,
  environments: z.string().optional(),
  initialWeights: z.string().optional(),
  runs: z.array(RunId),
  /** n: finished seeds, each counted once. */
  seeds: z.number().int(),
  /** The finished runs that count, one per seed; and those that repeat one of them. */
  counted: z.array(RunId),
  repeats: z.array(RunId),
  isDeterministic: z.literal(true).optional(),
  gapMean: Real.optional(),
  gapCI95: z.tuple([Real, Real]).optional(),
  gapP95: Real.optional(),
  costMean: Real.optional(),
  costCI95: z.tuple([Real, Real]).optional(),
  delayMean: Real.optional(),
  energyMean: Real.optional()
})

export type GroupRow = z.infer<typeof GroupRow>

/** A place in a document and what is wrong there. */
export const FaultRow = z.object({ path: z.string(), message: z.string() })

/** Bad input: every fault at once, with its place. */
export const INVALID = { INVALID: { status: 422, data: z.object({ faults: z.array(FaultRow) }) } } as const

/** The name of a preset or of something in the library, or a document in one of the formats. */
export const DocumentSource = z.union([z.object({ preset: z.string().max(200) }), z.object({ document: z.unknown() })])
export type DocumentSource = z.infer<typeof DocumentSource>

/** What moves: changed rows and new points, at most four batches per second. */
export const LiveBatch = z.object({
  runs: z.array(RunRow),
  removed: z.array(RunId),
  points: z.array(z.object({ run: RunId, metric: z.string(), steps: z.array(z.number()), values: z.array(Real) })),
  /** The runs that wait, in the order they will start; there in the first batch and whenever it has changed. */
  queue: z.array(RunId).optional(),
  /** Runs that train, the workers they train on, runs that wait, and learn steps per second of all that train. */
  system: z.object({
    running: z.number().int(),
    workers: z.number().int(),
    queued: z.number().int(),
    learnStepsPerSecond: z.number()
  })
})
export type LiveBatch = z.infer<typeof LiveBatch>
