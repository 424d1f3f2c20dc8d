import type { PlacedWorkflow } from '@shared/contract/placements'
import { chainDelay, flowSeconds } from '@shared/model/cost'
import { compileScenario, environmentOf } from '@shared/model/scenario'
import { chainTimeline } from '@shared/model/timeline'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { barAt, differingTasks, ganttOf } from '../../../src/renderer/placements/gantt'
import { sampleScenario } from '../../main/store/samples'

const compiled = compileScenario(sampleScenario())

/** A workflow of the sample scenario, placed. */
function placed(x: number, places: readonly number[]): { workflow: PlacedWorkflow; megabytes: number[]; seconds: number } {
  const chain = compiled.chains[x]
  const environment = environmentOf(compiled.environments, chain)
  const { countReturn } = compiled.scenario.objective
  const N = chain.taskIds.length
  const delaySeconds = chainDelay(environment, chain, countReturn, places)
  return {
    workflow: {
      delaySeconds,
      energyJoules: 0,
      cost: 0,
      tasks: chainTimeline(environment, chain, true, places),
      returnSeconds: countReturn ? flowSeconds(environment, places[N - 1], 0, chain.megabytes[N]) : 0
    },
    megabytes: [...chain.megabytes],
    seconds: delaySeconds
  }
}

const tasks = compiled.chains[0].taskIds.length
const placement = fc.array(fc.constantFrom(0, 1), { minLength: tasks, maxLength: tasks })

describe('the bars of a timeline', () => {
  it('follow one another without gap or overlap, and sum to T', () => {
    fc.assert(
      fc.property(fc.nat({ max: compiled.chains.length - 1 }), placement, (x, places) => {
        const { workflow, megabytes, seconds } = placed(x, places)
        const bars = ganttOf(workflow, ['phone', 'edge'], megabytes)
        let clock = 0
        for (const bar of bars) {
          expect(bar.from).toBeCloseTo(clock, 9)
          expect(bar.to).toBeGreaterThanOrEqual(bar.from)
          clock = bar.to
        }
        expect(bars.reduce((sum, bar) => sum + bar.to - bar.from, 0)).toBeCloseTo(seconds, 8)
      })
    )
  })

  it('compute every task once, on its own lane', () => {
    fc.assert(
      fc.property(placement, (places) => {
        const { workflow, megabytes } = placed(0, places)
        const computing = ganttOf(workflow, ['phone', 'edge'], megabytes).filter((bar) => bar.kind === 'compute')
        expect(computing.map((bar) => bar.lane)).toEqual(places)
      })
    )
  })

  it('name the tasks that are elsewhere', () => {
    const all = (place: number) => Array.from({ length: tasks }, () => place)
    expect(differingTasks(placed(0, all(0)).workflow, placed(0, all(0)).workflow)).toEqual([])
    expect(differingTasks(placed(0, all(0)).workflow, placed(0, all(1)).workflow)).toHaveLength(tasks)
  })

  it('are found by their time', () => {
    const { workflow, megabytes, seconds } = placed(
      0,
      Array.from({ length: tasks }, () => 1)
    )
    const bars = ganttOf(workflow, ['phone', 'edge'], megabytes)
    expect(barAt(bars, 0)).toBe(bars[0])
    expect(barAt(bars, seconds + 1)).toBe(bars.at(-1))
  })
})
