import type { z } from 'zod'
import { canonicalJson } from '@shared/canonicalJson'
import type { AlgorithmCard } from '@shared/algorithms/card'
import type { RunSpec } from '@shared/run/spec'
import { algorithmFaults } from '@shared/experiment/experiment'
import { agentNameOf } from '@shared/algorithms/agents'
import { parseJson, type Read, readEnvironments, readScenario } from '@shared/formats'
import { readBy } from '@shared/formats/read'
import { advance } from '@shared/model/advance'
import { checkWorld } from '@shared/model/compile'
import type { Scenario } from '@shared/model/scenario'
import { placementsIn } from '../learn/given-placements'
import { cardOf } from '../learn/any-policy'
import { PolicyMisfitError } from '../learn/policy'
import { textIn } from '../text'
import { BadBundleError, bad } from './errors'
import { MOST_FILES } from './limits'
import { ComparisonRecord, DocumentRecord, ExperimentRecord, MANIFEST, Manifest, paths, RunRecord } from './records'
import { type RunData, unpackRunData } from './run-data'
import type { ByteSource } from './zip-directory'
import { openZip, sha256, type Zip } from './zip-reader'

/** A run of a bundle but for its numbers. */
export interface BundledRun {
  record: RunRecord
  spec: RunSpec
}

/** A bundle that has been read through: every file matches its checksum and its format. Numbers are read again when they are wanted. */
export interface OpenedBundle {
  manifest: Manifest
  experiments: ExperimentRecord[]
  runs: BundledRun[]
  documents: DocumentRecord[]
  comparisons: ComparisonRecord[]
  /** Throws BadBundleError where the file has changed since. */
  data(run: BundledRun): RunData
  policy(sha: string): Uint8Array
  /** A file of it as it is. */
  raw(path: string): Uint8Array
}

/** What keeping a bundle needs of it. */
export type KeepableBundle = Omit<OpenedBundle, 'raw'>

/** JSON files beyond this are none that a bundle needs. */
const MOST_DOCUMENT_BYTES = 64 * 2 ** 20

/**
 * Reads a bundle through, one file after the other, letting other work continue between them. Rejects with BadBundleError,
 * which names the file and the place in it.
 *
 * @param onFiles hears how many files will be read, those included that are read a second time.
 */
export async function openBundle(
  source: ByteSource,
  catalogue: readonly AlgorithmCard[],
  onFiles?: (files: number) => void
): Promise<OpenedBundle> {
  const files = new Files(openZip(source))
  const { manifest } = files
  onFiles?.(manifest.files.length + manifest.runs.length + manifest.policies.length)
  const experiments = await inTurn(manifest.experiments, (path) => files.record(path, ExperimentRecord))
  const scenarios = new Map<string, Scenario>()
  const data = ({ record }: BundledRun) => unpackRunData(files.read(paths.data(record.id)), record.curves, paths.data(record.id))
  const runs = await inTurn(manifest.runs, async (id) => {
    const run = await readRun(files, id, scenarios, catalogue)
    checkData(data(run), run, paths.data(id))
    return run
  })
  const known = new Set(manifest.runs)
  if (known.size < manifest.runs.length) throw bad(MANIFEST, 'names a run twice')
  const policies = new Set([
    ...manifest.policies.map(({ weights }) => weights),
    ...runs.flatMap(({ spec }) => spec.initialWeights?.policy ?? [])
  ])
  await inTurn(policies, (sha) => checkPolicy(policyOf(files, sha), paths.policy(sha)))
  const documents = await inTurn(manifest.documents, (path) => files.record(path, DocumentRecord))
  const comparisons = await inTurn(manifest.comparisons, (path) => comparisonOf(files, path, known))
  files.assertAllUsed()
  return {
    manifest,
    experiments,
    runs,
    documents,
    comparisons,
    data,
    policy: (sha) => policyOf(files, sha),
    raw: (path) => files.read(path)
  }
}

/** Lets whatever waits continue. */
const rest = () => new Promise((resolve) => setImmediate(resolve))

/** What `work` makes of each, one after the other; other work continues between any two. */
export async function inTurn<T, U>(items: Iterable<T>, work: (item: T) => U | Promise<U>): Promise<U[]> {
  const results: U[] = []
  for (const item of items) {
    results.push(await work(item))
    await rest()
  }
  return results
}

/** The files of a bundle, each held to its manifest. */
class Files {
  readonly manifest: Manifest
  readonly #zip: Zip
  readonly #listed: ReadonlyMap<string, Manifest['files'][number]>
  readonly #unused: Set<string>

  constructor(zip: Zip) {
    this.#zip = zip
    if (!zip.entries.has(MANIFEST)) throw bad(MANIFEST, 'is missing: this zip is not a bundle of DMRO Lab')
    this.manifest = this.#parse(MANIFEST, zip.read(MANIFEST), Manifest)
    this.#listed = new Map(this.manifest.files.map((file) => [file.path, file]))
    this.#unused = new Set(this.#listed.keys())
    for (const path of zip.entries.keys()) {
      if (path !== MANIFEST && !this.#listed.has(path)) throw bad(path, 'is not listed in the manifest')
    }
    if (this.#listed.size !== this.manifest.files.length || this.#listed.size >= MOST_FILES)
      throw bad(MANIFEST, 'lists a file twice, or too many')
  }

  /** A file's content, as its manifest has it. Throws BadBundleError. */
  read(path: string): Uint8Array {
    const listed = this.#listed.get(path)
    if (!listed) throw bad(path, 'is not listed in the manifest')
    this.#unused.delete(path)
    if (this.#zip.entries.get(path)?.bytes !== listed.bytes) throw bad(path, 'is missing, or its size differs from the manifest')
    const bytes = this.#zip.read(path)
    advance()
    if (sha256(bytes) !== listed.sha256) throw bad(path, 'does not match its SHA-256 in the manifest')
    return bytes
  }

  record<T>(path: string, schema: z.ZodType<T>): T {
    return this.#parse(path, this.read(path), schema)
  }

  json(path: string): unknown {
    return parsed(path, this.read(path))
  }

  assertAllUsed(): void {
    const [unused] = this.#unused
    if (unused !== undefined) throw bad(unused, 'belongs to nothing in this bundle')
  }

  #parse<T>(path: string, bytes: Uint8Array, schema: z.ZodType<T>): T {
    return within(path, readBy(schema, parsed(path, bytes)))
  }
}

function parsed(path: string, bytes: Uint8Array): unknown {
  if (bytes.length > MOST_DOCUMENT_BYTES) throw bad(path, 'is larger than any document')
  return within(path, parseJson(within(path, textIn(bytes))))
}

/** What was read. Throws BadBundleError with every fault, its file before its place. */
function within<T>(path: string, read: Read<T>): T {
  if (read.ok) return read.value
  throw new BadBundleError(read.faults.map((fault) => ({ path: `${path} ${fault.path}`, message: fault.message })))
}

async function readRun(
  files: Files,
  id: string,
  scenarios: Map<string, Scenario>,
  catalogue: readonly AlgorithmCard[]
): Promise<BundledRun> {
  const path = paths.run(id)
  const record = files.record(path, RunRecord)
  if (record.id !== id) throw bad(path, `calls itself ${record.id}`)
  if (record.experiment >= files.manifest.experiments.length) throw bad(`${path} $.experiment`, 'names an experiment that does not exist')
  const { environments, ...rest } = record.spec
  const set = environments === undefined ? undefined : within(path, readEnvironments(environments, undefined, '$.spec.environments'))
  const spec: RunSpec = { scenario: await scenarioOf(files, record.scenario, scenarios), ...rest, ...(set && { environments: set }) }
  const { algorithm, parameters, initialWeights } = spec
  const choice = { id: algorithm, parameters, environments: set, initialWeights: initialWeights?.name }
  const faults = algorithmFaults({ algorithms: [choice] }, catalogue, '$.spec', true)
  if (faults.length > 0) throw new BadBundleError(faults.map((fault) => ({ path: `${path} ${fault.path}`, message: fault.message })))
  return { record, spec }
}

/** A scenario by its content's name; equal ones are one object, so that each is hashed and checked once. */
async function scenarioOf(files: Files, sha: string, scenarios: Map<string, Scenario>): Promise<Scenario> {
  const known = scenarios.get(sha)
  if (known) return known
  const path = paths.scenario(sha)
  // A scenario may be large; each step with it is work enough for one go.
  const document = files.json(path)
  await rest()
  const scenario = within(path, readScenario(document))
  await rest()
  if (sha256(Buffer.from(canonicalJson(scenario))) !== sha) throw bad(path, 'is not the scenario its name says')
  await rest()
  try {
    checkWorld(scenario)
  } catch (error) {
    throw bad(`${path} $.workload`, error instanceof Error ? error.message : String(error))
  }
  scenarios.set(sha, scenario)
  return scenario
}

function checkData({ policy, checkpoint, values }: RunData, { record, spec }: BundledRun, path: string): void {
  if (policy) checkPolicy(policy, path, agentNameOf(spec.algorithm) === undefined ? cardOf : placementsIn)
  if ((checkpoint === undefined) !== (record.checkpoint === undefined)) throw bad(path, 'and its record do not agree on a checkpoint')
  if (values && !record.evaluation) throw bad(path, 'holds values of an evaluation that its record does not have')
}

function policyOf(files: Files, sha: string): Uint8Array {
  const path = paths.policy(sha)
  const bytes = files.read(path)
  if (sha256(bytes) !== sha) throw bad(path, 'is not the policy its name says')
  return bytes
}

/** `read`: what holds its place in the run of a program are placements. */
function checkPolicy(bytes: Uint8Array, path: string, read: (bytes: Uint8Array) => unknown = cardOf): void {
  try {
    read(bytes)
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof PolicyMisfitError)) throw error
    throw bad(path, `does not hold a policy: ${error.message}`)
  }
}

function comparisonOf(files: Files, path: string, known: ReadonlySet<string>): ComparisonRecord {
  const record = files.record(path, ComparisonRecord)
  const stranger = record.runs.find((id) => !known.has(id))
  if (stranger !== undefined) throw bad(`${path} $.runs`, `names a run ${stranger} that is not in the bundle`)
  if (record.against !== undefined && !record.runs.includes(record.against)) throw bad(`${path} $.against`, 'is not one of its runs')
  return record
}
