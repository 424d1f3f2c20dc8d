import { createHash } from 'node:crypto'
import { algorithmCards } from '../../../src/main/algorithms'
import { importBundle, type ImportOutcome } from '../../../src/main/bundle/import-bundle'
import { openBundle } from '../../../src/main/archive/read-bundle'
import { type BundleRequest, writeBundle } from '../../../src/main/bundle/write-bundle'
import { sourceOf } from '../../../src/main/archive/zip-reader'
import { checkedContent } from '../../../src/main/api/library-content'
import { policyBytes } from '../../../src/main/learn/policy'
import { compileProblem } from '../../../src/main/learn/problem'
import { parameterCount } from '../../../src/main/learn/network'
import { stateLength } from '../../../src/main/learn/state'
import type { Store } from '../../../src/main/store'
import { sampleEvaluation, sampleSpec } from '../store/samples'

/** A policy of the sample scenario, its weights given by `salt`. */
export function samplePolicy(salt = 1): Uint8Array {
  const problem = compileProblem(sampleSpec(), { training: 'fixed', jitter: 0 })
  const network = { inputs: stateLength(problem.shape), hidden: 4, outputs: problem.shape.places, head: 'plain' } as const
  const weights = Float32Array.from({ length: parameterCount(network) }, (_, i) => Math.sin(i * salt))
  return policyBytes('state-values', network, problem, [weights])
}

/** Runs in every state a bundle may meet: complete, diverged with no numbers, interrupted with a checkpoint; ids in order. */
export function fill(store: Store): string[] {
  const from = store.keptPolicies.keep(samplePolicy(3), 5)
  const specs = [sampleSpec(1), sampleSpec(2), { ...sampleSpec(3), initialWeights: { name: 'psi', policy: from } }]
  const runs = specs.map((spec) => ({ spec, totalLearnSteps: 100 }))
  const { runs: ids } = store.addExperiment({ name: 'trial', note: 'of bundles', document: { format: 'dmro-experiment/1' } }, runs, 1000)
  const [done, diverged, interrupted] = ids
  const steps = Float64Array.from({ length: 3000 }, (_, i) => i + (i > 2000 ? 0.25 : 0))
  store.curves.append(done, { metric: 'gap', steps, values: steps.map((step) => Math.sin(step) / 3) })
  store.curves.append(done, { metric: 'loss', steps: Float64Array.of(1, 1, 2), values: Float64Array.of(-0, 5e-324, Number.MAX_VALUE) })
  store.curves.append(diverged, {
    metric: 'loss',
    steps: Float64Array.of(1, 2, 3),
    values: Float64Array.of(Number.NaN, Infinity, -Infinity)
  })
  store.runs.update(done, {
    status: 'completed',
    attempt: 1,
    learnSteps: 100,
    seconds: 1.1,
    startedAt: 1500,
    endedAt: 2600,
    latest: { gap: 0.1 }
  })
  const machine = {
    app: '0.1.0',
    node: '24',
    platform: 'linux',
    cpu: 'x',
    cpuFlags: 'avx',
    backend: 'native',
    library: '2',
    tfjs: '4',
    threads: 1
  }
  store.runs.update(done, { machine })
  store.attempts.put(done, { attempt: 1, fromStep: 0, machine })
  store.attempts.put(done, { attempt: 2, fromStep: 40, machine: { ...machine, backend: 'wasm' }, approximate: 'Approximate: it went on.' })
  store.setEvaluation(done, sampleEvaluation())
  store.policies.put(done, samplePolicy())
  store.marks.update(done, { tags: ['paper'], note: '**why** "NaN"', pinned: true })
  store.log.add(done, { at: 2600, level: 'info', text: 'Completed at learn step 100.' })
  store.runs.update(diverged, { status: 'diverged', message: 'The loss is not a number.', latest: { gap: Number.NaN }, learnSteps: 3 })
  store.marks.update(diverged, { archived: true, note: 'NaN' })
  store.runs.update(interrupted, { status: 'running', attempt: 2, learnSteps: 50, seconds: 0.5, startedAt: 1500 })
  store.checkpoints.put(interrupted, { learnSteps: 40, seconds: 0.4, state: Uint8Array.from({ length: 999 }, (_, i) => i) })
  return ids
}

export async function bundled(store: Store, request: BundleRequest): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  await writeBundle(store, request, (part) => parts.push(part.slice()), 1_700_000_000_000)
  return new Uint8Array(Buffer.concat(parts))
}

export async function imported(store: Store, bytes: Uint8Array, now = 9000): Promise<ImportOutcome> {
  const bundle = await openBundle(sourceOf(bytes), algorithmCards)
  const check = ({ kind, content }: Parameters<Parameters<typeof importBundle>[2]['check']>[0]) =>
    checkedContent(kind, content, () => undefined)
  return importBundle(store, bundle, { name: 'theirs.dmro', now, check, isTaken: (kind, name) => kind === 'policy' && name === 'shipped' })
}

/** Everything of a run but what an import may change: its id, its experiment’s, where it came from. */
export function contentOf(store: Store, id: string): object {
  const run = store.detail(id)
  if (!run) throw new Error(`run ${id} is not there`)
  const { id: _, experimentId: __, ...row } = run.row
  return {
    row,
    spec: run.spec,
    machine: run.machine,
    attempts: run.attempts,
    log: run.log.filter(({ text }) => !text.startsWith('Imported from')),
    evaluation: store.evaluations.get(id),
    checkpoint: store.checkpoints.get(id),
    policy: hash(store.policies.get(id)),
    curves: run.curves.map(({ metric }) => {
      const { steps, values } = store.curves.read(id, metric)
      return [metric, hash(bytesOf(steps)), hash(bytesOf(values))]
    })
  }
}

const bytesOf = (values: Float64Array) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
const hash = (bytes: Uint8Array | undefined) => bytes && createHash('sha256').update(bytes).digest('hex')
