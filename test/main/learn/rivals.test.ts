import { beforeAll, describe, expect, it } from 'vitest'
import { actorCritic } from '../../../src/main/algorithms/actor-critic'
import { ddlo } from '../../../src/main/algorithms/ddlo'
import { ddto } from '../../../src/main/algorithms/ddto'
import { droo } from '../../../src/main/algorithms/droo'
import { demonstrationOf, imitation } from '../../../src/main/algorithms/imitation'
import { ppo } from '../../../src/main/algorithms/ppo'
import { type Backend, loadBackend } from '../../../src/main/learn/backend'
import { decideScenario } from '../../../src/main/learn/decide'
import { Inspection } from '../../../src/main/learn/inspect'
import { PolicyMisfitError, readPolicy } from '../../../src/main/learn/policy'
import { PolicyAtHand } from '../../../src/main/learn/policy-at-hand'
import { tableCost } from '../../../src/shared/model/cost'
import type { RunSpec } from '../../../src/shared/run/spec'
import { CUT_OFF_EDGE, GENERATED, ONE_EDGE_ONE_CLOUD, problemOf, scenario, smallParameters, TRAPS } from './worlds'

let backend: Backend
beforeAll(async () => {
  backend = await loadBackend()
})

const RIVALS = [ddlo, ddto, droo, imitation, actorCritic, ppo]
/** Three places with two questions a task; five with a softmax, one of them out of reach. */
const WORLDS = { 'three places': ONE_EDGE_ONE_CLOUD, 'an edge nobody reaches': CUT_OFF_EDGE }

describe.each(RIVALS.map((algorithm) => ({ id: algorithm.card.id, algorithm })))('a policy of $id', ({ algorithm }) => {
  it.each(Object.entries(WORLDS))('decides as its learner does, wherever it is asked: %s', async (_, topology) => {
    const problem = problemOf(topology, GENERATED)
    const parameters = smallParameters(algorithm.card, { learnSteps: 30 })
    const learner = algorithm.start(backend, [{ problem, seed: 3, parameters }])
    while (learner.steps < 30) learner.learn()
    const [{ placements }] = learner.decide([problem.heldOut])
    const bytes = learner.policy(0)
    const policy = readPolicy(bytes)
    const atHand = new PolicyAtHand(backend, policy)
    expect(atHand.decide(problem, problem.heldOut)).toEqual(placements)

    const spec: RunSpec = {
      scenario: scenario(topology, GENERATED),
      algorithm: algorithm.card.id,
      parameters,
      seed: 3,
      heldOut: 20,
      split: 0
    }
    const inspection = new Inspection(spec, { policy: bytes })
    const { workflows } = await inspection.list()
    workflows.forEach(({ cost }, x) => {
      expect(cost).toBeCloseTo(tableCost(problem.heldOut[x].costs, problem.shape.places, placements[x]), 9)
    })
    const looked = await inspection.workflow(workflows[0].id)
    const K = problem.shape.places
    looked?.units.forEach(({ values }) => {
      expect(values).toHaveLength(problem.heldOut[0].tasks)
      for (const row of values) expect(row).toHaveLength(K)
    })
    expect((await decideScenario(bytes, spec.scenario)).workflows.length).toBeGreaterThan(0)

    const again = algorithm.start(backend, [{ problem, seed: 9, parameters, initialPolicy: bytes }])
    // What else a policy says, such as the number of candidates, is its own run's.
    if (algorithm !== droo) expect(again.decide([problem.heldOut])[0].placements).toEqual(placements)
    const other = algorithm.card.networks.values.startsWith('placement') ? imitation : ddlo
    const foreign = [{ problem, seed: 1, parameters: smallParameters(other.card), initialPolicy: bytes }]
    expect(() => other.start(backend, foreign)).toThrow(PolicyMisfitError)
    for (const each of [learner, atHand, again]) each.dispose()
  })
})

describe('what imitation is shown', () => {
  it('is the optimum, and on its way every place that leads to it', () => {
    const problem = problemOf(ONE_EDGE_ONE_CLOUD, TRAPS)
    const K = problem.shape.places
    for (const episode of problem.heldOut) {
      const { placement, labels } = demonstrationOf(episode, K)
      expect(episode.model.total(placement)).toBe(episode.model.reference().upper)
      placement.forEach((place, i) => {
        const row = labels.subarray(i * K, (i + 1) * K)
        expect(row[place]).toBeGreaterThan(0)
        expect(row.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 6)
      })
    }
  })

  it('is even where places tie', () => {
    const twins = {
      ...ONE_EDGE_ONE_CLOUD,
      nodes: ONE_EDGE_ONE_CLOUD.nodes.map((node) =>
        node.tier === 'cloud' ? { ...node, computeMHz: 12_000, energyPerMegacycle: 0.0005 } : node
      ),
      links: ONE_EDGE_ONE_CLOUD.links.map((link) => (link.to === 'cloud' ? { ...link, bandwidthMBps: 1 } : link))
    }
    const problem = problemOf(twins, TRAPS)
    const [{ labels, placement }] = problem.heldOut.map((episode) => demonstrationOf(episode, 3))
    // All to one server, whichever: at the first task both are as good, afterwards the one where the data is.
    expect(placement[0]).toBeGreaterThan(0)
    expect([...labels.subarray(0, 3)]).toEqual([0, 0.5, 0.5])
    expect(labels[3 + placement[0]]).toBe(1)
  })
})
