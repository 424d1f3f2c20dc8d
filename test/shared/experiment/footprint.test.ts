import { footprintOf } from '@shared/experiment/footprint'
import { describe, expect, it } from 'vitest'

const world = { places: 3, tasks: 10, heldOut: 200 }
const learned = { units: 5, hidden: 64, learnSteps: 6000, memoryWorkflows: 10_000, batchWorkflows: 8, round: 8, evaluateEvery: 100 }

describe('what a run takes', () => {
  it('grows with the replay, the networks, the places and the curves', () => {
    const base = footprintOf(learned, world)
    expect(footprintOf({ ...learned, memoryWorkflows: 100_000 }, world).memoryBytes).toBeGreaterThan(base.memoryBytes)
    expect(footprintOf({ ...learned, units: 10 }, world).memoryBytes).toBeGreaterThan(base.memoryBytes)
    expect(footprintOf(learned, { ...world, places: 50 }).memoryBytes).toBeGreaterThan(base.memoryBytes)
    expect(footprintOf({ ...learned, evaluateEvery: 10 }, world).diskBytes).toBeGreaterThan(base.diskBytes)
  })

  it('is a process and a row for schemes that learn nothing', () => {
    const rule = footprintOf({}, world)
    expect(rule.memoryBytes).toBeLessThan(footprintOf(learned, world).memoryBytes)
    expect(rule.diskBytes).toBeLessThan(10_000)
  })
})
