import { workflowsOf } from '@shared/model/batch/draw'
import { describe, expect, it } from 'vitest'
import { eft } from '../../../src/main/algorithms/eft'
import { localOnly } from '../../../src/main/algorithms/local-only'
import { optimum } from '../../../src/main/algorithms/optimum'
import { adversary, type AdversaryFound } from '../../../src/main/studies/adversary'
import { GRAPH_WORLDS } from '../learn/batches'

const [shared] = GRAPH_WORLDS.map(({ scenario }) => ({
  ...scenario,
  workload: { name: 'listed', workflows: workflowsOf(scenario.workload, scenario.topology) }
}))
const task = { scenario: shared, loser: eft, winner: localOnly, tries: 40, range: 3, seed: 2 }

describe('an adversary', () => {
  it('finds instances where the loser costs ever more beside the winner, the same ones with the same seed', async () => {
    const heard: AdversaryFound[] = []
    const found = await adversary(task, (each) => heard.push(each))
    const ratios = heard.map(({ ratio }) => ratio)
    expect(ratios.length).toBeGreaterThan(2)
    expect(ratios).toEqual([...ratios].sort((a, b) => a - b))
    expect(found.ratio).toBe(ratios.at(-1))
    expect(found.ratio).toBeCloseTo(found.loserCost / found.winnerCost, 12)
    expect(await adversary(task)).toEqual(found)
    expect((await adversary({ ...task, seed: 3 })).scenario).not.toEqual(found.scenario)
  })

  it('stays within the range of every number, and leaves the scenario as it was', async () => {
    const before = structuredClone(shared)
    const { scenario } = await adversary({ ...task, range: 2 })
    expect(shared).toEqual(before)
    const speeds = (of: typeof shared) => of.topology.nodes.map(({ computeMHz }) => computeMHz)
    const sizes = (of: { workload: unknown }) =>
      (of as typeof shared).workload.workflows.flatMap(({ tasks }) => tasks.map(({ megacycles }) => megacycles))
    const pairs = [
      ...speeds(shared).map((value, i) => [value, speeds(scenario as typeof shared)[i]]),
      ...sizes(shared).map((value, i) => [value, sizes(scenario)[i]])
    ]
    expect(pairs.some(([from, to]) => from !== to)).toBe(true)
    for (const [from, to] of pairs) {
      expect(to).toBeLessThanOrEqual(from * 2 + 1e-9)
      expect(to).toBeGreaterThanOrEqual(from / 2 - 1e-9)
    }
  })

  it('finds no instance where the optimum loses', async () => {
    expect((await adversary({ ...task, loser: optimum, winner: eft, tries: 15 })).ratio).toBeLessThanOrEqual(1 + 1e-9)
  })

  it('refuses drawn workloads', async () => {
    await expect(adversary({ ...task, scenario: GRAPH_WORLDS[0].scenario })).rejects.toThrow('an adversary needs listed workflows')
  })
})
