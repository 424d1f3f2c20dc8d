import { statfsSync } from 'node:fs'
import type { PlanRecord } from '@shared/contract/experiments'
import { evaluatedOn } from '@shared/experiment/evaluated'
import { type Experiment, type RunSpec, runsOf } from '@shared/experiment/experiment'
import { factsOf, type Scenario } from '@shared/model/scenario'
import { runKey } from '@shared/run/identity'
import { type Standing, standings } from '@shared/run/missing'
import { algorithmCards } from '../algorithms'
import { alikeIdOf, type Store, worldIdOf } from '../store'
import { takenBy } from './footprint'
import { withKnownWeights } from './initial-weights'
import type { Lab } from './lab'

/** How runs that are asked for stand beside those that are kept. The weights they start from are known by their content. */
export function standingsOf(specs: readonly RunSpec[], store: Store): Standing[] {
  const kept = store.runs.list().map(({ alike, seed, status }) => ({ key: runKey(alike, seed), status }))
  const worlds = new Map<Scenario, string>()
  const keyOf = ({ scenario, ...spec }: RunSpec): string => {
    const world = worlds.get(scenario) ?? worldIdOf(scenario)
    worlds.set(scenario, world)
    return runKey(alikeIdOf(spec, world, algorithmCards), spec.seed)
  }
  return standings(specs.map(keyOf), kept)
}

/** What starting an experiment would do. */
export async function planOf(experiment: Experiment, lab: Lab): Promise<PlanRecord> {
  const { store } = lab
  const { name, scenarios, seeds, heldOut, split } = experiment
  const specs = runsOf(experiment, algorithmCards)
  const standing = standingsOf(await withKnownWeights(lab, specs), store)
  // Runs come seed by seed, and within a seed scenario by scenario.
  const perSeed = specs.length / seeds.length
  const settings = specs.slice(0, perSeed / scenarios.length).map(({ algorithm, parameters }) => ({ algorithm, parameters }))
  const count = (cell: number, wanted: Standing) => seeds.filter((_, s) => standing[s * perSeed + cell] === wanted).length
  const cells = scenarios.flatMap((_, i) => {
    return settings.map((_, j) => {
      const cell = i * settings.length + j
      return { done: count(cell, 'done'), active: count(cell, 'active'), ...takenBy(specs[cell]) }
    })
  })
  return {
    name,
    scenarios: scenarios.map((scenario) => ({
      name: scenario.name,
      ...(scenario.topology.note !== undefined && { note: scenario.topology.note }),
      ...factsOf(scenario),
      inSample: evaluatedOn(scenario.workload, heldOut, split).inSample
    })),
    settings,
    seeds: seeds.length,
    cells,
    runs: specs.length,
    missing: standing.filter((each) => each === 'missing').length,
    freeBytes: freeBytes(store.home)
  }
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}
