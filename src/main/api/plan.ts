import { totalmem } from 'node:os'
import type { PlanRecord } from '@shared/contract/experiments'
import { evaluatedOn } from '@shared/run/evaluated'
import type { RunSpec } from '@shared/run/spec'
import { type Experiment, type Fault, runsOf } from '@shared/experiment/experiment'
import { factsOf, type Scenario } from '@shared/model/scenario'
import { runKey } from '@shared/run/identity'
import { type Standing, standings } from '@shared/run/missing'
import { algorithmCards } from '../algorithms'
import { freeBytes, type Store, worldIdOf } from '../store'
import { takenBy } from './footprint'
import { withKnownWeights } from './initial-weights'
import type { Lab } from './lab'

/** How runs that are asked for stand beside those that are kept. The weights they start from are known by their content. */
export function standingsOf(specs: readonly RunSpec[], store: Store): Standing[] {
  const kept = store.runs.list().map(({ alike, seed, status }) => ({ key: runKey(alike, seed), status }))
  const worlds = new Map<Scenario, string>()
  const keyOf = (spec: RunSpec): string => {
    const { scenario } = spec
    const world = worlds.get(scenario) ?? worldIdOf(scenario)
    worlds.set(scenario, world)
    return store.runs.keyOf(spec, world)
  }
  return standings(specs.map(keyOf), kept)
}

/** What starting an experiment would do. */
export async function planRecordOf(experiment: Experiment, lab: Lab): Promise<PlanRecord> {
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
      ...evaluatedOn(scenario.workload, heldOut, split)
    })),
    settings,
    seeds: seeds.length,
    cells,
    runs: specs.length,
    missing: standing.filter((each) => each === 'missing').length,
    freeBytes: freeBytes(store.home),
    machineBytes: machineBytes()
  }
}

/** What a forecast may be wrong by. */
const TOLERANCE = 1.3

/** A fault for each setting of which a single run cannot fit into this machine's memory, however wrong the forecast is. */
export function memoryFaults(specs: readonly RunSpec[]): Fault[] {
  const most = machineBytes()
  const faults = new Map<string, Fault>()
  const known = new Map<string, number>()
  for (const spec of specs) {
    // Runs that differ in their seed alone take the same.
    const key = JSON.stringify([spec.scenario.name, spec.algorithm, spec.parameters])
    const needed = known.get(key) ?? takenBy(spec).memoryBytes
    known.set(key, needed)
    if (needed <= most * TOLERANCE) continue
    const path = `$.algorithms (${spec.algorithm})`
    const message = `a run on "${spec.scenario.name}" needs about ${gigabytes(needed)} of memory, this machine has ${gigabytes(most)}; take fewer places, tasks, held-out or kept workflows, or smaller networks and batches`
    faults.set(`${path} ${message}`, { path, message })
  }
  return [...faults.values()]
}

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`

/** This machine's memory, or what it lets this program have. */
function machineBytes(): number {
  const allowed = process.constrainedMemory?.() ?? 0
  return allowed > 0 ? Math.min(allowed, totalmem()) : totalmem()
}
