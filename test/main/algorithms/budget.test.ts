import { describe, expect, it } from 'vitest'
import { annealing } from '../../../src/main/algorithms/annealing'
import { genetic } from '../../../src/main/algorithms/genetic'
import { memetic } from '../../../src/main/algorithms/memetic'
import { particleSwarm } from '../../../src/main/algorithms/particle-swarm'
import { Evaluator } from '../../../src/main/learn/evaluation'
import { compileProblem, type Problem } from '../../../src/main/learn/problem'
import { bruteForce } from '../../shared/model/brute-force'
import { CUT_OFF_EDGE, GENERATED, ONE_EDGE_ONE_CLOUD, presetScenario, problemOf, TRAPS } from '../learn/worlds'
import { placed } from './placed'

const gapOf = (problem: Problem, placements: Uint8Array[]) => new Evaluator(problem).evaluate(placements, 0).gapMean

describe.each([
  ['memetic', memetic],
  ['genetic', genetic],
  ['annealing', annealing],
  ['particle-swarm', particleSwarm]
] as const)('%s', (id, algorithm) => {
  it.each([
    ['three workflows that greedy places badly', problemOf(ONE_EDGE_ONE_CLOUD, TRAPS)],
    ['a place nobody reaches', problemOf(CUT_OFF_EDGE, GENERATED)]
  ])('finds what trying everything finds with 500 evaluations: %s', (_, problem) => {
    placed(algorithm, problem, { evaluations: 500 }).forEach((placement, x) => {
      const { costs, model } = problem.heldOut[x]
      expect(model.total(placement)).toBeCloseTo(bruteForce(costs, problem.shape.places).cost, 9)
    })
  })

  it.skipIf(id === 'particle-swarm')('leaves at most 0.5 % of the preset’s optimum with 5,000 evaluations', () => {
    const problem = compileProblem(
      { scenario: presetScenario('one-edge-one-cloud'), heldOut: 60, split: 0 },
      { training: 'fresh', jitter: 0 }
    )
    expect(gapOf(problem, placed(algorithm, problem, { evaluations: 5000 }))).toBeLessThan(0.005)
  })
})
