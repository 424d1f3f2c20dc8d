import { beforeAll, describe, expect, it } from 'vitest'
import { type Backend, loadBackend } from '../../../src/main/learn/backend'
import { addAnswer } from '../../../src/main/learn/proposing'
import { candidatesOf, leastOf, placeByScores, writeScores } from '../../../src/main/learn/whole'
import { bruteForce } from '../../shared/model/brute-force'
import { randomStream } from '../../../src/shared/model/random'
import { CUT_OFF_EDGE, GENERATED, problemOf } from './worlds'

let backend: Backend
beforeAll(async () => {
  backend = await loadBackend()
})

const open = (tasks: number, places: number) => ({ tasks, moves: new Uint8Array(places * places).fill(1) })
const placements = (all: readonly Uint8Array[]) => all.map((each) => [...each].join(''))

describe('order-preserving candidates', () => {
  it('with two places are those of the original’s thresholds', () => {
    // Relaxed decisions x: the logit of going is the margin. The published example: 0.2, 0.4, 0.7, 0.9.
    const relaxed = [0.2, 0.4, 0.7, 0.9]
    const scores = relaxed.flatMap((x) => [0, x - 0.5])
    // x > ½; then the thresholds 0.4, 0.7, 0.2, of which what is at least so much above ½, or what is at most so much below it, turns over.
    expect(placements(candidatesOf(open(4, 2), 2, scores, 4))).toEqual(['0011', '0111', '0001', '1111'])
  })

  it('with more places turn over the least certain first, together with those of the same two choices', () => {
    const scores = [3, 1, 0, 3, 2.5, 0, 0, 2, 1.8]
    // Margins 2, 0.5, 0.2: the third goes from 1 to 2, the second from 0 to 1, the first with it.
    expect(placements(candidatesOf(open(3, 3), 3, scores, 9))).toEqual(['001', '002', '011', '111'])
  })

  it('stay within reach, and the best of them is the one of least Q', () => {
    const problem = problemOf(CUT_OFF_EDGE, GENERATED)
    const K = problem.shape.places
    const random = randomStream(1, 'action')
    for (const episode of problem.heldOut) {
      const scores = Float64Array.from({ length: episode.tasks * K }, () => random.normal())
      const all = candidatesOf(episode, K, scores, episode.tasks)
      const costs = all.map((placement) => episode.model.total(placement))
      expect(costs.every(Number.isFinite)).toBe(true)
      expect(costs[leastOf(episode, K, all)]).toBe(Math.min(...costs))
      expect(Math.min(...costs)).toBeGreaterThanOrEqual(bruteForce(episode.costs, K).cost - 1e-12)
      expect(all[0]).toEqual(placeByScores(episode, K, scores))
    }
  })

  it('are one where there is one place, or one is asked for', () => {
    expect(candidatesOf(open(3, 1), 1, [1, 1, 1], 3)).toHaveLength(1)
    expect(candidatesOf(open(3, 2), 2, [1, 0, 1, 0, 1, 0], 1)).toHaveLength(1)
  })
})

describe('two questions a task', () => {
  it('place a task on the device, at the second or at the third place', () => {
    const shape = { places: 3, tasks: 4, deviceKinds: 1, coefficients: 0, megacyclesScale: 1, megabytesScale: 1 }
    const scores = new Float64Array(12)
    writeScores('placement-questions', shape, [-1, 5, 1, -2, 1, 2, -1, -5], 0, scores)
    expect([...placeByScores(open(4, 3), 3, scores)]).toEqual([0, 1, 2, 0])
  })

  it('have the sigmoid cross-entropy’s gradient, as automatic differentiation has it', () => {
    const { tf } = backend
    for (const z of [-30, -2, -0.1, 0, 0.4, 3, 40]) {
      for (const isYes of [false, true]) {
        const gradient = new Float32Array(1)
        const loss = addAnswer(Float32Array.of(z), 0, isYes, gradient, 1)
        const theirs = (x: Parameters<typeof tf.relu>[0]) =>
          tf.sum(tf.add(tf.sub(tf.relu(x), tf.mul(x, isYes ? 1 : 0)), tf.log1p(tf.exp(tf.neg(tf.abs(x))))))
        expect(loss).toBeCloseTo(theirs(tf.tensor1d([z])).dataSync()[0], 5)
        if (z !== 0)
          expect(gradient[0]).toBeCloseTo(
            tf
              .grad(theirs)(tf.tensor1d([z]))
              .dataSync()[0],
            5
          )
      }
    }
  })
})
