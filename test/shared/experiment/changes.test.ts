import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EnvironmentWatch, type Schedule, stretchesOf, withCoefficients } from '../../../src/shared/experiment/changes'
import { compileEnvironment, relativeChange } from '../../../src/shared/model/environment'
import { DEFAULT_OBJECTIVE } from '../../../src/shared/model/objective'
import { devicesOf, type Topology } from '../../../src/shared/model/topology'
import { isMeasured, recoveryOf } from '../../../src/shared/experiment/recovery'
import { link, node, ONE_EDGE_ONE_CLOUD } from '../../main/learn/worlds'

/** Two places talk over the link that joins them, so every link counts. */
const DIRECT: Topology = {
  ...ONE_EDGE_ONE_CLOUD,
  nodes: ONE_EDGE_ONE_CLOUD.nodes.map((each) => (each.tier === 'device' ? each : { ...each, relays: false }))
}

const compiled = (topology: Topology) =>
  new Map(devicesOf(topology).map(({ id }) => [id, compileEnvironment(topology, id, DEFAULT_OBJECTIVE)]))

/** The workflows at which the outer model sees a change. */
function detections(topology: Topology, schedule: Schedule, threshold?: number): number[] {
  const watch = new EnvironmentWatch(threshold)
  const stretches = stretchesOf(topology, schedule)
  const seen: number[] = []
  for (let workflow = 0; workflow < schedule.workflows; workflow++) {
    const world = stretches.findLast(({ from }) => from <= workflow)
    if (world && watch.look(compiled(world.topology)) !== undefined) seen.push(workflow)
  }
  return seen
}

const factor = fc.oneof(fc.double({ min: 0.1, max: 0.95, noNaN: true }), fc.double({ min: 1.05, max: 10, noNaN: true }))
const change = fc.oneof(
  fc
    .tuple(fc.constantFrom(...DIRECT.links), factor)
    .map(([{ from, to }, bandwidthFactor]) => ({ links: [{ from, to, bandwidthFactor }], nodes: [] })),
  fc.tuple(fc.constantFrom(...DIRECT.nodes), factor).map(([{ id }, speedFactor]) => ({ links: [], nodes: [{ id, speedFactor }] }))
)
const schedule = fc
  .tuple(fc.uniqueArray(fc.integer({ min: 1, max: 59 }), { maxLength: 4 }), fc.array(change, { minLength: 4, maxLength: 4 }))
  .map(
    ([at, what]): Schedule => ({ name: 's', workflows: 60, changes: at.sort((a, b) => a - b).map((when, i) => ({ at: when, ...what[i] })) })
  )

describe('the outer model’s eye', () => {
  it('sees every change at the very workflow that first meets it, and nothing else', () => {
    fc.assert(
      fc.property(schedule, (drawn) => {
        expect(detections(DIRECT, drawn)).toEqual(drawn.changes.map(({ at }) => at))
      }),
      { numRuns: 40 }
    )
  })

  it('sees nothing where nothing changes, and nothing under its threshold', () => {
    const still: Schedule = { name: 's', workflows: 30, changes: [] }
    expect(detections(DIRECT, still)).toEqual([])
    const slight = { ...still, changes: [{ at: 10, links: [{ from: 'phone', to: 'edge', bandwidthFactor: 0.98 }], nodes: [] }] }
    expect(detections(DIRECT, slight, 0.05)).toEqual([])
    expect(detections(DIRECT, slight, 0.01)).toEqual([10])
  })

  it('sees slow drift once it has added up', () => {
    const drift: Schedule = {
      name: 's',
      workflows: 30,
      changes: [5, 10, 15].map((at) => ({ at, links: [], nodes: [{ id: 'edge', speedFactor: 0.97 }] }))
    }
    expect(detections(DIRECT, drift, 0.05)).toEqual([10])
  })

  it('measures the change of the most changed coefficient', () => {
    const [before] = compiled(DIRECT).values()
    const halved = withCoefficients(DIRECT, {
      links: [{ from: 'edge', to: 'phone', bandwidthMBps: 0.5 }],
      nodes: [{ id: 'cloud', computeMHz: 32_000 }]
    })
    const [after] = compiled(halved).values()
    expect(relativeChange(before, before)).toBe(0)
    expect(relativeChange(before, after)).toBeCloseTo(1, 12)
  })

  it('changes the rate back of a link with its rate there', () => {
    const uneven = { ...DIRECT, links: [{ ...link('phone', 'edge', 2), backBandwidthMBps: 1 }] }
    const { links } = withCoefficients(uneven, { links: [{ from: 'edge', to: 'phone', bandwidthMBps: 6 }], nodes: [] })
    expect(links).toEqual([{ ...link('phone', 'edge', 6), backBandwidthMBps: 3 }])
  })

  it('takes a route that came or went for a change without bound', () => {
    const [before] = compiled({ ...DIRECT, links: [link('phone', 'edge', 1)] }).values()
    const [after] = compiled(DIRECT).values()
    expect(relativeChange(before, after)).toBe(Infinity)
    expect(relativeChange(after, before)).toBe(Infinity)
  })
})

describe('a schedule', () => {
  it('multiplies what holds at the moment, and joins what happens at one workflow', () => {
    const halve = (at: number) => ({ at, links: [{ from: 'edge', to: 'phone', bandwidthFactor: 0.5 }], nodes: [] })
    const stretches = stretchesOf(DIRECT, { name: 's', workflows: 9, changes: [halve(3), halve(3), halve(5)] })
    expect(stretches.map(({ from, topology }) => [from, topology.links[0].bandwidthMBps])).toEqual([
      [0, 1],
      [3, 0.25],
      [5, 0.125]
    ])
  })

  it('refuses links and nodes that are not there', () => {
    expect(() => withCoefficients(DIRECT, { links: [{ from: 'phone', to: 'moon', bandwidthMBps: 1 }], nodes: [] })).toThrow('"moon"')
    expect(() => withCoefficients(DIRECT, { links: [], nodes: [node('moon', 'edge', 1)] })).toThrow('"moon"')
  })
})

describe('a recovery', () => {
  const points = [
    { step: 0, gap: 0.4, cost: 1.4 },
    { step: 1, gap: 0.2, cost: 1.2 },
    { step: 3, gap: 0.05, cost: 1.05 },
    { step: 5, gap: 0.1, cost: 1.1 }
  ]

  it('ends with the first measurement within 5 %, and has cost what each step lost until then', () => {
    // 8 workflows × (1 step at 0.4 + 2 steps at 0.2)
    expect(recoveryOf(points, 1, 8)).toEqual({ steps: 3, excessCost: expect.closeTo(6.4, 12) })
    expect(recoveryOf(points.slice(2), 1, 8)).toEqual({ steps: 3, excessCost: 0 })
    expect(recoveryOf(points.slice(0, 2), 1, 8)).toEqual({ steps: undefined, excessCost: expect.closeTo(3.2, 12) })
  })

  it('is measured at every step first and rarer later', () => {
    const measured = Array.from({ length: 300 }, (_, step) => step).filter(isMeasured)
    expect(measured.slice(0, 22)).toEqual([...Array.from({ length: 21 }, (_, i) => i), 25])
    expect(measured.slice(-3)).toEqual([240, 260, 280])
  })
})
