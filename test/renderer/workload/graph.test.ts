import { INPUT, OUTPUT, type Workflow } from '@shared/model/workflow'
import { describe, expect, it } from 'vitest'
import { processorSeconds } from '../../processor'
import { aroundOf, graphOf, isDrawnWhole } from '../../../src/renderer/workload/graph'
import { cellAt, overviewOf, taskAt } from '../../../src/renderer/workload/overview'
import { addFlow, removeTask } from '../../../src/renderer/workload/work'
import { cases, fc } from '../../shared/properties'
import { layered } from './workflows'

const LARGE = layered(10_000)
const PLACE = { width: 800, height: 240 }

/** One task between `n` that come before and `n` that come after it. */
function hub(n: number): Workflow {
  const ids = (prefix: string) => Array.from({ length: n }, (_, i) => `${prefix}${i}`)
  const flows = [
    ...ids('a').flatMap((id) => [
      { from: INPUT, to: id, megabytes: 1 },
      { from: id, to: 'hub', megabytes: 1 }
    ]),
    ...ids('b').flatMap((id) => [
      { from: 'hub', to: id, megabytes: 1 },
      { from: id, to: OUTPUT, megabytes: 1 }
    ])
  ]
  return { id: 'w', device: 'd', tasks: ['hub', ...ids('a'), ...ids('b')].map((id) => ({ id, megacycles: 1 })), flows }
}

describe('a workflow in layers', () => {
  it('is laid out in a moment at 10,000 tasks, a chain and a fan alike', () => {
    const chain = layered(10_000, 1)
    const fan = layered(10_000, 10_000)
    let graphs: ReturnType<typeof graphOf>[] = []
    const seconds = processorSeconds(() => {
      graphs = [LARGE, chain, fan].map(graphOf)
    })
    // Minutes where work grows with the square of the tasks.
    expect(seconds).toBeLessThan(5)
    const [graph, long, wide] = graphs
    expect([graph.layers, long.layers, wide.layers]).toEqual([102, 10_002, 3])
    expect([graph.rows, long.rows, wide.rows]).toEqual([100, 1, 10_000])
    expect(graph.edges).toHaveLength(LARGE.flows.length)
  })

  it('lets every flow lead to the right', () => {
    for (const { from, to } of graphOf(layered(300, 17)).edges) expect(to.layer).toBeGreaterThan(from.layer)
  })
})

describe('the overview of a large workflow', () => {
  it('shows every task in one cell inside the place, cells apart, and finds each by its middle', () => {
    const size = fc.record({ tasks: fc.integer({ min: 1, max: 1500 }), across: fc.integer({ min: 1, max: 600 }) })
    fc.assert(
      fc.property(size, fc.integer({ min: 200, max: 1600 }), ({ tasks, across }, width) => {
        const overview = overviewOf(graphOf(layered(tasks, across)), { width, height: 240 })
        let shown = 0
        let before = Number.NEGATIVE_INFINITY
        for (const column of overview.columns) {
          expect(column.x).toBeGreaterThanOrEqual(Math.max(0, before) - 1e-6)
          before = column.x + column.width
          column.tasks.forEach((task, i) => {
            const cell = cellAt(column, i)
            expect(cell.y).toBeGreaterThanOrEqual(-1e-6)
            expect(cell.y + cell.height).toBeLessThanOrEqual(240 + 1e-6)
            expect(taskAt(overview, cell.x + cell.width / 2, cell.y + cell.height / 2)).toBe(task)
            shown += 1
          })
        }
        expect(before).toBeLessThanOrEqual(width + 1e-6)
        expect(shown).toBe(tasks)
      }),
      cases(60)
    )
  })

  it('has no more columns than the place is wide for, however long the chain', () => {
    const { columns, bands } = overviewOf(graphOf(layered(10_000, 1)), PLACE)
    expect(columns.length).toBeLessThanOrEqual(PLACE.width / 9)
    expect(columns.reduce((sum, column) => sum + column.tasks.length, 0)).toBe(10_000)
    expect(bands.map((band) => band.flows)).toEqual(bands.map(() => 1))
  })

  it('bundles the flows between two layers, those that pass over a layer included', () => {
    const workflow: Workflow = {
      id: 'w',
      device: 'd',
      tasks: ['a', 'b', 'c'].map((id) => ({ id, megacycles: 1 })),
      flows: [
        { from: 'a', to: 'b', megabytes: 2 },
        { from: 'b', to: 'c', megabytes: 3 },
        { from: 'a', to: 'c', megabytes: 4 }
      ]
    }
    const { bands } = overviewOf(graphOf(workflow), PLACE)
    expect(bands.map(({ flows, megabytes }) => [flows, megabytes])).toEqual([
      [2, 6],
      [2, 7]
    ])
  })
})

describe('a task among its neighbours', () => {
  it('is drawn with those of most data, few enough to be read, and all are counted', () => {
    const around = aroundOf(hub(4000), 'hub')
    expect(around).toMatchObject({ sources: 4000, targets: 4000 })
    expect(around?.workflow.tasks).toHaveLength(13)
    expect(around && isDrawnWhole(around.workflow)).toBe(true)
    expect(aroundOf(hub(2), 'nobody')).toBeUndefined()
  })
})

describe('editing a large workflow', () => {
  it('bridges a task that is taken out, and says where that would be millions of flows', () => {
    const few = removeTask(hub(3), 'hub')
    expect(few.bridged).toBe(true)
    expect(few.workflow.flows.filter(({ from, to }) => from.startsWith('a') && to.startsWith('b'))).toHaveLength(9)
    const many = removeTask(hub(4000), 'hub')
    expect(many.bridged).toBe(false)
    expect(many.workflow.flows).toHaveLength(8000)
  })

  it('adds the first flow that is not there yet, and none where all are', () => {
    const added = addFlow(LARGE)
    expect(added?.flows.at(-1)).toMatchObject({ from: INPUT, to: 'task-101' })
    const one: Workflow = {
      ...hub(1),
      tasks: [{ id: 't', megacycles: 1 }],
      flows: [
        { from: INPUT, to: 't', megabytes: 1 },
        { from: 't', to: OUTPUT, megabytes: 1 }
      ]
    }
    expect(addFlow(one)).toBeUndefined()
  })
})
