import { describe, expect, it } from 'vitest'
import { readSchedule, writeSchedule } from '../../../src/shared/formats'
import { ONE_EDGE_ONE_CLOUD } from '../../main/learn/worlds'

const good = {
  format: 'dmro-schedule/1',
  name: 'two changes',
  workflows: 800,
  changes: [
    { at: 400, links: [{ from: 'edge', to: 'phone', bandwidthFactor: 0.5 }], nodes: [] },
    { at: 600, links: [], nodes: [{ id: 'edge', speedFactor: 0.3 }] }
  ]
}

function faultsOf(changes: unknown[], more: object = {}): string[] {
  const read = readSchedule({ ...good, ...more, changes }, ONE_EDGE_ONE_CLOUD)
  return read.ok ? [] : read.faults.map(({ path, message }) => `${path}: ${message}`)
}

describe('a schedule of changes', () => {
  it('comes back as it was written', () => {
    const read = readSchedule(good, ONE_EDGE_ONE_CLOUD)
    expect(read.ok && writeSchedule(read.value)).toEqual(good)
    expect(readSchedule({ ...good, changes: [{ at: 1, nodes: [{ id: 'edge', speedFactor: 2 }] }] })).toMatchObject({
      ok: true,
      value: { changes: [{ at: 1, links: [] }] }
    })
  })

  it('is refused with the place of every fault', () => {
    expect(
      faultsOf([{ at: 5, links: [{ from: 'phone', to: 'moon', bandwidthFactor: 2 }], nodes: [{ id: 'moon', speedFactor: 2 }] }])
    ).toEqual([
      '$.changes[0].links[0]: no link of "one edge, one cloud" joins "phone" and "moon"',
      '$.changes[0].nodes[0].id: there is no node "moon"; the nodes are phone, edge, cloud'
    ])
    expect(faultsOf([{ at: 800 }])[0]).toMatch(/^\$\.changes\[0\]\.at: the schedule never reaches workflow 800/)
    expect(faultsOf([{ at: 5 }])[0]).toMatch(/^\$\.changes\[0\]: changes nothing/)
    const slow = { nodes: [{ id: 'edge', speedFactor: 0.5 }] }
    expect(
      faultsOf([
        { at: 5, ...slow },
        { at: 4, ...slow }
      ])[0]
    ).toMatch(/^\$\.changes\[1\]\.at: comes before the change at workflow 5/)
    expect(faultsOf([{ at: 5, nodes: [...slow.nodes, ...slow.nodes] }])[0]).toMatch(/^\$\.changes\[0\]\.nodes\[1\]\.id: .*twice/)
    expect(faultsOf([{ at: 5, nodes: [{ id: 'edge', speedFactor: 0 }] }])[0]).toMatch(/speedFactor: speedFactor must be at least/)
    expect(faultsOf([], { when: 3 })[0]).toMatch(/^\$\.when: "when" is not a key/)
  })
})
