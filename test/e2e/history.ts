import type { EvaluationSummary } from '@shared/contract/records'
import type { RunSpec } from '@shared/run/spec'
import { DEFAULT_OBJECTIVE } from '@shared/model/objective'
import { PAPER_GENERATOR } from '@shared/model/workload'
import { openStore } from '../../src/main/store'

const share = { device: 0.5, edge: 0.5, cloud: 0 }

function evaluation(gapMean: number): EvaluationSummary {
  return {
    workflows: 200,
    inSample: false,
    meanCost: 1 + gapMean,
    meanDelaySeconds: 90,
    meanEnergyJoules: 250,
    gapMean,
    gapP95: 2 * gapMean,
    gapMax: 3 * gapMean,
    exactMatches: 4,
    share,
    decisionMs: 0.1,
    optimum: { meanCost: 1, meanDelaySeconds: 88, meanEnergyJoules: 260, share }
  }
}

function spec(name: string, seed: number, hidden: number): RunSpec {
  return {
    scenario: {
      name,
      topology: {
        name,
        note: name,
        nodes: [
          { id: 'phone', tier: 'device', computeMHz: 4000, energyPerMegacycle: 1 },
          { id: 'edge', tier: 'edge', computeMHz: 8000, energyPerMegacycle: 0.5 }
        ],
        links: [{ from: 'phone', to: 'edge', bandwidthMBps: 1, latencyMs: 0 }]
      },
      workload: { name, generator: PAPER_GENERATOR, seed: 7 },
      objective: DEFAULT_OBJECTIVE
    },
    algorithm: 'dqn',
    parameters: { hidden, learnSteps: 100 },
    seed,
    heldOut: 200,
    split: 0
  }
}

/** Settings of algorithms that a history of many kinds has. */
const SETTINGS: readonly Pick<RunSpec, 'algorithm' | 'parameters'>[] = [
  { algorithm: 'dqn', parameters: { hidden: 64, learnSteps: 100, learningRate: 0.01 } },
  { algorithm: 'double-dqn', parameters: { hidden: 64, learnSteps: 100, learningRate: 0.003 } },
  { algorithm: 'dmro', parameters: { hidden: 64, learnSteps: 100, units: 3 } },
  { algorithm: 'dmro', parameters: { hidden: 64, learnSteps: 100, units: 10 } }
]
const WEIGHTS = [0, 0.2, 0.4, 0.6, 0.8]
const TOPOLOGIES = ['campus', 'office']

/**
 * Fills a data folder with completed runs of many kinds: two topologies, five δ, four settings of three algorithms (two of them dmro with 3 and
 * 10 networks), `seeds` seeds of each. Half of a δ's runs have the tag “paper”. Its ids.
 */
export function fillKinds(home: string, seeds: number): string[] {
  const store = openStore(home)
  try {
    const specs = TOPOLOGIES.flatMap((topology) =>
      WEIGHTS.flatMap((energyWeight) => {
        const base = spec(topology, 1, 64)
        const name = `${topology}, δ ${energyWeight}`
        const [phone, edge] = base.scenario.topology.nodes
        const nodes = [phone, { ...edge, computeMHz: topology === 'campus' ? 8000 : 12_000 }]
        const scenario = {
          ...base.scenario,
          name,
          topology: { ...base.scenario.topology, nodes },
          objective: { ...base.scenario.objective, energyWeight }
        }
        return SETTINGS.flatMap((setting) =>
          Array.from({ length: seeds }, (_, s): RunSpec => ({ ...base, ...setting, scenario, seed: s + 1 }))
        )
      })
    )
    const ids = store.addExperiment(
      { name: 'kinds' },
      specs.map((each) => ({ spec: each, totalLearnSteps: 100 })),
      1000
    ).runs
    store.write(() => {
      ids.forEach((id, i) => {
        const done = { status: 'completed', learnSteps: 100, seconds: 1 + (i % 7), startedAt: 2000 + i, endedAt: 9000 } as const
        store.runs.update(id, { ...done, evaluation: evaluation((1 + ((i * 37) % 97)) / 1000) })
        if (specs[i].scenario.objective.energyWeight === 0.2 && specs[i].seed % 2 === 1) store.marks.update(id, { tags: ['paper'] })
      })
    })
    return ids
  } finally {
    store.close()
  }
}

interface Filling {
  name: string
  runs: number
  message?: string
  /** Runs that differ only in their seed; default 100. */
  seeds?: number
  /** Points of a gap curve of every run; default none. */
  points?: number
}

/** Fills a data folder with completed runs, in groups of so many seeds, as if all had been trained. Its ids. */
export function fillHistory(home: string, { name, runs, message, seeds = 100, points = 0 }: Filling): string[] {
  const store = openStore(home)
  try {
    const asked = Array.from({ length: runs }, (_, i) => ({ spec: spec(name, i % seeds, 4 + Math.floor(i / seeds)), totalLearnSteps: 100 }))
    const ids = store.addExperiment({ name, note: name }, asked, 1000).runs
    store.write(() => {
      ids.forEach((id, i) => {
        store.runs.update(id, {
          status: 'completed',
          message,
          learnSteps: 100,
          seconds: 1,
          startedAt: 2000,
          endedAt: 3000,
          evaluation: evaluation(i / 1e5)
        })
        if (points > 0) {
          const steps = Float64Array.from({ length: points }, (_, at) => at + 1)
          store.curves.append(id, {
            metric: 'gap',
            steps,
            values: steps.map((at) => 1 / (10 + i + at / 50) + 0.001 * Math.abs(Math.sin(at)))
          })
        }
      })
    })
    return ids
  } finally {
    store.close()
  }
}
