import { meanQueueLosses, type QueueLosses, queueLossesOf } from '@shared/experiment/queue-losses'
import { BatchWorld } from '@shared/model/batch/model'
import { DEFAULT_OBJECTIVE } from '@shared/model/objective'
import { referenceOf } from '@shared/model/search/reference'
import type { Topology } from '@shared/model/topology'
import type { Workflow } from '@shared/model/workflow'
import { describe, expect, it } from 'vitest'

const TOPOLOGY: Topology = {
  name: 'pair',
  nodes: [
    { id: 'a', tier: 'device', computeMHz: 1000, energyPerMegacycle: 1 },
    { id: 'edge', tier: 'edge', computeMHz: 1000, energyPerMegacycle: 1 }
  ],
  links: [{ from: 'a', to: 'edge', bandwidthMBps: 2, latencyMs: 0 }]
}
/** Two tasks at once, 10 MB and 5 s each. */
const workflows: Workflow[] = [
  {
    id: 'w1',
    device: 'a',
    tasks: ['t1', 't2'].map((id) => ({ id, megacycles: 5000 })),
    flows: ['t1', 't2'].map((to) => ({ from: '@input', to, megabytes: 10 }))
  }
]

describe('where a batch loses', () => {
  const world = new BatchWorld(
    'shared',
    { name: 'pair', topology: TOPOLOGY, workload: { name: 'w', workflows }, objective: DEFAULT_OBJECTIVE, execution: 'shared' },
    undefined,
    referenceOf
  )
  const model = world.episode(workflows)
  const losses = queueLossesOf(TOPOLOGY, [{ workflows, policy: model.schedule([1, 1]), reference: model.schedule([0, 1]), gap: 0.5 }])

  it('is which queue is waited for longer than under the reference, and which task waits', () => {
    // Both inputs on one link: the second waits 5 s for it; with one task at home nothing waits.
    expect(losses.queues[0]).toMatchObject({ from: 'a', to: 'edge', waitedSeconds: 5, referenceSeconds: 0 })
    const [first, second] = losses.tasks
    expect([first.data + second.data, first.core + second.core]).toEqual([5, 0])
    expect([first.referenceData, second.referenceData]).toEqual([0, 0])
    expect(losses).toMatchObject({ batches: 1, gap: 0.5 })
  })

  it('is over seeds the mean of each queue and each task', () => {
    const calm: QueueLosses = queueLossesOf(TOPOLOGY, [
      { workflows, policy: model.schedule([0, 1]), reference: model.schedule([0, 1]), gap: 0 }
    ])
    const mean = meanQueueLosses([losses, calm])
    expect(mean.queues[0]).toMatchObject({ from: 'a', to: 'edge', waitedSeconds: 2.5, referenceSeconds: 0 })
    expect(mean.gap).toBe(0.25)
    expect(mean.tasks.reduce((sum, { data }) => sum + data, 0)).toBe(2.5)
    expect(() => meanQueueLosses([])).toThrow(RangeError)
  })
})
