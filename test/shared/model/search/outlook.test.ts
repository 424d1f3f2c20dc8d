import { EXECUTIONS } from '@shared/model/scenario'
import { outlookOf } from '@shared/model/search/outlook-of'
import type { Executor } from '@shared/model/batch/executor'
import { type RandomStream, randomStream } from '@shared/model/random'
import { describe, expect, it } from 'vitest'
import { smallExecutors } from './worlds'

/** A state after some decisions at random, all of which may be taken, and its energy so far in units of Q. */
function someState(executor: Executor, random: RandomStream): { state: Float64Array; energy: number } {
  const { layout, batch } = executor
  const state = new Float64Array(layout.size)
  const moves = new Uint8Array(batch.places)
  let energy = 0
  executor.begin(state)
  for (let left = random.below(batch.decisions + 1); left > 0; left--) {
    executor.moves(state, 0, moves)
    const free = [...moves.keys()].filter((k) => moves[k] === 1)
    executor.step(state, 0, free[random.below(free.length)])
    energy += executor.lastJoules * executor.costPerJoule
  }
  return { state, energy }
}

/** What the rest of a state costs for every way to place it, in the order of placements; Infinity where it cannot be. */
function rests(executor: Executor, from: Float64Array): number[] {
  const { decisions, places } = executor.batch
  if (from[executor.layout.taken] === decisions) return [0]
  return Array.from({ length: places }, (_, k) => {
    const state = from.slice()
    const cost = executor.step(state, 0, k)
    return cost === Infinity ? [Infinity] : rests(executor, state).map((rest) => cost + rest)
  }).flat()
}

const secondsIn = (executor: Executor, state: Float64Array) =>
  executor.batch.workflows.reduce((sum, _, w) => sum + state[executor.layout.delay + w], 0)

describe.each(EXECUTIONS)('what lies ahead of a state under execution "%s"', (execution) => {
  it('bounds every completion from below', () => {
    const random = randomStream(1, 'action')
    let tight = 0
    for (const executor of smallExecutors(execution, 300)) {
      const { state } = someState(executor, random)
      const outlook = outlookOf(executor)
      const delays = new Float64Array(executor.batch.workflows.length)
      expect(outlook.delays(state, 0, delays)).toBe(true)
      const seconds = delays.reduce((sum, delay) => sum + delay, 0)
      const bound = (seconds - secondsIn(executor, state)) * executor.costPerSecond + outlook.restEnergy[state[executor.layout.taken]]
      const least = Math.min(...rests(executor, state))
      expect(bound).toBeLessThanOrEqual(least + 1e-9 * Math.abs(least) + 1e-12)
      if (bound > least * (1 - 1e-9)) tight++
      expect(outlook.delays(state, 0, delays, seconds * (1 + 1e-9))).toBe(true)
      if (seconds > secondsIn(executor, state) * (1 + 1e-9)) expect(outlook.delays(state, 0, delays, seconds * (1 - 1e-9))).toBe(false)
    }
    expect(tight).toBeGreaterThan(30)
  })

  it('leaves every completion as it is when times are raised to their earliest effect', () => {
    const random = randomStream(2, 'action')
    let raised = 0
    for (const executor of smallExecutors(execution, 300)) {
      const { state } = someState(executor, random)
      const outlook = outlookOf(executor)
      const { layout, batch } = executor
      const taken = state[layout.taken]
      const times = new Float64Array(3 + outlook.width(taken))
      const before = rests(executor, state)
      outlook.times(state, 0, times, 3, new Float64Array(batch.workflows.length))
      // Into a state that holds nothing but what is said to decide the rest.
      const bare = new Float64Array(layout.size)
      bare[layout.taken] = taken
      bare.set(state.subarray(layout.delay, layout.delay + batch.workflows.length), layout.delay)
      for (const j of outlook.live[taken]) bare[layout.place + j] = state[layout.place + j]
      outlook.restore(times, 3, bare, 0)
      rests(executor, bare).forEach((rest, n) => {
        if (before[n] === Infinity) expect(rest).toBe(Infinity)
        else expect(Math.abs(rest - before[n])).toBeLessThanOrEqual(1e-9 * Math.abs(before[n]) + 1e-12)
      })
      for (let c = layout.clocks; c < layout.clocks + outlook.clocks; c++) if (bare[c] > state[c]) raised++
    }
    if (execution !== 'independent') expect(raised).toBeGreaterThan(100)
  })

  it('names a tail for each task and place that none of its completions undercuts', () => {
    for (const executor of smallExecutors(execution, 100)) {
      const { tails } = outlookOf(executor)
      const { layout, batch } = executor
      const random = randomStream(batch.decisions, 'action')
      for (let n = 0; n < 20; n++) {
        const state = new Float64Array(layout.size)
        executor.begin(state)
        let cost = 0
        for (let i = 0; i < batch.decisions; i++) cost += executor.step(state, 0, random.below(batch.places))
        if (!(cost < Infinity)) continue
        for (let i = 0; i < batch.decisions; i++) {
          const w = batch.workflowOf[i]
          const least = state[layout.finish + i] + tails[i * batch.places + state[layout.place + i]] - batch.release[w]
          expect(least).toBeLessThanOrEqual(state[layout.delay + w] * (1 + 1e-9) + 1e-9)
        }
      }
    }
  })
})
