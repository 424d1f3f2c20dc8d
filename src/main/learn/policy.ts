import { type NetworkShape, parameterCount } from './network'
import { join, pack, partition, unpack } from './packing'
import type { Problem } from './problem'
import type { StateShape } from './state'

/** What the outputs of a policy's networks mean. */
export type ValueKind =
  /** Q(S_i, a), eq. (18). */
  | 'state-values'
  /** V of the remaining workflow with the last task at place a; Q = −F + V. */
  | 'after-values'

/** What a policy was made for; with its weights it is all that deciding needs. */
export interface PolicyCard {
  format: 'dmro-policy/1'
  kind: ValueKind
  shape: StateShape
  network: NetworkShape
  units: number
  /** What costs are divided by before the networks' values are added to them. */
  costScale: number
}

export interface Policy {
  card: PolicyCard
  /** [units] parameters of each network. */
  weights: Float32Array[]
}

export function policyBytes(kind: ValueKind, network: NetworkShape, problem: Problem, weights: readonly Float32Array[]): Uint8Array {
  const card: PolicyCard = {
    format: 'dmro-policy/1',
    kind,
    shape: problem.shape,
    network,
    units: weights.length,
    costScale: problem.costScale
  }
  return pack({ data: card, arrays: { weights: join(weights) } })
}

/** Throws RangeError where the bytes hold no policy. */
export function readPolicy(bytes: Uint8Array): Policy {
  const { data, arrays } = unpack(bytes)
  const card = data as PolicyCard
  const weights = arrays.weights
  if (card?.format !== 'dmro-policy/1' || !(weights instanceof Float32Array)) throw new RangeError('these bytes hold no policy')
  if (weights.length !== card.units * parameterCount(card.network)) throw new RangeError('the policy’s weights do not fit its card')
  return { card, weights: partition(weights, card.units) }
}

/** Thrown where a policy meets a world it was not made for. */
export class PolicyMisfitError extends Error {
  override name = 'PolicyMisfitError'
}

/** Refuses a problem the policy does not fit, naming both. */
export function assertFits(card: PolicyCard, problem: Problem): void {
  const { shape } = problem
  const say = (what: string, made: number, met: number) => {
    throw new PolicyMisfitError(
      `the policy was made for ${made} ${what}, this scenario has ${met}; train a policy on this scenario or choose one that fits`
    )
  }
  if (shape.places !== card.shape.places) say('places (K)', card.shape.places, shape.places)
  if (shape.deviceKinds !== card.shape.deviceKinds) say('kinds of device', card.shape.deviceKinds, shape.deviceKinds)
  if (shape.tasks > card.shape.tasks) say('tasks a workflow at most (N)', card.shape.tasks, shape.tasks)
}
