import { readExperiment } from '@shared/formats'
import { presetOf } from '@shared/presets'
import { describe, expect, it } from 'vitest'

const document = (objective: unknown) => ({
  format: 'dmro-experiment/1',
  name: 'sweep',
  scenarios: ['one-edge-one-cloud'],
  objective,
  algorithms: [{ id: 'greedy' }],
  seeds: [1]
})
const read = (objective: unknown) => readExperiment(document(objective), { resolve: presetOf })
function scenariosOf(objective: unknown) {
  const found = read(objective)
  if (!found.ok) throw new Error(JSON.stringify(found.faults))
  return found.value.scenarios
}

describe('the objective of an experiment', () => {
  it('is each scenario’s own where nothing is said', () => {
    expect(scenariosOf({}).map(({ name, objective }) => [name, objective.energyWeight])).toEqual([['one-edge-one-cloud', 0.2]])
  })

  it('makes of each scenario one for every swept value; where it stays the scenario’s own, so does the name', () => {
    expect(scenariosOf({ energyWeight: [0, 0.2, 1, 1] }).map(({ name, objective }) => [name, objective.energyWeight])).toEqual([
      ['one-edge-one-cloud, δ 0', 0],
      ['one-edge-one-cloud', 0.2],
      ['one-edge-one-cloud, δ 1', 1]
    ])
  })

  it('multiplies its lists', () => {
    const names = scenariosOf({ energyWeight: [0.2, 1], edgeEnergyWeight: 2, scaling: ['none', 'local-only'] }).map(({ name }) => name)
    expect(names).toEqual([
      'one-edge-one-cloud, α 2, scaling none',
      'one-edge-one-cloud, α 2',
      'one-edge-one-cloud, δ 1, α 2, scaling none',
      'one-edge-one-cloud, δ 1, α 2'
    ])
  })

  it.each([
    [{ energyWeight: -1 }, '$.objective.energyWeight'],
    [{ energyWeight: [] }, '$.objective.energyWeight'],
    [{ scaling: 'other' }, '$.objective.scaling'],
    [{ delta: 1 }, '$.objective.delta']
  ])('says where %j is wrong', (objective, path) => {
    const found = read(objective)
    expect(found.ok ? [] : found.faults.map((fault) => fault.path)).toEqual([path])
  })
})
