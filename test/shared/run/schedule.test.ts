import { algorithmCards } from '../../../src/main/algorithms'
import { type ScheduledJob, schedule } from '@shared/run/schedule'
import type { Timing } from '@shared/run/timing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const cards = new Map(algorithmCards.map((card) => [card.id, card]))
const facts = { tasks: 10, locations: 3 }
const job = (others: Partial<ScheduledJob> = {}): ScheduledJob => ({
  algorithm: 'dqn',
  parameters: { learnSteps: 100 },
  facts,
  steps: 100,
  ...others
})
/** A group's step takes 0.5 s and as much again for each member. */
const timing: Timing = (_, members) => ({ seconds: 0.01 * (0.5 / members + 0.5), isRough: false })
const endsOf = (jobs: readonly ScheduledJob[], parallel: number, by = timing) =>
  schedule(
    jobs,
    Array.from({ length: parallel }, () => 0),
    by,
    cards
  ).map(({ ends }) => ends)

describe('when waiting runs are done', () => {
  it('counts those side by side once for what they share', () => {
    expect(endsOf([job(), job()], 1)).toEqual([1.5, 1.5])
    expect(endsOf([job(), job()], 2)).toEqual([1, 1])
  })

  it('leaves runs apart that cannot share a learner', () => {
    const other = { parameters: { learnSteps: 100, hidden: 128 } }
    expect(endsOf([job(), job(other)], 1)).toEqual([1, 2])
    expect(endsOf([job(), job({ facts: { tasks: 10, locations: 5 } })], 1)).toEqual([1, 2])
    expect(endsOf([job(), job({ made: 50, steps: 50 })], 1)).toEqual([1, 1.5])
    expect(endsOf([job(), job({ parameters: { learnSteps: 100, learningRate: 0.5 } })], 1)).toEqual([1.5, 1.5])
  })

  it('has one worker idle while the last run trains', () => {
    const apart = [64, 96, 128].map((hidden) => job({ parameters: { learnSteps: 100, hidden } }))
    expect(endsOf(apart, 2)).toEqual([1, 1, 2])
  })

  it('takes no time for what places without training, whatever waits before it', () => {
    expect(endsOf([job({ algorithm: 'greedy', parameters: {}, steps: 0 }), job()], 1)).toEqual([0, 1])
  })

  it('is unknown after a run whose pace is unknown, on its worker alone', () => {
    const some: Timing = (work, members) => (work.algorithm === 'dmro' ? undefined : timing(work, members))
    expect(endsOf([job({ algorithm: 'dmro' }), job()], 2, some)).toEqual([undefined, 1])
    expect(endsOf([job({ algorithm: 'dmro' }), job()], 1, some)).toEqual([undefined, undefined])
  })

  it('never keeps a worker idle while a run waits, nor lets two share one moment of a worker', () => {
    const jobs = fc.array(fc.record({ hidden: fc.constantFrom(8, 16, 32), steps: fc.integer({ min: 1, max: 300 }) }), { maxLength: 60 })
    fc.assert(
      fc.property(jobs, fc.integer({ min: 1, max: 4 }), (some, parallel) => {
        const waiting = some.map(({ hidden, steps }) => job({ parameters: { hidden, learnSteps: steps }, steps }))
        const slots = schedule(
          waiting,
          Array.from({ length: parallel }, () => 0),
          timing,
          cards
        )
        const work = slots.reduce((sum, { seconds = 0 }) => sum + seconds, 0)
        const last = Math.max(0, ...slots.map(({ ends = 0 }) => ends))
        expect(last * parallel).toBeGreaterThanOrEqual(work - 1e-9)
        for (const { begins = 0, ends = 0 } of slots) expect(ends).toBeGreaterThan(begins)
        const lastBegins = Math.max(0, ...slots.map(({ begins = 0 }) => begins))
        expect(slots.filter(({ ends = 0 }) => ends > lastBegins + 1e-9).length).toBeGreaterThanOrEqual(Math.min(1, slots.length))
        expect(lastBegins * parallel).toBeLessThanOrEqual(work + 1e-9)
      })
    )
  })
})
