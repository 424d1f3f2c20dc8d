import { REFERENCE_KINDS } from '@shared/model/world'
import { z } from 'zod'
import { ComparisonLook } from '@shared/contract/comparisons'
import { DocumentKind, DocumentName } from '@shared/contract/library'
import { PolicyName } from '@shared/contract/policies'
import { Attempt, LogLine, Machine, ParameterValues, RunId, Tag } from '@shared/contract/records'
import { DocumentId } from '@shared/contract/sources'
import { RUN_STATUSES } from '@shared/run/lifecycle'

export const BUNDLE = 'dmro-bundle/1'
export const MANIFEST = 'manifest.json'

const Sha = z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hexadecimal')
const Moment = z.number().int().min(0).max(8.64e15)
const Whole = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
/** JSON knows neither NaN nor infinity: they stand as text. */
const Real = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity']).transform(Number)])
const Share = z.strictObject({ device: z.number(), edge: z.number(), cloud: z.number() })
const Note = z.string().max(20_000)

const PATH = z.string().max(200)

/** What a bundle holds. Every file but the manifest itself is listed, and nothing that is not listed is there. */
export const Manifest = z.strictObject({
  format: z.literal(BUNDLE),
  /** Version of the program that made it. */
  app: z.string().max(40),
  /** Milliseconds since 1970. */
  bundledAt: Moment,
  files: z.array(z.strictObject({ path: PATH, bytes: Whole, sha256: Sha })).max(2000),
  /** Paths, in the order runs name them by. */
  experiments: z.array(PATH).max(1000),
  /** Ids there, oldest first: `runs/<id>.json` and `runs/<id>.bin`. */
  runs: z.array(RunId).max(1000),
  documents: z.array(PATH).max(1000),
  comparisons: z.array(PATH).max(1000),
  /** Policies under names; their bytes are in `policies/<SHA-256>.bin`. */
  policies: z
    .array(z.strictObject({ name: PolicyName, note: z.string().max(2000).optional(), run: z.string().max(40).optional(), weights: Sha }))
    .max(1000)
})
export type Manifest = z.infer<typeof Manifest>

export const ExperimentRecord = z.strictObject({
  name: z.string().min(1).max(300),
  note: z.string().max(5000).optional(),
  document: z.unknown().optional()
})
export type ExperimentRecord = z.infer<typeof ExperimentRecord>

const Optimum = z.strictObject({ meanCost: Real, meanDelaySeconds: Real, meanEnergyJoules: Real, share: Share })
const Evaluation = z.strictObject({
  workflows: Whole,
  inSample: z.boolean(),
  meanCost: Real,
  meanDelaySeconds: Real,
  meanEnergyJoules: Real,
  gapMean: Real,
  gapP95: Real,
  gapMax: Real,
  exactMatches: Whole,
  share: Share,
  decisionMs: z.number(),
  batches: Whole.optional(),
  references: z.record(z.enum(REFERENCE_KINDS), Whole).optional(),
  optimum: Optimum,
  course: z.strictObject({ meanGap: Real, logMeanGap: Real, bestGap: Real, bestStep: z.number() }).optional()
})

/** A version of the library that a run came from. */
const SourceRecord = z.strictObject({
  kind: DocumentKind,
  /** The document's id, and its version. */
  document: DocumentId,
  version: z.number().int().min(1),
  /** SHA-256 of all the version holds but its name; absent where the document was deleted. */
  content: Sha.optional(),
  byContent: z.literal(true).optional()
})
export type SourceRecord = z.infer<typeof SourceRecord>

/** A run but for its numbers: `runs/<id>.json`. */
export const RunRecord = z.strictObject({
  id: RunId,
  /** The id it had where it was first queued. */
  firstId: RunId,
  /** Place in the manifest's list of experiments. */
  experiment: Whole,
  /** SHA-256 of its scenario, in `scenarios/<SHA-256>.json`. */
  scenario: Sha,
  spec: z.strictObject({
    algorithm: z.string().max(100),
    parameters: ParameterValues,
    seed: Whole,
    heldOut: z.number().int().min(1).max(10_000),
    split: z.number().min(0).max(0.9),
    environments: z.unknown().optional(),
    initialWeights: z.strictObject({ name: z.string().min(1).max(200), policy: Sha.optional() }).optional()
  }),
  totalLearnSteps: Whole,
  status: z.enum(RUN_STATUSES),
  message: z.string().max(10_000).optional(),
  attempt: Whole,
  learnSteps: Whole,
  seconds: z.number().min(0),
  queuedAt: Moment,
  startedAt: Moment.optional(),
  endedAt: Moment.optional(),
  latest: z.strictObject({ gap: Real.optional(), cost: Real.optional(), speed: Real.optional() }),
  evaluation: Evaluation.optional(),
  machine: Machine.optional(),
  /** Where its attempts were trained; absent in bundles of older programs. */
  attempts: z
    .array(Attempt.extend({ attempt: Whole, fromStep: Whole, beganAt: Moment.optional(), endedAt: Moment.optional() }).strict())
    .max(10_000)
    .optional(),
  /** What it came from; absent in bundles of older programs. */
  sources: z.array(SourceRecord).max(10).optional(),
  marks: z.strictObject({
    tags: z.array(Tag).max(1000).optional(),
    note: Note.optional(),
    pinned: z.literal(true).optional(),
    archived: z.literal(true).optional()
  }),
  log: z.array(LogLine.extend({ at: Moment }).strict()).max(100_000),
  checkpoint: z.strictObject({ learnSteps: Whole, seconds: z.number().min(0) }).optional(),
  /** Whose steps and values are in `runs/<id>.bin`. */
  curves: z.array(z.string().min(1).max(64)).max(200)
})
export type RunRecord = z.infer<typeof RunRecord>

export const DocumentRecord = z.strictObject({
  kind: DocumentKind,
  name: DocumentName,
  note: z.string().max(200).optional(),
  content: z.record(z.string(), z.unknown()),
  /** Its id, and the number of the version; absent in bundles of older programs. */
  id: DocumentId.optional(),
  version: z.number().int().min(1).optional(),
  /** Older versions that runs came from or other documents hold, oldest first. */
  older: z
    .array(
      z.strictObject({
        version: z.number().int().min(1),
        note: z.string().max(200).optional(),
        content: z.record(z.string(), z.unknown())
      })
    )
    .max(1000)
    .optional()
})
export type DocumentRecord = z.infer<typeof DocumentRecord>

export const ComparisonRecord = z.strictObject({
  name: z.string().min(1).max(120),
  note: Note.optional(),
  /** Ids in the bundle. */
  runs: z.array(RunId).max(1000),
  against: RunId.optional(),
  look: ComparisonLook.strict()
})
export type ComparisonRecord = z.infer<typeof ComparisonRecord>

export const paths = {
  scenario: (sha: string) => `scenarios/${sha}.json`,
  experiment: (i: number) => `experiments/${i}.json`,
  run: (id: string) => `runs/${id}.json`,
  data: (id: string) => `runs/${id}.bin`,
  policy: (sha: string) => `policies/${sha}.bin`,
  document: (i: number) => `library/${i}.json`,
  comparison: (i: number) => `comparisons/${i}.json`
} as const
