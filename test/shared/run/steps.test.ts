import { describe, expect, it } from 'vitest'
import { commonUnit, hasCurves, isTrained, stepUnitOf, totalStepsOf, whereOf } from '@shared/run/steps'
import { GENERATED, ONE_EDGE_ONE_CLOUD, scenario, TRAPS } from '../../main/learn/worlds'

const trained = { parameters: { learnSteps: 500, evaluations: 20 } }
const search = { parameters: { evaluations: 2000 } }
const rule = { parameters: { horizon: 4 } }
const specOf = (parameters: Record<string, number>, workload = GENERATED, split = 0) => ({
  scenario: scenario(ONE_EDGE_ONE_CLOUD, workload),
  algorithm: 'a',
  parameters,
  seed: 1,
  heldOut: 30,
  split
})

describe('the steps of a run', () => {
  it('are learn steps of what trains, evaluations of what searches, else workflows', () => {
    expect([trained, search, rule].map(stepUnitOf)).toEqual(['learn steps', 'evaluations', 'workflows'])
    expect([trained, search, rule].map(isTrained)).toEqual([true, false, false])
    expect([trained, search, rule].map(hasCurves)).toEqual([true, true, false])
  })

  it('are as many as its parameters say, or as there are workflows to place', () => {
    expect(totalStepsOf(specOf(trained.parameters))).toBe(500)
    expect(totalStepsOf(specOf(search.parameters))).toBe(2000)
    expect(totalStepsOf(specOf({}))).toBe(30)
    expect(totalStepsOf(specOf({}, TRAPS))).toBe(3)
    expect(totalStepsOf(specOf({}, TRAPS, 0.4))).toBe(1)
  })

  it('have their own name', () => {
    expect(whereOf('learn steps', 20)).toBe('at learn step 20')
    expect(whereOf('learn steps', 20, 'from')).toBe('from learn step 20')
    expect(whereOf('evaluations', 1, 'from')).toBe('after 1 evaluation')
    expect(whereOf('workflows', 1200)).toBe('after 1,200 workflows')
  })

  it('share an axis where they are the same; learn steps come before evaluations', () => {
    expect(commonUnit([search, rule])).toBe('evaluations')
    expect(commonUnit([search, trained])).toBe('learn steps')
    expect(commonUnit([rule])).toBe('learn steps')
  })
})
