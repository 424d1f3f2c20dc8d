import { describe, expect, it } from 'vitest'
import { dmroPlus } from '../../../src/main/algorithms/dmro-plus'
import { dqn } from '../../../src/main/algorithms/dqn'
import { loadBackend } from '../../../src/main/learn/backend'
import { decideScenario } from '../../../src/main/learn/decide'
import type { LearnedAlgorithm } from '../../../src/main/learn/learner'
import { PolicyMisfitError } from '../../../src/main/learn/policy'
import type { Problem } from '../../../src/main/learn/problem'
import { chainsOf, type Workload } from '../../../src/shared/model/workload'
import { workflowOf } from '../../../src/shared/model/workflow'
import type { Topology } from '../../../src/shared/model/topology'
import { CUT_OFF_EDGE, GENERATED, node, ONE_EDGE_ONE_CLOUD, problemOf, scenario, SMALL_GENERATOR, smallParameters } from './worlds'

async function trained(algorithm: LearnedAlgorithm, problem: Problem, learnSteps: number): Promise<Uint8Array> {
  const parameters = smallParameters(algorithm.card, { hidden: 24, learnSteps, round: 4, batchWorkflows: 8, memoryWorkflows: 200 })
  const learner = algorithm.start(await loadBackend(), [{ problem, seed: 1, parameters }])
  while (learner.steps < learner.totalSteps) learner.learn()
  const policy = learner.policy(0)
  learner.dispose()
  return policy
}

/** The workload's workflows written out, every size times `factor`, in the order `arrange` gives them. */
function writtenOut(topology: Topology, workload: Workload, factor: number, arrange = <T>(list: T[]) => list): Workload {
  const chains = chainsOf(workload, topology)
  const scaled = chains.map((chain) => ({
    ...chain,
    megacycles: chain.megacycles.map((size) => size * factor),
    megabytes: chain.megabytes.map((size) => size * factor)
  }))
  return { name: 'written out', workflows: arrange(scaled.map(workflowOf)) }
}

describe('a trained policy', () => {
  it('places what it was trained for as the learner that trained it did', async () => {
    const problem = problemOf(undefined, GENERATED, { training: 'fixed' })
    const backend = await loadBackend()
    for (const algorithm of [dqn, dmroPlus]) {
      const learner = algorithm.start(backend, [{ problem, seed: 4, parameters: smallParameters(algorithm.card) }])
      for (let step = 0; step < 50; step++) learner.learn()
      const [{ placements }] = learner.decide([problem.compiled.chains.map((chain) => problem.episode(chain))])
      const { workflows, decisionMs } = await decideScenario(learner.policy(0), problem.compiled.scenario)
      learner.dispose()
      const { locations } = [...problem.compiled.environments.values()][0]
      expect(workflows.map(({ placement }) => Object.values(placement))).toEqual(
        placements.map((placement) => [...placement].map((place) => locations[place].id))
      )
      expect(decisionMs).toBeGreaterThan(0)
    }
  })

  it('sees other workloads in the units it was trained in', async () => {
    const workload = { ...GENERATED, generator: { ...SMALL_GENERATOR, workflowsPerUser: 20, tasks: 5 } }
    const policy = await trained(dmroPlus, problemOf(undefined, workload), 800)
    // Half as large a workflow costs as much in the units of its own workload, and half in those of training.
    for (const factor of [1, 0.5]) {
      const { total } = await decideScenario(policy, scenario(ONE_EDGE_ONE_CLOUD, writtenOut(ONE_EDGE_ONE_CLOUD, workload, factor)))
      expect(total.optimalityGap).toBeGreaterThanOrEqual(0)
      expect(total.optimalityGap).toBeLessThan(0.005)
    }
  })

  it('knows a kind of device again, whichever workflow comes first', async () => {
    const policy = await trained(dmroPlus, problemOf(CUT_OFF_EDGE), 300)
    const decide = (workload: Workload) => decideScenario(policy, scenario(CUT_OFF_EDGE, workload))
    const forwards = await decide(writtenOut(CUT_OFF_EDGE, GENERATED, 1))
    const backwards = await decide(writtenOut(CUT_OFF_EDGE, GENERATED, 1, (list) => list.reverse()))
    expect(backwards.workflows.map(({ placement }) => placement).reverse()).toEqual(forwards.workflows.map(({ placement }) => placement))
  })

  it('places shorter workflows than it was trained for', async () => {
    const policy = await trained(dqn, problemOf(), 20)
    const short = { ...GENERATED, generator: { ...SMALL_GENERATOR, tasks: 1 } }
    expect((await decideScenario(policy, scenario(ONE_EDGE_ONE_CLOUD, short))).workflows).toHaveLength(6)
  })

  it('refuses a world it was not made for, naming both', async () => {
    const policy = await trained(dqn, problemOf(), 1)
    const twoEdges = { ...ONE_EDGE_ONE_CLOUD, nodes: [...ONE_EDGE_ONE_CLOUD.nodes, node('edge2', 'edge', 9000)] }
    const longer = { ...GENERATED, generator: { ...SMALL_GENERATOR, tasks: 5 } }
    const refusals: [string, Parameters<typeof scenario>][] = [
      ['made for 3 places (K), this scenario has 4', [twoEdges, GENERATED]],
      ['made for 3 tasks per workflow at most (N), this scenario has 5', [ONE_EDGE_ONE_CLOUD, longer]]
    ]
    for (const [message, world] of refusals) {
      const refused = decideScenario(policy, scenario(...world))
      await expect(refused).rejects.toThrow(PolicyMisfitError)
      await expect(refused).rejects.toThrow(message)
    }
    const kinds = await trained(dqn, problemOf(CUT_OFF_EDGE), 1)
    const twins = {
      ...CUT_OFF_EDGE,
      nodes: CUT_OFF_EDGE.nodes.filter(({ id }) => id !== 'watch'),
      links: CUT_OFF_EDGE.links.filter(({ from }) => from !== 'watch')
    }
    await expect(decideScenario(kinds, scenario(twins, GENERATED))).rejects.toThrow('made for 2 kinds of device, this scenario has 1')
  })

  it('leaves no tensor behind', async () => {
    const { tf } = await loadBackend()
    const policy = await trained(dqn, problemOf(), 1)
    const before = tf.memory().numTensors
    await decideScenario(policy, scenario(ONE_EDGE_ONE_CLOUD, GENERATED))
    expect(tf.memory().numTensors).toBe(before)
  })
})
