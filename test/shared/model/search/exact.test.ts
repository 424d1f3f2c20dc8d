import { EXECUTIONS } from '@shared/model/scenario'
import { exact } from '@shared/model/search/exact'
import { outlookOf } from '@shared/model/search/outlook-of'
import { planBy } from '@shared/model/search/rules'
import { describe, expect, it } from 'vitest'
import { enumerated, generatedExecutors, smallExecutors } from './worlds'

describe('the least Q by layered dominance', () => {
  it.each(EXECUTIONS)('is that of all placements, under execution "%s"', (execution) => {
    for (const [index, executor] of smallExecutors(execution, 500).entries()) {
      const outlook = outlookOf(executor)
      const { plan, lower, isProven } = exact(outlook, { start: planBy(outlook, 0), states: 1e6 })
      const least = enumerated(executor)
      expect(isProven, `batch ${index}`).toBe(true)
      expect(lower).toBe(plan.cost)
      expect(Math.abs(plan.cost - least), `batch ${index}: ${plan.cost} for ${least}`).toBeLessThanOrEqual(1e-9 * least)
      expect(executor.run(plan.placement)).toBe(plan.cost)
    }
  })

  it('is that of all placements of several workflows that meet on the same machines', () => {
    for (const executor of [...generatedExecutors(60, 3, { together: 3 }), ...generatedExecutors(60, 5, { together: 2, gapSeconds: 10 })]) {
      const outlook = outlookOf(executor)
      const { plan } = exact(outlook, { start: planBy(outlook, 0), states: 1e6 })
      expect(plan.cost).toBeCloseTo(enumerated(executor), 9)
    }
  })

  it('lies between its bounds where the states are not enough, followed or not, and is told as proven only where they meet', () => {
    let open = 0
    for (const executor of generatedExecutors(20, 10)) {
      const outlook = outlookOf(executor)
      const start = planBy(outlook, 'tail')
      const whole = exact(outlook, { start, states: 1e6 })
      expect(whole.isProven).toBe(true)
      for (const otherwise of ['follow', 'end'] as const) {
        let before = 0
        for (const states of [20, 60, 1e6]) {
          const { lower, plan, isProven } = exact(outlook, { start, states, otherwise })
          expect(lower).toBeLessThanOrEqual(whole.plan.cost * (1 + 1e-12))
          expect(plan.cost).toBeGreaterThanOrEqual(whole.plan.cost)
          expect(plan.cost).toBeLessThanOrEqual(start.cost)
          expect(lower).toBeGreaterThan(0)
          if (isProven) expect(plan.cost).toBeCloseTo(whole.plan.cost, 9)
          else open++
          before = Math.max(before, lower)
        }
        expect(before).toBe(whole.plan.cost)
      }
    }
    expect(open).toBeGreaterThan(20)
  })

  it('reaches the same states every time', () => {
    const [executor] = generatedExecutors(1, 12)
    const run = () => {
      const outlook = outlookOf(executor)
      return exact(outlook, { start: planBy(outlook, 'finish'), states: 500 })
    }
    expect(run()).toEqual(run())
  })
})
