import { algorithmCards } from '../../../src/main/algorithms'
import { type TimedRun, timingOf } from '@shared/run/timing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const cards = new Map(algorithmCards.map((card) => [card.id, card]))
const facts = { tasks: 10, locations: 3 }

/** A completed dqn run of 100 learn steps. */
const run = (seconds: number, others: Partial<TimedRun> = {}): TimedRun => ({
  algorithm: 'dqn',
  parameters: { hidden: 64 },
  facts,
  status: 'completed',
  learnSteps: 100,
  seconds,
  ...others
})
const work = (others: Partial<TimedRun> = {}) => run(0, others)

describe('how long a learn step takes', () => {
  it('is what runs of its like took, trained as they were', () => {
    const timing = timingOf([run(2, { startedAt: 1 }), run(4, { startedAt: 2 })], cards)
    expect(timing(work(), 1)?.seconds).toBeCloseTo(0.03, 12)
    const beside = timingOf([run(2, { startedAt: 1 }), run(2, { startedAt: 1 })], cards)
    expect(beside(work(), 2)?.seconds).toBeCloseTo(0.02, 12)
  })

  it('is longer alone than beside others, which share what a step costs anyway', () => {
    const timing = timingOf([run(2, { startedAt: 1 }), run(2, { startedAt: 1 })], cards)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), (members) => {
        const [fewer, more] = [members, members + 1].map((each) => timing(work(), each)?.seconds ?? 0)
        expect(fewer).toBeGreaterThan(more)
        // Its share is less, but the group's step is not.
        expect((members + 1) * more).toBeGreaterThanOrEqual(members * fewer - 1e-12)
      })
    )
  })

  it('goes by runs as like as there are: of its world, else of its size, else roughly of its algorithm', () => {
    const runs = [
      run(1, { evaluation: { workflows: 200 } }),
      run(2, { evaluation: { workflows: 900 } }),
      run(4, { facts: { tasks: 99, locations: 9 } }),
      run(8, { parameters: { hidden: 256 } })
    ]
    const timing = timingOf(runs, cards)
    const seconds = (others: Partial<TimedRun>) => (timing(work(others), 1)?.seconds ?? 0) * 100
    expect(seconds({ evaluation: { workflows: 200 } })).toBeCloseTo(1, 9)
    expect(seconds({})).toBeCloseTo(1.5, 9)
    expect(seconds({ facts: { tasks: 99, locations: 9 } })).toBeCloseTo(4, 9)
    expect(seconds({ facts: { tasks: 7, locations: 2 } })).toBeCloseTo(7 / 3, 9)
    expect(timing(work({ parameters: { hidden: 64 } }), 1)?.isRough).toBe(false)
    expect(timing(work({ parameters: { hidden: 16 } }), 1)?.isRough).toBe(true)
    expect(timing(work({ algorithm: 'dmro' }), 1)).toBeUndefined()
  })

  it('goes by groups most like the one that is asked for', () => {
    const three = Array.from({ length: 3 }, () => run(3, { startedAt: 1 }))
    const timing = timingOf([...three, run(5, { startedAt: 2 })], cards)
    expect(timing(work(), 3)?.seconds).toBeCloseTo(0.03, 12)
    expect(timing(work(), 1)?.seconds).toBeCloseTo(0.05, 12)
  })

  it('goes by the latest of many, and by none that was stopped', () => {
    const many = Array.from({ length: 60 }, (_, i) => run(i < 30 ? 3 : 9, { startedAt: 100 - i }))
    expect(timingOf(many, cards)(work(), 1)?.seconds).toBeCloseTo(0.03, 12)
    expect(timingOf([run(2, { status: 'cancelled' })], cards)(work(), 1)).toBeUndefined()
  })
})
