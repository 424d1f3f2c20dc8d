import { compileBatch } from '@shared/model/batch/batch'
import { MachineRoom } from '@shared/model/batch/machines'
import { SharedExecutor } from '@shared/model/batch/shared'
import { chainDelay, chainEnergy, tableCost } from '@shared/model/cost'
import { compileScenario, environmentOf, scenarioCostTable } from '@shared/model/scenario'
import { workflowOf } from '@shared/model/workflow'
import { describe, expect, it } from 'vitest'
import { cases, fc } from '../../properties'
import { scenarios } from '../worlds'

describe('a chain alone on shared machines', () => {
  it('costs what the chain model says, at every place and over every route', () => {
    let placed = 0
    fc.assert(
      fc.property(scenarios, fc.array(fc.nat(), { minLength: 5, maxLength: 5 }), (scenario, draws) => {
        const compiled = compileScenario(scenario)
        const room = new MachineRoom(scenario.topology)
        for (const chain of compiled.chains) {
          const environment = environmentOf(compiled.environments, chain)
          const placement = chain.taskIds.map((_, i) => draws[i] % environment.locations.length)
          const table = scenarioCostTable(compiled, chain)
          const executor = new SharedExecutor(
            compileBatch(room, scenario.objective, [workflowOf(chain)]),
            scenario.objective,
            compiled.references
          )
          const figures = executor.measure(placement)
          const seconds = chainDelay(environment, chain, scenario.objective.countReturn, placement)
          const cost = tableCost(table, environment.locations.length, placement)
          if (cost === Infinity) expect(figures.cost).toBe(Infinity)
          else {
            placed++
            expect(Math.abs(figures.delaySeconds - seconds)).toBeLessThanOrEqual(1e-12 * seconds)
            expect(Math.abs(figures.cost - cost)).toBeLessThanOrEqual(1e-12 * cost)
            expect(figures.energyJoules).toBeCloseTo(chainEnergy(environment, chain, placement), 9)
          }
        }
      }),
      cases(500)
    )
    expect(placed).toBeGreaterThan(300)
  })
})
