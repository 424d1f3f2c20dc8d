import { createHash } from 'node:crypto'
import type { Backend } from '../../../src/main/learn/backend'
import type { Learner, LearnedAlgorithm, Member as LearnerMember } from '../../../src/main/learn/learner'
import { dmro } from '../../../src/main/algorithms/dmro'
import { fomaml } from '../../../src/main/algorithms/fomaml'
import { meta } from '../../../src/main/algorithms/meta'
import { reptile } from '../../../src/main/algorithms/reptile'
import { dmroPlus } from '../../../src/main/algorithms/dmro-plus'
import { actorCritic } from '../../../src/main/algorithms/actor-critic'
import { ddlo } from '../../../src/main/algorithms/ddlo'
import { ddto } from '../../../src/main/algorithms/ddto'
import { droo } from '../../../src/main/algorithms/droo'
import { imitation } from '../../../src/main/algorithms/imitation'
import { ppo } from '../../../src/main/algorithms/ppo'
import { doubleDqn } from '../../../src/main/algorithms/double-dqn'
import { dqn } from '../../../src/main/algorithms/dqn'
import { duelingDqn } from '../../../src/main/algorithms/dueling-dqn'
import type { ParameterValues } from '../../../src/shared/algorithms/parameters'
import { smallParameters } from '../learn/worlds'

/** A learned algorithm in one of its readings. */
export interface Reading {
  name: string
  algorithm: LearnedAlgorithm
  changes: ParameterValues
}

export const READINGS: readonly Reading[] = [
  { name: 'dqn', algorithm: dqn, changes: {} },
  { name: 'double-dqn', algorithm: doubleDqn, changes: {} },
  { name: 'dueling-dqn', algorithm: duelingDqn, changes: {} },
  { name: 'dmro with the reward of the text', algorithm: dmro, changes: { reward: 'min-max' } },
  { name: 'dmro with −F', algorithm: dmro, changes: { reward: 'cost' } },
  { name: 'dmro by gradient descent', algorithm: dmro, changes: { reward: 'cost', optimiser: 'sgd', learningRateDecay: 'cosine' } },
  { name: 'dmro-plus', algorithm: dmroPlus, changes: {} },
  { name: 'dmro-plus, of what it did alone', algorithm: dmroPlus, changes: { counterfactual: false } },
  { name: 'dmro-plus, told its environment', algorithm: dmroPlus, changes: { conditioned: true } },
  { name: 'ddlo', algorithm: ddlo, changes: {} },
  { name: 'ddto', algorithm: ddto, changes: {} },
  { name: 'droo', algorithm: droo, changes: {} },
  { name: 'imitation', algorithm: imitation, changes: {} },
  { name: 'actor-critic', algorithm: actorCritic, changes: {} },
  { name: 'ppo', algorithm: ppo, changes: {} },
  { name: 'meta', algorithm: meta, changes: {} },
  { name: 'reptile', algorithm: reptile, changes: { innerSteps: 5 } },
  { name: 'first-order MAML', algorithm: fomaml, changes: { innerSteps: 4 } }
]

/** A member but for its parameters, which its reading gives. */
export type Member = Omit<LearnerMember, 'parameters'>

export function begin(backend: Backend, reading: Reading, members: readonly Member[], changes: ParameterValues = {}): Learner {
  const parameters = smallParameters(reading.algorithm.card, { ...reading.changes, ...changes })
  return reading.algorithm.start(
    backend,
    members.map((member) => ({ ...member, parameters }))
  )
}

/** What one member's curves hold: loss, reward, ε and learning rate of each learn step. */
export type Curve = number[]

/** Learns until `steps`; the curves of every member. */
export function learnUntil(learner: Pick<Learner, 'steps' | 'learn'>, steps: number): Curve[] {
  const curves: Curve[] = []
  while (learner.steps < steps) {
    learner.learn().forEach(({ loss, reward, epsilon, learningRate }, m) => {
      curves[m] ??= []
      curves[m].push(loss, reward, epsilon ?? 0, learningRate)
    })
  }
  return curves
}

/** SHA-256 over a member's curve and its whole state: weights, optimiser, memory pool and random streams. */
export function fingerprint(curve: Curve, learner: Pick<Learner, 'checkpoint' | 'policy'>, member = 0): string {
  return createHash('sha256')
    .update(Float64Array.from(curve))
    .update(learner.checkpoint(member))
    .update(learner.policy(member))
    .digest('hex')
}
