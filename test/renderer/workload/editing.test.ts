import { workflowFaults } from '@shared/formats/workflow-faults'
import { INPUT, OUTPUT, type Workflow } from '@shared/model/workflow'
import { describe, expect, it } from 'vitest'
import { addTaskAfter, joinTasks, removeFlow, setMegabytes, setMegacycles } from '../../../src/renderer/workload/editing'
import { graphOf } from '../../../src/renderer/workload/graph'
import { stepFrom } from '../../../src/renderer/workload/steps'
import { cases, fc } from '../../shared/properties'

/** t1 gives its data to t2 and t3. */
const FORK: Workflow = {
  id: 'w1',
  device: 'd',
  tasks: ['t1', 't2', 't3'].map((id) => ({ id, megacycles: 100 })),
  flows: [
    { from: INPUT, to: 't1', megabytes: 5 },
    { from: 't1', to: 't2', megabytes: 4 },
    { from: 't1', to: 't3', megabytes: 3 },
    { from: 't2', to: OUTPUT, megabytes: 2 },
    { from: 't3', to: OUTPUT, megabytes: 1 }
  ]
}

describe('a flow drawn by hand', () => {
  it.each([
    ['t1', 't1', 'itself'],
    ['t1', 't2', 'joined'],
    ['t2', 't1', 'circle'],
    ['t2', INPUT, 'input'],
    [OUTPUT, 't1', 'output'],
    [INPUT, OUTPUT, 'straight']
  ])('from %s to %s is none: %s', (from, to, why) => {
    expect(joinTasks(FORK, { from, to })).toBe(why)
  })

  it('between any two ends leaves no fault, or is refused', () => {
    const end = fc.constantFrom(INPUT, 't1', 't2', 't3', OUTPUT)
    fc.assert(
      fc.property(fc.array(fc.tuple(end, end), { maxLength: 12 }), (pairs) => {
        let workflow = FORK
        for (const [from, to] of pairs) {
          const next = joinTasks(workflow, { from, to })
          if (typeof next !== 'string') workflow = next
        }
        expect(workflowFaults({ ...workflow }, '$', true)).toEqual([])
      }),
      cases(100)
    )
  })

  it('is changed and removed by its ends', () => {
    const changed = setMegabytes(FORK, { from: 't1', to: 't3' }, 9)
    expect(changed.flows.map(({ megabytes }) => megabytes)).toEqual([5, 4, 9, 2, 1])
    expect(removeFlow(FORK, { from: 't1', to: 't3' }).flows).toHaveLength(4)
    expect(removeFlow(FORK, { from: 't2', to: 't3' })).toBe(FORK)
  })
})

describe('a task drawn by hand', () => {
  it('has data from the chosen one and gives the device its result', () => {
    const { workflow, id } = addTaskAfter(FORK, 't2')
    expect(id).toBe('t4')
    expect(workflow.flows.slice(-2)).toEqual([
      { from: 't2', to: 't4', megabytes: 2 },
      { from: 't4', to: OUTPUT, megabytes: 2 }
    ])
    expect(workflowFaults({ ...workflow }, '$', true)).toEqual([])
    expect(setMegacycles(workflow, id, 7).tasks.at(-1)).toEqual({ id, megacycles: 7 })
  })
})

describe('an arrow key on the drawing', () => {
  const graph = graphOf(FORK)
  const at = (id: string) => graph.nodes.find((node) => node.id === id) ?? graph.nodes[0]
  it.each([
    ['t1', 'ArrowRight', 't2'],
    ['t2', 'ArrowDown', 't3'],
    ['t3', 'ArrowUp', 't2'],
    ['t3', 'ArrowLeft', 't1'],
    ['t2', 'ArrowUp', undefined],
    ['t1', 'Enter', undefined]
  ])('%s, %s: %s', (from, key, to) => {
    expect(stepFrom(graph, at(from), key)?.id).toBe(to)
  })
})
