import { mean } from '@shared/statistics/descriptive'
import { unseenScenarios } from '../../../src/main/studies/definitions/unseen'
import { readScenario } from '@shared/formats/scenario'
import { presetOf } from '@shared/presets'
import { describe, expect, it } from 'vitest'
import { decideScenario } from '../../../src/main/learn/decide'
import { readPolicy } from '../../../src/main/learn/policy'
import { shippedPolicies } from '../../../src/main/learn/shipped-policies'

describe('the policies that come with the lab', () => {
  it.each([
    { name: 'one policy, 3 places', places: 3, centre: 'one-edge-one-cloud' },
    { name: 'one policy, 5 places', places: 5, centre: 'two-edges-two-clouds' }
  ] as const)('$name: places within 0.5 % of the optimum in environments it never saw', async ({ name, places, centre }) => {
    const policy = (await shippedPolicies()).find((each) => each.name === name)
    if (!policy) throw new Error(`${name} is missing`)
    expect(readPolicy(policy.bytes).card.network.outputs).toBe(places)
    const gaps: number[] = []
    for (const document of unseenScenarios(centre, 'family', 8)) {
      const scenario = readScenario(document, presetOf)
      if (!scenario.ok) throw new Error(JSON.stringify(scenario.faults))
      const { workflows } = await decideScenario(policy.bytes, scenario.value)
      gaps.push(mean(workflows.map((workflow) => workflow.optimalityGap)))
    }
    expect(gaps).toHaveLength(8)
    for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(0)
    expect(mean(gaps)).toBeLessThan(0.005)
    expect(mean(gaps)).toBeGreaterThan(0)
  })
})
