import { timingOf } from '@shared/run/timing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allDone, forecastOf } from '../../../src/renderer/runs/forecast'
import { runRow } from '../rows'

/** Without cards nothing is known to train side by side. */
const NONE = new Map()

/** 50 learn steps per second. */
const done = runRow(1, { parameters: { learnSteps: 100 }, learnSteps: 100, totalLearnSteps: 100, seconds: 2 })
const TIMING = timingOf([done], NONE)
const waiting = (id: number, totalLearnSteps = 100) =>
  runRow(id, { status: 'queued', parameters: { learnSteps: totalLearnSteps }, learnSteps: 0, seconds: 0, totalLearnSteps })

describe('the forecast of the queue', () => {
  it('puts each run on the place that gets free first', () => {
    const running = runRow(2, { status: 'running', parameters: { learnSteps: 100 }, learnSteps: 50, totalLearnSteps: 100, seconds: 1 })
    const forecast = forecastOf([running], [waiting(3), waiting(4), waiting(5)], TIMING, 2, NONE)
    expect([...forecast.values()].map(({ begins, ends }) => ({ begins, ends }))).toEqual([
      { begins: 0, ends: 1 },
      { begins: 0, ends: 2 },
      { begins: 1, ends: 3 },
      { begins: 2, ends: 4 }
    ])
    expect(allDone(forecast)).toBe(4)
  })

  it('takes the clock on the wall for runs that train side by side, whose seconds are a share only', () => {
    const beside = runRow(2, {
      status: 'running',
      parameters: { learnSteps: 100 },
      learnSteps: 50,
      totalLearnSteps: 100,
      seconds: 1,
      latest: { speed: 25 }
    })
    expect([...forecastOf([beside], [], TIMING, 1, NONE).values()]).toEqual([{ begins: 0, ends: 2 }])
  })

  it('claims nothing where a pace is unknown', () => {
    const strange = { ...waiting(3), algorithm: 'dmro' }
    const forecast = forecastOf([], [strange, waiting(4)], TIMING, 1, NONE)
    expect([...forecast.values()]).toEqual([{ begins: 0 }, {}])
    expect(allDone(forecast)).toBeUndefined()
  })

  it('takes what places by rule to be done at once where its pace is unknown', () => {
    const rule = runRow(3, { status: 'queued', algorithm: 'greedy', parameters: {}, learnSteps: 0, totalLearnSteps: 200, seconds: 0 })
    expect([...forecastOf([], [rule, waiting(4)], TIMING, 1, NONE).values()].map(({ begins, ends }) => ({ begins, ends }))).toEqual([
      { begins: 0, ends: 0 },
      { begins: 0, ends: 2 }
    ])
  })

  it('never begins a run before one that waits before it, and ends it after it began', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 500 }), { maxLength: 20 }), fc.integer({ min: 1, max: 4 }), (steps, parallel) => {
        const times = [
          ...forecastOf(
            [],
            steps.map((n, i) => waiting(i + 2, n)),
            TIMING,
            parallel,
            NONE
          ).values()
        ]
        times.forEach(({ begins = 0, ends = 0 }, i) => {
          expect(ends).toBeGreaterThanOrEqual(begins)
          if (i > 0) expect(begins).toBeGreaterThanOrEqual(times[i - 1].begins ?? 0)
        })
      })
    )
  })
})
