import { beforeAll, describe, expect, it } from 'vitest'
import { type Backend, loadBackend } from '../../../src/main/learn/backend'
import type { Problem } from '../../../src/main/learn/problem'
import { CUT_OFF_EDGE, GENERATED, problemOf, TRAPS } from '../learn/worlds'
import { begin, fingerprint, learnUntil, READINGS, type Reading } from './trial'

let backend: Backend
beforeAll(async () => {
  backend = await loadBackend()
})

/** Beyond update 137, where an optimiser that keeps rounded powers of its means would go astray. */
const LENGTH = 160

function whole(reading: Reading, problem: Problem, seed: number, length: number): string {
  const learner = begin(backend, reading, [{ problem, seed }], { learnSteps: length })
  const [curve] = learnUntil(learner, length)
  const sum = fingerprint(curve, learner)
  learner.dispose()
  return sum
}

/** The same run put away as bytes after each of `stops` learn steps and gone on with by a new learner. */
function interrupted(reading: Reading, problem: () => Problem, seed: number, length: number, stops: readonly number[]): string {
  let checkpoint: Uint8Array | undefined
  const curve: number[] = []
  for (const stop of stops) {
    const learner = begin(backend, reading, [{ problem: problem(), seed, checkpoint }], { learnSteps: length })
    curve.push(...learnUntil(learner, stop)[0])
    checkpoint = Uint8Array.from(learner.checkpoint(0))
    learner.dispose()
  }
  const learner = begin(backend, reading, [{ problem: problem(), seed, checkpoint }], { learnSteps: length })
  curve.push(...learnUntil(learner, length)[0])
  const sum = fingerprint(curve, learner)
  learner.dispose()
  return sum
}

describe.each(READINGS)('$name', (reading) => {
  let once: string
  beforeAll(() => {
    once = whole(reading, problemOf(), 5, LENGTH)
  })

  it('repeats to the bit with the same seed and differs with another', () => {
    expect(whole(reading, problemOf(), 5, LENGTH)).toBe(once)
    expect(whole(reading, problemOf(), 6, 5)).not.toBe(whole(reading, problemOf(), 5, 5))
  })

  it('continues from any checkpoint to the bits of the uninterrupted run', () => {
    expect(interrupted(reading, problemOf, 5, LENGTH, [1, 40, 139, 157])).toBe(once)
  })

  it('does so on workflows of several lengths and jittered sizes too', () => {
    const problem = () => problemOf(undefined, TRAPS, { jitter: 0.3 })
    expect(interrupted(reading, problem, 5, 50, [17, 41])).toBe(whole(reading, problem(), 5, 50))
  })

  it('does so for several kinds of device, one place out of reach', () => {
    const problem = () => problemOf(CUT_OFF_EDGE, GENERATED)
    expect(interrupted(reading, problem, 5, 50, [23])).toBe(whole(reading, problem(), 5, 50))
  })
})

describe('runs that learn side by side', () => {
  const ensembles = READINGS.filter(({ algorithm }) => algorithm.card.parameters.some(({ key }) => key === 'units'))
  const problems = () => [problemOf(), problemOf(undefined, { ...GENERATED, seed: 8 })]

  it.each(ensembles)('are each the run it is alone, to the bit: $name', (reading) => {
    const members = problems().map((problem, m) => ({ problem, seed: 10 + m }))
    const together = begin(backend, reading, members)
    const curves = learnUntil(together, 100)
    const decisions = together.decide(members.map(({ problem }) => problem.heldOut))
    members.forEach((member, m) => {
      const alone = begin(backend, reading, [member])
      const [curve] = learnUntil(alone, 100)
      expect(curve).toEqual(curves[m])
      expect(fingerprint(curve, alone)).toBe(fingerprint(curves[m], together, m))
      expect(alone.decide([member.problem.heldOut])[0]).toEqual(decisions[m])
      alone.dispose()
    })
    together.dispose()
  })

  // A single network is multiplied by other code than several, so single-network runs agree to rounding only.
  it.each(READINGS.filter((reading) => !ensembles.includes(reading)))('start as they do alone, to rounding: $name', (reading) => {
    const members = problems().map((problem, m) => ({ problem, seed: 10 + m }))
    const together = begin(backend, reading, members)
    const curves = learnUntil(together, 10)
    members.forEach((member, m) => {
      const alone = begin(backend, reading, [member])
      learnUntil(alone, 10)[0].forEach((value, i) => {
        expect(Math.abs(value - curves[m][i])).toBeLessThan(1e-3 * Math.max(1, Math.abs(value)))
      })
      alone.dispose()
    })
    together.dispose()
  })

  it('can be taken apart: a member’s checkpoint goes on alone', () => {
    const reading = READINGS.find(({ name }) => name === 'dmro with −F')
    if (!reading) throw new Error('no such reading')
    const members = problems().map((problem, m) => ({ problem, seed: 10 + m }))
    const together = begin(backend, reading, members)
    learnUntil(together, 50)
    const alone = begin(backend, reading, [{ ...members[1], checkpoint: together.checkpoint(1) }])
    expect(learnUntil(alone, 100)[0]).toEqual(learnUntil(together, 100)[1])
    for (const learner of [alone, together]) learner.dispose()
  })
})

describe('tensors', () => {
  const names = ['dqn', 'dueling-dqn', 'dmro with the reward of the text', 'dmro-plus']

  it.each(READINGS.filter(({ name }) => names.includes(name)))(
    'are as many after 1,000 learn steps as after the first: $name',
    (reading) => {
      const { tf } = backend
      const before = tf.memory().numTensors
      const problem = problemOf()
      const learner = begin(backend, reading, [{ problem, seed: 1 }], { learnSteps: 1000 })
      learner.learn()
      const after = tf.memory().numTensors
      while (learner.steps < 1000) {
        learner.learn()
        if (learner.steps % 100 === 0) learner.decide([problem.heldOut])
        expect(tf.memory().numTensors).toBe(after)
      }
      learner.checkpoint(0)
      learner.policy(0)
      expect(tf.memory().numTensors).toBe(after)
      learner.dispose()
      expect(tf.memory().numTensors).toBe(before)
    }
  )
})
