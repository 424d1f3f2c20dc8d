import type { Topology } from '@shared/model/topology'
import { type Samples, samplesOn } from './sample'

/** What the optimum of the sample workflows makes of one node. */
export interface Worth {
  tasks: number
  allTasks: number
  /** How much Σ Q* rises without it, as a fraction; undefined where nothing can be said, as of a device. */
  loss?: number
  energyWeight: number
}

/**
 * Tasks a node gets in the optimum, and what the optimum loses without it. `samples` are those of `topology`. A device cannot be
 * taken away: its workflows would go with it.
 */
export function worthOf(topology: Topology, samples: Samples, name: string): Worth {
  const worth = { tasks: samples.tasksByNode.get(name) ?? 0, allTasks: samples.tasks, energyWeight: samples.energyWeight }
  const node = topology.nodes.find(({ id }) => id === name)
  if (!node || node.tier === 'device') return worth
  const without = samplesOn({
    ...topology,
    nodes: topology.nodes.filter(({ id }) => id !== name),
    links: topology.links.filter((link) => link.from !== name && link.to !== name)
  })
  return { ...worth, ...(without && { loss: without.cost / samples.cost - 1 }) }
}
