import { readScenario } from '@shared/formats'
import { checkScenario, compileScenario, type Scenario } from '@shared/model/scenario'
import { presetOf } from '@shared/presets'
import { describe, expect, it } from 'vitest'

function scenarioOf(id: string): Scenario {
  const read = readScenario(presetOf(id, 'scenario'), presetOf)
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  return read.value
}

describe('a scenario that costs of chains do not count all of', () => {
  const paper = scenarioOf('one-edge-one-cloud')
  const shared = scenarioOf('shared-1x20')
  it.each<[string, Scenario, string]>([
    ['an execution', { ...paper, execution: 'shared' }, 'execution "shared"'],
    ['drawn graphs', { ...paper, workload: shared.workload }, 'drawn graphs']
  ])('with %s is refused instead of computed without it', (_, scenario, what) => {
    for (const compute of [checkScenario, compileScenario])
      expect(() => compute(scenario)).toThrow(`only chains under execution "independent" can be placed so far, not ${what}`)
  })

  it('is not one that says it is executed as all were before', () => {
    expect(compileScenario({ ...paper, execution: 'independent' }).references).toEqual(compileScenario(paper).references)
  })
})
