import { defaultsOf, type ParameterValues } from '@shared/algorithms/parameters'
import { DEFAULT_OBJECTIVE } from '@shared/model/objective'
import type { Scenario } from '@shared/model/scenario'
import type { Topology } from '@shared/model/topology'
import { PAPER_GENERATOR } from '@shared/model/workload'
import type { Backend } from './backend'
import { describeProcessor, loadBackend } from './backend'
import { Ensemble } from './ensemble'
import { Evaluator } from './evaluation'
import type { LearnedAlgorithm } from './learner'
import { type Problem, compileProblem } from './problem'
import { randomStream } from '@shared/model/random'

/** A learn step of s networks with H hidden units on B transitions each, of N tasks and K places. */
interface LearnStepTime extends LearnStepSize {
  ms: number
  gflops: number
  /** Of the machine's peak. */
  peakShare: number
}

interface LearnStepSize {
  units: number
  tasks: number
  places: number
  batch: number
  hidden: number
}

/** Times on this machine; milliseconds are medians over `repeats`. */
export interface BenchReport {
  backend: string
  library: string
  threads: number
  cpu: string
  /** Floating-point operations a second of one 512³ matrix product, in 10⁹: what the library can do at best. */
  peakGflops: number
  learnStep: LearnStepTime[]
  /** How a learn step grows with one of s, N, K, B, H, the others as in its first row; left out unless asked for. */
  scaling?: LearnStepTime[]
  /** One 10-task workflow, best of `units`; many at once; and what placing one task of one takes all units, in µs. */
  decision: { units: number; ms: number; workflowsPerSecond: number; actMicroseconds: number; actManyMicroseconds: number }
  /** Runs that train stacked in one process: their learn steps per second together, and those of one alone. */
  study: { runs: number; learnStepsPerSecond: number; aloneLearnStepsPerSecond: number }
  run: {
    algorithm: string
    units: number
    batch: number
    learnSteps: number
    seconds: number
    learnStepsPerSecond: number
    gapMean: number
  }
}

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]

/** Milliseconds of each of `repeats` times. */
function timesOf(repeats: number, action: () => void): number[] {
  return Array.from({ length: repeats }, () => {
    const began = performance.now()
    action()
    return performance.now() - began
  })
}

const repeat = (repeats: number, action: () => void): number => median(timesOf(repeats, action))

/** Device 4 GHz, edge 12 GHz, cloud 40 GHz: the shape of the first preset. */
function benchScenario(): Scenario {
  const node = (id: string, tier: 'device' | 'edge' | 'cloud', computeMHz: number, energyPerMegacycle: number) => ({
    id,
    tier,
    computeMHz,
    energyPerMegacycle,
    relays: false
  })
  const link = (from: string, to: string, bandwidthMBps: number) => ({ from, to, bandwidthMBps, latencyMs: 0 })
  const topology: Topology = {
    name: 'bench',
    nodes: [node('device', 'device', 4000, 0.001), node('edge', 'edge', 12_000, 0.0005), node('cloud', 'cloud', 40_000, 0.0004)],
    links: [link('device', 'edge', 1), link('device', 'cloud', 0.5), link('edge', 'cloud', 8)]
  }
  return { name: 'bench', topology, workload: { name: 'paper', generator: PAPER_GENERATOR, seed: 1 }, objective: DEFAULT_OBJECTIVE }
}

/** Milliseconds of gradient steps on made-up transitions: forward, hand-written backward, Adam, and the frozen network's values. */
function learnStepTimes(backend: Backend, size: LearnStepSize, repeats: number): number[] {
  const { units, tasks, places, batch, hidden } = size
  const inputs = places + 2 * tasks + 1
  const shape = { inputs, hidden, outputs: places, head: 'plain' as const }
  const random = randomStream(1, 'init')
  const ensemble = new Ensemble(backend, shape, units, Ensemble.freshSnapshot(shape, units, random))
  const states = Float32Array.from({ length: units * batch * inputs }, () => random.uniform())
  const rates = Array<number>(units).fill(0.001)
  const step = () => {
    const frozen = ensemble.values(states, 'target')
    ensemble.learn(states, (values) => values.map((value, i) => ((value - frozen[i] + 1) * 2) / batch), 'adam', rates)
  }
  for (let i = 0; i < 20; i++) step()
  const times = timesOf(repeats, step)
  ensemble.dispose()
  return times
}

/** Rounds in which sizes are measured in turn, so that a slow moment of the machine is not all that one of them sees. */
const ROUNDS = 5

function timesBySize(backend: Backend, sizes: readonly LearnStepSize[], peak: number, repeats: number): LearnStepTime[] {
  const each = Math.max(1, Math.round(repeats / ROUNDS))
  const rounds = Array.from({ length: ROUNDS }, () => sizes.map((size) => learnStepTimes(backend, size, each)))
  return sizes.map((size, i) => pacedAt(size, median(rounds.flatMap((round) => round[i])), peak))
}

function pacedAt(size: LearnStepSize, ms: number, peak: number): LearnStepTime {
  const { units, tasks, places, batch, hidden } = size
  const inputs = places + 2 * tasks + 1
  // Multiplications and additions of two forward passes and a backward pass (twice a forward, less the input's gradient).
  const layer = (rows: number, columns: number) => 2 * units * batch * rows * columns
  const pass = layer(inputs, hidden) + layer(hidden, hidden) + layer(hidden, places)
  const gflops = (4 * pass - layer(inputs, hidden)) / ms / 1e6
  return { ...size, ms, gflops, peakShare: gflops / peak }
}

/** What learn steps are measured at: the paper's sizes, and one with more to multiply. */
const BASE: LearnStepSize = { units: 10, tasks: 10, places: 3, batch: 32, hidden: 64 }
const SIZES: readonly LearnStepSize[] = [
  { ...BASE, units: 1 },
  { ...BASE, units: 5, batch: 64 },
  BASE,
  { ...BASE, batch: 128, hidden: 128 }
]
/** One of s, N, K, B, H at a time. */
const SCALING: readonly LearnStepSize[] = [
  BASE,
  ...[1, 2, 5, 20, 40].map((units) => ({ ...BASE, units })),
  ...[5, 20, 40].map((tasks) => ({ ...BASE, tasks })),
  ...[5, 9, 17].map((places) => ({ ...BASE, places })),
  ...[16, 64, 128, 256].map((batch) => ({ ...BASE, batch })),
  ...[32, 128, 256].map((hidden) => ({ ...BASE, hidden }))
]

function peakGflops(backend: Backend, repeats: number): number {
  const { tf } = backend
  const matrix = tf.ones([512, 512])
  const ms = repeat(repeats, () => tf.tidy(() => void tf.matMul(matrix, matrix).dataSync()))
  matrix.dispose()
  return (2 * 512 ** 3) / ms / 1e6
}

function trainWhole(
  backend: Backend,
  algorithm: LearnedAlgorithm,
  problem: Problem,
  changes: ParameterValues
): { seconds: number; gapMean: number; parameters: ParameterValues } {
  const parameters = { ...defaultsOf(algorithm.card.parameters), ...changes }
  const began = performance.now()
  const learner = algorithm.start(backend, [{ problem, seed: 1, parameters }])
  while (learner.steps < learner.totalSteps) learner.learn()
  const seconds = (performance.now() - began) / 1000
  const [{ placements }] = learner.decide([problem.heldOut])
  const { gapMean } = new Evaluator(problem).evaluate(placements, 0)
  learner.dispose()
  return { seconds, gapMean, parameters }
}

/** Runs of a study side by side, and one alone: learn steps per second over all of them. */
function studyThroughput(
  backend: Backend,
  algorithm: LearnedAlgorithm,
  problem: Problem,
  { runs, units, batch, learnSteps }: { runs: number; units: number; batch: number; learnSteps: number }
): BenchReport['study'] {
  const parameters = { ...defaultsOf(algorithm.card.parameters), units, batch, learnSteps, reward: 'cost' }
  const pace = (members: number): number => {
    const learner = algorithm.start(
      backend,
      Array.from({ length: members }, (_, i) => ({ problem, seed: i + 1, parameters }))
    )
    // The first steps fill the memory pools.
    for (let i = 0; i < learnSteps / 10; i++) learner.learn()
    const began = performance.now()
    const from = learner.steps
    while (learner.steps < learner.totalSteps) learner.learn()
    const stepsPerSecond = ((learner.steps - from) * 1000) / (performance.now() - began)
    learner.dispose()
    return stepsPerSecond * members
  }
  return { runs, aloneLearnStepsPerSecond: pace(1), learnStepsPerSecond: pace(runs) }
}

/** s, B and length of a whole run. */
interface WholeRun {
  units: number
  batch: number
  learnSteps: number
}

export interface BenchOptions extends WholeRun {
  /** How often short pieces are repeated; their medians are told. */
  repeats: number
  /** Whether a learn step is measured over s, N, K, B and H. */
  scaling: boolean
}

const benchProblem = (): Problem => compileProblem({ scenario: benchScenario(), heldOut: 200, split: 0 }, { training: 'fresh', jitter: 0 })

/** Measures this machine. `algorithm` is the algorithm of the whole run (dmro, −F). */
export async function runBench(algorithm: LearnedAlgorithm, options: BenchOptions): Promise<BenchReport> {
  const backend = await loadBackend()
  const problem = benchProblem()
  const peak = peakGflops(backend, options.repeats)
  const timed = (sizes: readonly LearnStepSize[]) => timesBySize(backend, sizes, peak, options.repeats)
  // The first second of all is slower than any after it: code that is not yet compiled, memory not yet pooled.
  timed([BASE, BASE])
  const learnStep = timed(SIZES)
  const { units, batch, learnSteps } = options
  const whole = trainWhole(backend, algorithm, problem, { units, batch, learnSteps, reward: 'cost' })
  return {
    backend: backend.name,
    library: backend.library,
    threads: backend.threads,
    cpu: describeProcessor().cpu,
    peakGflops: peak,
    learnStep,
    ...(options.scaling && { scaling: timed(SCALING) }),
    decision: decisionTimes(backend, algorithm, problem, options.repeats),
    study: studyThroughput(backend, algorithm, problem, { runs: 15, units, batch, learnSteps: Math.min(200, learnSteps) }),
    run: {
      algorithm: algorithm.card.id,
      units,
      batch,
      learnSteps,
      seconds: whole.seconds,
      learnStepsPerSecond: learnSteps / whole.seconds,
      gapMean: whole.gapMean
    }
  }
}

function decisionTimes(backend: Backend, algorithm: LearnedAlgorithm, problem: Problem, repeats: number): BenchReport['decision'] {
  const units = 10
  const parameters = { ...defaultsOf(algorithm.card.parameters), units }
  const learner = algorithm.start(backend, [{ problem, seed: 1, parameters }])
  const many = problem.heldOut
  const one = many.slice(0, 1)
  for (let i = 0; i < 5; i++) learner.decide([one])
  const ms = repeat(repeats, () => learner.decide([one]))
  const manyMs = repeat(Math.max(3, repeats / 10), () => learner.decide([many]))
  learner.dispose()
  const { tasks } = many[0]
  return {
    units,
    ms,
    workflowsPerSecond: (many.length / manyMs) * 1000,
    actMicroseconds: (ms * 1000) / tasks,
    actManyMicroseconds: (manyMs * 1000) / many.length / tasks
  }
}
