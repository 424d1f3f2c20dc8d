import { defaultsOf } from '@shared/algorithms/parameters'
import { courseOf } from '@shared/curves/course'
import { readScenario } from '@shared/formats'
import { randomStream } from '@shared/model/random'
import { presetOf } from '@shared/presets'
import type { RunSpec } from '@shared/run/spec'
import { mean, quantile } from '@shared/statistics/descriptive'
import { ALGORITHMS } from '../../src/main/algorithms'
import { accepted } from '../../src/main/computing/documents'
import { isLearned } from '../../src/main/learn/learner'
import { initialWeights } from '../../src/main/learn/network'
import { policyBytes } from '../../src/main/learn/policy'
import { compileProblem, problemOptionsOf } from '../../src/main/learn/problem'
import { openStore } from '../../src/main/store'

interface Compared {
  groups: number
  /** Runs of each group. */
  seeds: number
  /** Points of every curve; default 40. */
  points?: number
  heldOut?: number
}

const CYCLE = ['dqn', 'dmro', 'dmro-plus', 'double-dqn', 'dueling-dqn'] as const
const METRICS = ['gap', 'cost', 'delay', 'energy', 'loss', 'reward', 'speed'] as const

/** What group `g` trains: algorithms in turn, each turn with a setting of its own; single networks learn three times as long. */
function settingOf(g: number): { algorithm: string; parameters: RunSpec['parameters'] } {
  const algorithm = CYCLE[g % CYCLE.length]
  const turn = Math.floor(g / CYCLE.length)
  const found = ALGORITHMS.find(({ card }) => card.id === algorithm)
  if (!found) throw new Error(`no algorithm is called ${algorithm}`)
  const learnSteps = algorithm.startsWith('dmro') ? 2000 : 6000
  return { algorithm, parameters: { ...defaultsOf(found.card.parameters), learnSteps, hidden: 32 + 4 * turn } }
}

/** The bytes of a policy as a run of `spec` would leave it, had it learned nothing. */
function untrainedPolicy(spec: RunSpec): Uint8Array {
  const algorithm = ALGORITHMS.find(({ card }) => card.id === spec.algorithm)
  if (!algorithm || !isLearned(algorithm)) throw new Error(`${spec.algorithm} does not learn`)
  const problem = compileProblem({ ...spec, heldOut: 1 }, problemOptionsOf(spec.parameters))
  const { kind, network } = algorithm.network(problem.shape, spec.parameters)
  const random = randomStream(spec.seed, 'init')
  const units = Array.from({ length: Number(spec.parameters.units ?? 1) }, () => initialWeights(network, random))
  return policyBytes(kind, network, problem, units)
}

/**
 * Fills a data folder with completed runs of a preset's world to be compared, as if all had been trained: with the values of
 * every held-out workflow, curves and policies. Their ids, group by group.
 */
export function fillCompared(home: string, { groups, seeds, points = 40, heldOut = 200 }: Compared): string[] {
  const store = openStore(home)
  try {
    const scenario = accepted(readScenario(presetOf('one-edge-one-cloud', 'scenario'), presetOf))
    const specs = Array.from({ length: groups * seeds }, (_, i): RunSpec => {
      return { ...settingOf(Math.floor(i / seeds)), scenario, seed: 1 + (i % seeds), heldOut, split: 0 }
    })
    const asked = specs.map((spec) => ({ spec, totalLearnSteps: Number(spec.parameters.learnSteps) }))
    const ids = store.addExperiment({ name: 'compared', document: {} }, asked, 1000).runs
    const policies = new Map<string, Uint8Array>()
    const random = randomStream(1, 'statistics')
    const share = { device: 0.2, edge: 0.5, cloud: 0.3 }
    const optimum = { meanCost: 1, meanDelaySeconds: 88, meanEnergyJoules: 260, share }
    store.write(() => {
      ids.forEach((id, i) => {
        const spec = specs[i]
        const key = JSON.stringify([spec.algorithm, spec.parameters])
        const policy = policies.get(key) ?? untrainedPolicy(spec)
        policies.set(key, policy)
        const scale = 0.01 * (1 + (Math.floor(i / seeds) % 7)) * random.between(0.8, 1.2)
        const gaps = Array.from({ length: heldOut }, () => (random.uniform() < 0.2 ? 0 : scale * random.uniform() ** 3))
        const [gapMean, gapP95, gapMax] = [mean(gaps), quantile(gaps, 0.95), quantile(gaps, 1)]
        store.policies.put(id, policy)
        const steps = Float64Array.from({ length: points + 1 }, (_, at) => (at / points) * asked[i].totalLearnSteps)
        const gapAt = (step: number) => gapMean + Math.exp(-step / 400) * (1 + 0.1 * Math.sin(step))
        const valuesOf: Record<(typeof METRICS)[number], (step: number) => number> = {
          gap: gapAt,
          cost: (step) => 1 + gapAt(step),
          delay: (step) => 88 * (1 + gapAt(step)),
          energy: (step) => 260 * (1 - gapMean) * (1 + gapAt(step) - gapMean),
          loss: gapAt,
          reward: (step) => -gapAt(step),
          speed: (step) => 800 + (step % 7)
        }
        store.setEvaluation(id, {
          workflows: heldOut,
          inSample: false,
          meanCost: 1 + gapMean,
          meanDelaySeconds: 88 * (1 + gapMean),
          meanEnergyJoules: 260 * (1 - gapMean),
          gapMean,
          gapP95,
          gapMax,
          exactMatches: gaps.filter((gap) => gap === 0).length,
          share,
          decisionMs: 0.1,
          optimum,
          course: courseOf(steps, steps.map(gapAt)),
          gaps,
          costs: gaps.map((gap) => 1 + gap)
        })
        for (const metric of METRICS) store.curves.append(id, { metric, steps, values: steps.map(valuesOf[metric]) })
        const latest = { gap: gapMean, cost: 1 + gapMean, speed: 800 }
        const { totalLearnSteps } = asked[i]
        store.runs.update(id, {
          status: 'completed',
          learnSteps: totalLearnSteps,
          seconds: totalLearnSteps / 800,
          startedAt: 2000,
          endedAt: 9000,
          latest
        })
      })
    })
    return ids
  } finally {
    store.close()
  }
}
