import { describe, expect, it } from 'vitest'
import { planOf, STARTING_PLAN, startingWith } from '../../../src/renderer/experiment/plan'

describe('a plan that begins with something of one’s own', () => {
  it('stands on the topology with the paper’s workload, and is called as it is', () => {
    const plan = planOf(startingWith({ topology: 'factory' }), 'untitled')
    expect(plan.name).toBe('factory')
    expect(plan.scenarios).toEqual([{ format: 'dmro-scenario/1', name: 'factory × paper', topology: 'factory', workload: 'paper' }])
    expect(plan.algorithms).toEqual(STARTING_PLAN.algorithms)
  })

  it('takes a workload on the topology it was looked at on, and the paper’s where none was', () => {
    expect(planOf(startingWith({ topology: 'factory', workload: 'cameras' }), '').name).toBe('factory × cameras')
    expect(planOf(startingWith({ workload: 'cameras' }), '').scenarios).toMatchObject([
      { topology: 'one-edge-one-cloud', workload: 'cameras' }
    ])
  })
})
