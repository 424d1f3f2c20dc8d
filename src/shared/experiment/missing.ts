import type { Scenario } from '../model/scenario'
import type { AlgorithmCard } from './algorithm'
import type { RunSpec } from './experiment'
import type { RunStatus } from './lifecycle'
import { defaultsOf, type ParameterValues } from './parameters'

/** A run that is kept, as far as its repetition is concerned. */
export interface KeptRun {
  key: string
  status: RunStatus
}

/** How an asked run stands: its like is done, on its way, or neither. */
export type Standing = 'done' | 'active' | 'missing'

/**
 * What decides a scenario's numbers, as text: equal for equal worlds. Names, notes and places on the canvas have no meaning for
 * the model and are left out, so that a renamed world is known again.
 */
export function worldKey({ topology, workload, objective }: Scenario): string {
  const nodes = topology.nodes.map(({ position: _, ...node }) => node)
  const { name: _, note: __, ...work } = workload
  return canonical({ nodes, links: topology.links, work, objective })
}

/**
 * A run's parameters with the defaults of those it does not name. A parameter that came later than the run has a default that says
 * what was done before there was a choice.
 */
export function fullParameters(
  cards: readonly AlgorithmCard[],
  { algorithm, parameters }: Pick<RunSpec, 'algorithm' | 'parameters'>
): ParameterValues {
  const card = cards.find(({ id }) => id === algorithm)
  return { ...(card && defaultsOf(card.parameters)), ...parameters }
}

/** What decides a run's bits, as text: equal keys, equal results. `world` is `worldKey` of its scenario; the parameters are full. */
export function runKey(spec: Omit<RunSpec, 'scenario'>, world: string): string {
  const { algorithm, parameters, seed, heldOut, split, environments, initialWeights } = spec
  return canonical([world, algorithm, parameters, seed, heldOut, split, environments ?? null, initialWeights ?? null])
}

/** JSON with sorted keys and nothing undefined. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item
  )
}

/**
 * How each asked run (by its key) stands. A diverged run is done: the same bits would diverge again. Failed, cancelled and
 * interrupted ones are missing. One asked twice is missing once: the second is then on its way.
 */
export function standings(asked: readonly string[], kept: readonly KeptRun[]): Standing[] {
  const known = new Map<string, Standing>()
  for (const { key, status } of kept) {
    if (status === 'completed' || status === 'diverged') known.set(key, 'done')
    else if ((status === 'queued' || status === 'running' || status === 'paused') && known.get(key) !== 'done') known.set(key, 'active')
  }
  return asked.map((key) => {
    const standing = known.get(key) ?? 'missing'
    if (standing === 'missing') known.set(key, 'active')
    return standing
  })
}
