import { readPlacement, readScenario, writePlacement } from '@shared/formats'
import { assess } from '@shared/model/assessment'
import { compileWorld } from '@shared/model/compile'
import { describe, expect, it } from 'vitest'
import { broken, roundTripScenario, sharedScenario, sharedTopology } from './documents'

function worldOf(document: object) {
  const read = readScenario(document)
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  return compileWorld(read.value)
}

/** Of shared machines: the cellar has no link, the attic one to the router alone. */
const world = () => {
  const { nodes, links, ...head } = sharedTopology()
  const relaying = nodes.map((node) => (node.id === 'router' ? { ...node, relays: true } : node))
  const topology = {
    ...head,
    nodes: [...relaying, { id: 'attic', tier: 'cloud', computeMHz: 1, energyPerMegacycle: 0 }],
    links: [...links, { from: 'router', to: 'attic', bandwidthMBps: 1, latencyMs: 0 }]
  }
  return worldOf({ ...sharedScenario(), topology })
}
const placements = () => ({ w1: { t1: 'router', t2: 'attic' }, w2: { alone: 'rack' } })
const faultsOf = (value: unknown, of = world()) => {
  const read = readPlacement(value, of)
  return read.ok ? [] : read.faults
}

describe('a placement of a batch', () => {
  it('is read as places of its decisions, in their order, whatever the order of the document', () => {
    const of = world()
    expect(of.episodes).toHaveLength(1)
    const read = readPlacement(writePlacement({ w2: placements().w2, w1: placements().w1 }), of)
    if (!read.ok) throw new Error(JSON.stringify(read.faults))
    const [episode] = of.episodes
    const { order, workflows } = episode
    expect([...read.value[0]].map((place, i) => episode.locations(order[i].workflow)[place].id)).toEqual(
      order.map(({ workflow, task }) => {
        const { id, tasks } = workflows[workflow]
        return (placements() as Record<string, Record<string, string>>)[id][tasks[task].id]
      })
    )
    const assessment = assess(of, read.value)
    expect(Object.fromEntries(assessment.workflows.map(({ id, placement }) => [id, placement]))).toEqual(placements())
  })

  it.each([
    ['a missing workflow', ['placements', 'w2'], undefined, '$.placements.w2', 'this workflow is not placed'],
    ['a missing task', ['placements', 'w1', 't2'], undefined, '$.placements.w1.t2', 'this task is not placed'],
    ['a workflow too many', ['placements', 'w3'], {}, '$.placements.w3', 'there is no workflow "w3" in scenario "rush hour"'],
    ['a task too many', ['placements', 'w1', 't3'], 'phone', '$.placements.w1.t3', 'workflow "w1" has no task "t3"'],
    [
      'an unknown node',
      ['placements', 'w1', 't1'],
      'moon',
      '$.placements.w1.t1',
      '"moon" is not a place for this workflow; it may use phone, router, rack, attic'
    ],
    [
      'a node without a route',
      ['placements', 'w1', 't1'],
      'cellar',
      '$.placements.w1.t1',
      'no route leads to "cellar" from where its data comes from; it may use phone, router, rack, attic'
    ]
  ])('with %s is refused at its path', (_, keys, value, path, message) => {
    expect(faultsOf(broken(writePlacement(placements()), keys, value))).toEqual([{ path, message }])
  })
})

describe('a placement of round trips', () => {
  it('has its two places by the names of their nodes, an episode a workflow', () => {
    const of = worldOf(roundTripScenario())
    const document = writePlacement({ w1: { t1: 'router', t2: 'phone' } })
    expect(readPlacement(document, of)).toEqual({ ok: true, value: [Uint8Array.of(1, 0)] })
    expect(faultsOf(broken(document, ['placements', 'w1', 't1'], 'rack'), of)).toEqual([
      { path: '$.placements.w1.t1', message: '"rack" is not a place for this workflow; it may use phone, router' }
    ])
  })
})
