import type { Executor } from '@shared/model/batch/executor'
import { causal } from '@shared/model/search/causal'
import { outlookOf } from '@shared/model/search/outlook-of'
import { pilotPlan } from '@shared/model/search/pilot'
import { QUICK, referenceOf } from '@shared/model/search/reference'
import { planBy } from '@shared/model/search/rules'
import { EXECUTIONS } from '@shared/model/scenario'
import { describe, expect, it } from 'vitest'
import { device, edge, episodeOf, link, scenarioOf, workflow } from '../batch/worlds'
import { enumerated, generatedExecutors, smallExecutors } from './worlds'

describe('the reference of an episode', () => {
  it.each(EXECUTIONS)('is the optimum of small ones under execution "%s", and says how it was found', (execution) => {
    for (const executor of smallExecutors(execution, 30)) {
      const { lower, upper, kind, placement, how } = referenceOf(executor)
      expect(kind).toBe('optimum')
      expect(upper).toBe(lower)
      expect(executor.run(placement ?? [])).toBe(upper)
      expect(Math.abs(upper - enumerated(executor))).toBeLessThanOrEqual(1e-9 * upper)
      expect(how).toMatch(/^layered dominance \(states: [\d,]+\)$/)
    }
  })

  it('is the best that is known where the effort is not enough for a proof, with what is proven', () => {
    const executors = generatedExecutors(6, 12)
    for (const executor of executors) {
      const proven = referenceOf(executor, { ...QUICK, states: 1e6 })
      expect(proven.kind).toBe('optimum')
      for (const otherwise of ['follow', 'end'] as const) {
        const { lower, upper, kind, placement, how } = referenceOf(executor, { beam: 1, evaluations: 10, states: 15, otherwise })
        expect(kind).toBe('best-known')
        expect(lower).toBeLessThan(upper)
        expect(lower).toBeLessThanOrEqual(proven.upper)
        expect(upper).toBeGreaterThanOrEqual(proven.upper)
        expect(executor.run(placement ?? [])).toBe(upper)
        expect(how).toMatch(/^(pilot, beam and annealing \(evaluations: [\d,]+\)|layered dominance \(states: [\d,]+\))$/)
      }
    }
    expect(referenceOf(executors[0])).toEqual(referenceOf(executors[0]))
  })

  it('is found where there is but one place, and for as many tasks as a workflow may have', () => {
    const alone = episodeOf(scenarioOf([device('d')], [], [workflow('w', { a: 1, b: 2 }, ['a b 3'])]))
    expect(alone.reference()).toMatchObject({ kind: 'optimum', lower: 3, upper: 3 })
    const many = Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`t${i}`, 1 + (i % 7)]))
    const forks = Object.keys(many).flatMap((id, i) => (i === 0 ? [] : [`t0 ${id} 1`]))
    const wide = episodeOf(scenarioOf([device('d'), edge('e')], [link('d', 'e')], [workflow('w', many, forks)]))
    const { kind, lower, upper, placement } = wide.reference()
    expect(kind).toBe('best-known')
    expect(lower).toBeLessThan(upper)
    expect(wide.total(placement ?? [])).toBe(upper)
  })

  it('tells apart more live tasks than one number can', () => {
    const names = Array.from({ length: 60 }, (_, i) => `t${i}`)
    const joined = workflow(
      'w',
      { ...Object.fromEntries(names.map((id) => [id, 1])), z: 1 },
      names.map((id) => `${id} z 0.1`)
    )
    const { executor } = episodeOf(scenarioOf([device('d'), edge('e')], [link('d', 'e')], [joined]))
    const outlook = outlookOf(executor)
    expect(Math.max(...outlook.live.map(({ length }) => length))).toBe(60)
    const { upper, placement } = referenceOf(executor, { beam: 4, evaluations: 10, states: 2000, otherwise: 'follow' })
    expect(executor.run(placement ?? [])).toBe(upper)
    // Thirty on each side end after 30 s, and what one of them has left crosses to the other.
    expect(upper).toBeLessThan(executor.run(new Uint8Array(61)))
  })
})

describe('a stream that is planned release by release', () => {
  const streams = generatedExecutors(4, 5, { together: 6, gapSeconds: 15 })
  /** A task at a time, on the machines as they are: the rules see nothing else. */
  const byFinish = (executor: Executor) => causal(executor, (outlook) => planBy(outlook, 'finish'))

  it('costs what its placement costs, and what its parts cost together', () => {
    for (const executor of streams) {
      const parts: number[] = []
      const { placement, cost } = causal(executor, (outlook) => {
        const plan = pilotPlan(outlook)
        parts.push(plan.cost)
        expect(outlook.executor.schedule(plan.placement)[0].delaySeconds).toBeGreaterThan(0)
        return plan
      })
      expect(parts).toHaveLength(6)
      expect(cost).toBe(executor.run(placement))
      expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(cost, 9)
    }
  })

  it('is what a rule that looks at one task comes to anyway', () => {
    for (const executor of streams) expect(byFinish(executor)).toEqual(planBy(outlookOf(executor), 'finish'))
  })

  it('does not depend on what is released later', () => {
    for (const executor of streams) {
      const plans: Uint8Array[] = []
      causal(executor, (outlook) => {
        const plan = pilotPlan(outlook)
        plans.push(plan.placement)
        return plan
      })
      const again: Uint8Array[] = []
      causal(executor, (outlook) => {
        const plan = again.length < 3 ? pilotPlan(outlook) : planBy(outlook, 0)
        again.push(plan.placement)
        return plan
      })
      expect(again.slice(0, 3)).toEqual(plans.slice(0, 3))
    }
  })

  it('plans at once what is released at once, and where nothing is shared', () => {
    for (const executor of [...generatedExecutors(3, 6, { together: 2 }), ...smallExecutors('independent', 5)]) {
      expect(causal(executor, pilotPlan)).toEqual(pilotPlan(outlookOf(executor)))
    }
  })
})
