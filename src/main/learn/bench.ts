import { defaultsOf, type ParameterValues } from '@shared/experiment/parameters'
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

/** Times on this machine; milliseconds are medians over `repeats`. */
export interface BenchReport {
  backend: string
  library: string
  threads: number
  cpu: string
  /** Floating-point operations a second of one 512³ matrix product, in 10⁹: what the library can do at best. */
  peakGflops: number
  learnStep: { units: number; batch: number; hidden: number; ms: number; gflops: number }[]
  /** One 10-task workflow, best of `units`; and many at once. */
  decision: { units: number; ms: number; workflowsPerSecond: number }
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

function repeat(repeats: number, action: () => void): number {
  return median(
    Array.from({ length: repeats }, () => {
      const began = performance.now()
      action()
      return performance.now() - began
    })
  )
}

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

/** One gradient step on made-up transitions: forward, hand-written backward, Adam, and the frozen network's values. */
function learnStepMs(
  backend: Backend,
  units: number,
  batch: number,
  hidden: number,
  inputs: number,
  repeats: number
): { ms: number; gflops: number } {
  const shape = { inputs, hidden, outputs: 3, head: 'plain' as const }
  const random = randomStream(1, 'init')
  const ensemble = new Ensemble(backend, shape, units, Ensemble.freshSnapshot(shape, units, random))
  const states = Float32Array.from({ length: units * batch * inputs }, () => random.uniform())
  const rates = Array<number>(units).fill(0.001)
  const step = () => {
    const frozen = ensemble.values(states, 'target')
    ensemble.learn(states, (values) => values.map((value, i) => ((value - frozen[i] + 1) * 2) / batch), 'adam', rates)
  }
  for (let i = 0; i < 20; i++) step()
  const ms = repeat(repeats, step)
  ensemble.dispose()
  // Multiplications and additions of two forward passes and a backward pass (twice a forward, less the input's gradient).
  const layer = (rows: number, columns: number) => 2 * units * batch * rows * columns
  const pass = layer(inputs, hidden) + layer(hidden, hidden) + layer(hidden, 3)
  return { ms, gflops: (4 * pass - layer(inputs, hidden)) / ms / 1e6 }
}

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

/**
 * Measures this machine. `algorithm` is the scheme of the whole run (dmro, −F); `learnSteps` its length,
 * `repeats` how often short pieces are repeated.
 */
export async function runBench(
  algorithm: LearnedAlgorithm,
  options: { learnSteps: number; repeats: number; units: number; batch: number }
): Promise<BenchReport> {
  const backend = await loadBackend()
  const problem = compileProblem({ scenario: benchScenario(), heldOut: 200, split: 0 }, { training: 'fresh', jitter: 0 })
  const cases = [
    [1, 32, 64],
    [5, 64, 64],
    [10, 32, 64],
    [10, 128, 128]
  ]
  const learnStep = cases.map(([units, batch, hidden]) => ({
    units,
    batch,
    hidden,
    ...learnStepMs(backend, units, batch, hidden, 24, options.repeats)
  }))
  const parameters = { ...defaultsOf(algorithm.card.parameters), units: 10 }
  const learner = algorithm.start(backend, [{ problem, seed: 1, parameters }])
  const many = problem.heldOut
  const one = many.slice(0, 1)
  for (let i = 0; i < 5; i++) learner.decide([one])
  const ms = repeat(options.repeats, () => learner.decide([one]))
  const manyMs = repeat(Math.max(3, options.repeats / 10), () => learner.decide([many]))
  learner.dispose()
  const { units, batch, learnSteps } = options
  const whole = trainWhole(backend, algorithm, problem, { units, batch, learnSteps, reward: 'cost' })
  return {
    backend: backend.name,
    library: backend.library,
    threads: backend.threads,
    cpu: describeProcessor().cpu,
    peakGflops: peakGflops(backend, options.repeats),
    learnStep,
    decision: { units: 10, ms, workflowsPerSecond: (many.length / manyMs) * 1000 },
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
