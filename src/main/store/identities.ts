import { createHash } from 'node:crypto'
import type { AlgorithmCard } from '@shared/algorithms/card'
import type { Scenario } from '@shared/model/scenario'
import type { Topology } from '@shared/model/topology'
import type { Workload } from '@shared/model/workload'
import { alikeText, topologyContentText, workloadContentText, worldText } from '@shared/run/identity'
import type { RunSpec } from '@shared/run/spec'

/** A run's specification as it is stored: its scenario is kept once for all runs. */
export type StoredSpec = Omit<RunSpec, 'scenario'>

const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16)

/** Names what decides a scenario's numbers: equal for worlds that differ in names and drawing alone. */
export function worldIdOf(scenario: Scenario): string {
  return digest(worldText(scenario))
}

/** Names what of a topology decides numbers. */
export function topologyIdOf(topology: Topology): string {
  return digest(topologyContentText(topology))
}

/** Names what of a workload decides numbers. */
export function workloadIdOf(workload: Workload): string {
  return digest(workloadContentText(workload))
}

/** Names what runs share that differ only in their seed. `world` is `worldIdOf` their scenario; `learned` names what their weights share (`alikeText`). */
export function alikeIdOf(spec: StoredSpec, world: string, cards: readonly AlgorithmCard[], learned?: string): string {
  return digest(alikeText(spec, world, cards, learned))
}
