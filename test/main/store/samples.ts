import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import type { Evaluation } from '@shared/run/evaluation'
import type { RunSpec } from '@shared/run/spec'
import { DEFAULT_OBJECTIVE } from '@shared/model/objective'
import type { Scenario } from '@shared/model/scenario'
import { PAPER_GENERATOR } from '@shared/model/workload'
import { type OpenOptions, openStore, type Store } from '../../../src/main/store'

/** Small records that the tests of store and runs share, and data folders that go away after each test. */

export function sampleScenario(name = 'one edge'): Scenario {
  return {
    name,
    topology: {
      name,
      note: 'Its numbers are assumed.',
      nodes: [
        { id: 'phone', tier: 'device', computeMHz: 4000, energyPerMegacycle: 1 },
        { id: 'edge', tier: 'edge', computeMHz: 8000, energyPerMegacycle: 0.5 }
      ],
      links: [{ from: 'phone', to: 'edge', bandwidthMBps: 1, latencyMs: 0 }]
    },
    workload: { name: 'paper', generator: PAPER_GENERATOR, seed: 7 },
    objective: DEFAULT_OBJECTIVE
  }
}

export function sampleSpec(seed = 1, parameters: RunSpec['parameters'] = { learnSteps: 100 }): RunSpec {
  return { scenario: sampleScenario(), algorithm: 'dmro', parameters, seed, heldOut: 200, split: 0 }
}

export function sampleEvaluation(gapMean = 0.01): Evaluation {
  const share = { device: 0.5, edge: 0.5, cloud: 0 }
  return {
    workflows: 3,
    inSample: false,
    meanCost: 1.5,
    meanDelaySeconds: 12.25,
    meanEnergyJoules: Number.POSITIVE_INFINITY,
    gapMean,
    gapP95: Number.NaN,
    gapMax: Number.NEGATIVE_INFINITY,
    exactMatches: 1,
    share,
    decisionMs: 0.1,
    optimum: { meanCost: 1.4, meanDelaySeconds: 12, meanEnergyJoules: 50, share },
    gaps: [0, Number.NaN, 0.1],
    costs: [1, Number.POSITIVE_INFINITY, -0]
  }
}

const homes: string[] = []
const stores: Store[] = []

afterEach(() => {
  for (const store of stores.splice(0)) store.close()
  for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true })
})

/** A data folder that is removed after the test. */
export function temporaryHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'lab-test-'))
  homes.push(home)
  return home
}

/** A store that is closed after the test. */
export function openedStore(home = temporaryHome(), options?: OpenOptions): Store {
  const store = openStore(home, options)
  stores.push(store)
  return store
}

/** A queued run; its id. */
export const addRunTo = (store: Store): string =>
  store.addExperiment({ name: 'trial', document: { format: 'dmro-experiment/1' } }, [{ spec: sampleSpec(), totalLearnSteps: 100 }], 1000)
    .runs[0]

/** `count` queued runs; their ids. */
export function addRuns(store: Store, count = 1): string[] {
  const runs = Array.from({ length: count }, (_, i) => ({ spec: sampleSpec(i + 1), totalLearnSteps: 100 }))
  return store.addExperiment({ name: 'trial', document: { format: 'dmro-experiment/1' } }, runs, 1000).runs
}
