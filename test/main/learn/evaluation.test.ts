import { describe, expect, it } from 'vitest'
import { Evaluator } from '../../../src/main/learn/evaluation'
import { referenceKindOf } from '../../../src/shared/run/evaluation'
import { bruteForce } from '../../shared/model/brute-force'
import { chainWorkflow, problemOf, TRAPS } from './worlds'

const problem = problemOf(undefined, TRAPS)
const { places } = problem.shape
const optima = problem.heldOut.map(({ costs }) => bruteForce(costs, places))

describe('an evaluation', () => {
  it('finds no gap where every workflow is placed as well as trying everything does', () => {
    const evaluation = new Evaluator(problem).evaluate(
      optima.map(({ placement }) => placement),
      6
    )
    expect(evaluation).toMatchObject({
      workflows: 3,
      inSample: true,
      gapMean: 0,
      gapP95: 0,
      gapMax: 0,
      exactMatches: 3,
      decisionMs: 2,
      gaps: [0, 0, 0]
    })
    expect(evaluation.meanCost).toBeCloseTo(optima.reduce((sum, { cost }) => sum + cost, 0) / 3, 12)
    expect(evaluation.optimum).toMatchObject({
      meanCost: evaluation.meanCost,
      meanDelaySeconds: evaluation.meanDelaySeconds,
      share: evaluation.share
    })
  })

  it('says delay, energy and shares of tasks as worked out by hand for local-only', () => {
    const evaluation = new Evaluator(problem).evaluate(
      problem.heldOut.map(({ tasks }) => new Uint8Array(tasks)),
      0
    )
    // 103,600 megacycles at 4,000 a second and a millijoule each, over three workflows.
    expect(evaluation.meanDelaySeconds).toBeCloseTo(103_600 / 4000 / 3, 10)
    expect(evaluation.meanEnergyJoules).toBeCloseTo(103.6 / 3, 10)
    expect(evaluation.meanCost).toBeCloseTo(1.2, 12)
    expect(evaluation.share).toEqual({ device: 1, edge: 0, cloud: 0 })
    expect(evaluation.gapMean).toBeGreaterThan(0.1)
    expect(evaluation.exactMatches).toBe(1)
  })

  it('counts tasks, not workflows, where it says what each tier ran', () => {
    const { share } = new Evaluator(problem).evaluate(
      problem.heldOut.map(({ tasks }, x) => new Uint8Array(tasks).fill(x)),
      0
    )
    expect(share).toEqual({ device: 3 / 8, edge: 3 / 8, cloud: 2 / 8 })
  })

  it('calls a free optimum matched a gap of zero', () => {
    const free = problemOf(undefined, { name: 'free', workflows: [chainWorkflow('w', 'phone', [0], [0, 0])] })
    expect(new Evaluator(free).evaluate([Uint8Array.of(0)], 0)).toMatchObject({ gapMean: 0, meanCost: 0, exactMatches: 1 })
  })

  it('gives an infinite gap to what costs more than a free optimum, in every figure of the gap', () => {
    const free = problemOf(undefined, {
      name: 'free',
      workflows: [chainWorkflow('w', 'phone', [0], [5, 5]), chainWorkflow('x', 'phone', [400], [1, 1])]
    })
    const evaluation = new Evaluator(free).evaluate([Uint8Array.of(1), Uint8Array.of(0)], 0)
    expect(evaluation.gaps).toEqual([Infinity, 0])
    expect(evaluation).toMatchObject({ gapMean: Infinity, gapP95: Infinity, gapMax: Infinity, exactMatches: 1 })
  })
})

describe('an evaluation against bounds', () => {
  const [first] = problemOf(undefined, TRAPS).heldOut
  first.model.reference = () => ({ kind: 'bound', lower: 0.5, upper: Number.POSITIVE_INFINITY, how: 'by hand' })
  const evaluation = new Evaluator({ heldOut: [first], inSample: false }).evaluate([new Uint8Array(first.tasks)], 0)

  it('states the bound, and nothing of a placement that is not known', () => {
    expect(evaluation.optimum).toEqual({
      meanCost: 0.5,
      meanDelaySeconds: Number.NaN,
      meanEnergyJoules: Number.NaN,
      share: { device: 0, edge: 0, cloud: 0 }
    })
    expect(evaluation.gapMean).toBeCloseTo(evaluation.meanCost / 0.5 - 1, 12)
    expect(referenceKindOf(evaluation)).toBe('bound')
  })

  it('are all optima where nothing else is said', () => {
    expect(referenceKindOf({})).toBe('optimum')
    expect(referenceKindOf({ references: { optimum: 3, 'best-known': 1, bound: 0 } })).toBe('best-known')
  })
})
