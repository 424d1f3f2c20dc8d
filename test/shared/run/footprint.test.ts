import { footprintOf } from '@shared/run/footprint'
import { describe, expect, it } from 'vitest'

const world = { places: 3, tasks: 10, heldOut: 200, devices: 1, worlds: 1 }
const learned = { units: 5, hidden: 64, learnSteps: 60_000, memoryWorkflows: 10_000, batchWorkflows: 8, round: 8, evaluateEvery: 100 }

describe('what a run takes', () => {
  it('grows with the replay, the networks, the places and the curves', () => {
    const base = footprintOf(learned, world)
    expect(footprintOf({ ...learned, memoryWorkflows: 100_000 }, world).memoryBytes).toBeGreaterThan(base.memoryBytes)
    expect(footprintOf({ ...learned, units: 10 }, world).memoryBytes).toBeGreaterThan(base.memoryBytes)
    expect(footprintOf(learned, { ...world, places: 50 }).memoryBytes).toBeGreaterThan(base.memoryBytes)
    expect(footprintOf({ ...learned, evaluateEvery: 10 }, world).diskBytes).toBeGreaterThan(base.diskBytes)
  })

  it('grows with the devices, the environments, the held-out workflows and the checkpoints', () => {
    const base = footprintOf(learned, world).memoryBytes
    const wide = { ...learned, hidden: 1024, units: 10 }
    expect(footprintOf(learned, { ...world, devices: 300 }).memoryBytes).toBeGreaterThan(base)
    expect(footprintOf(learned, { ...world, places: 50, worlds: 9 }).memoryBytes).toBeGreaterThan(
      footprintOf(learned, { ...world, places: 50 }).memoryBytes
    )
    expect(footprintOf(learned, { ...world, heldOut: 10_000 }).memoryBytes).toBeGreaterThan(2 * base)
    expect(footprintOf({ ...wide, checkpointEvery: 10 }, world).memoryBytes).toBeGreaterThan(footprintOf(wide, world).memoryBytes)
  })

  it('of an algorithm that proposes for every place a task may come from grows with the square of the tasks', () => {
    const proposing = { ...learned, memoryWorkflows: 0, batchWorkflows: 0, memory: 10_000, batch: 64, round: 5 }
    const bytes = (tasks: number) => footprintOf(proposing, { ...world, tasks }).memoryBytes
    // Measured: nearly 10 GB before its first learn step.
    expect(footprintOf({ ...proposing, units: 1 }, { ...world, tasks: 5000, heldOut: 1 }).memoryBytes).toBeGreaterThan(8e9)
    expect(bytes(4000) / bytes(2000)).toBeGreaterThan(3)
  })

  it('is a process and a row for algorithms that learn nothing', () => {
    const rule = footprintOf({}, world)
    expect(rule.memoryBytes).toBeLessThan(footprintOf(learned, world).memoryBytes)
    expect(rule.diskBytes).toBeLessThan(10_000)
  })
})
