import { exact } from '@shared/model/search/exact'
import { outlookOf } from '@shared/model/search/outlook-of'
import { planBy } from '@shared/model/search/rules'
import { EXECUTIONS } from '@shared/model/scenario'
import { describe, expect, it } from 'vitest'
import { enumerated, generatedExecutors, smallExecutors } from './worlds'

describe('the least Q by layered dominance', () => {
  it.each(EXECUTIONS)('is that of all placements, under execution "%s"', (execution) => {
    for (const [index, executor] of smallExecutors(execution, 500).entries()) {
      const outlook = outlookOf(executor)
      const { plan, lower, isProven } = exact(outlook, planBy(outlook, 0), 1e6)
      const least = enumerated(executor)
      expect(isProven, `${index}`).toBe(true)
      expect(lower).toBe(plan.cost)
      expect(Math.abs(plan.cost - least), `${index}: ${plan.cost}, ${least}`).toBeLessThanOrEqual(1e-9 * least)
      expect(executor.run(plan.placement)).toBe(plan.cost)
    }
  })
})
