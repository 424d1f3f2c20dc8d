import type { NetworkKind } from '@shared/algorithms/card'
import type { References } from '@shared/model/objective'
import { coefficientCount } from './coefficients'
import { type NetworkShape, parameterCount } from './network'
import { join, pack, partition, unpack } from './packing'
import type { Problem } from './problem'
import { restLength, type StateShape, stateLength } from './state'

/** What the outputs of a policy's networks mean. */
export type ValueKind = NetworkKind['values']

/** Networks of a shape, and what their outputs mean. */
export interface ShapedValues {
  kind: ValueKind
  network: NetworkShape
}

/** What a policy was made for; with its weights it is all that deciding needs. */
export interface PolicyCard {
  format: 'dmro-policy/1'
  kind: ValueKind
  shape: StateShape
  network: NetworkShape
  units: number
  /** T_ref and E_ref of the costs the networks learned. */
  references: References
  /** What those costs are divided by before the networks' values are added to them. */
  costScale: number
  /** h: tasks planned exactly before after-values are asked; 1 where it is not said. */
  horizon?: number
  /** Placements that are made of one output and compared by their true Q; 1 where it is not said. */
  candidates?: number
}

export interface Policy {
  card: PolicyCard
  /** [units] parameters of each network. */
  weights: Float32Array[]
}

export function policyBytes(
  kind: ValueKind,
  network: NetworkShape,
  problem: Problem,
  weights: readonly Float32Array[],
  horizon = 1,
  candidates = 1
): Uint8Array {
  const card: PolicyCard = {
    format: 'dmro-policy/1',
    kind,
    shape: problem.shape,
    network,
    units: weights.length,
    references: problem.compiled.references,
    costScale: problem.costScale,
    ...(horizon !== 1 && { horizon }),
    ...(candidates !== 1 && { candidates })
  }
  return pack({ data: card, arrays: { weights: join(weights) } })
}

const isSize = (value: unknown) => Number.isInteger(value) && Number(value) > 0 && Number(value) <= 1e6
const isScale = (value: unknown) => Number.isFinite(value) && Number(value) > 0

/** Whether a header from outside is a card whose networks take the states and give the values it says. */
function isCard(data: unknown): data is PolicyCard {
  const card = data as PolicyCard | null
  if (card?.format !== 'dmro-policy/1' || !card.shape || !card.network || !card.references) return false
  const { shape, network, references, kind } = card
  const sizes = [shape.places, shape.tasks, shape.deviceKinds, network.inputs, network.hidden, network.outputs, card.units]
  if (!Number.isInteger(shape.coefficients) || (shape.coefficients !== 0 && shape.coefficients !== coefficientCount(shape.places)))
    return false
  const scales = [shape.megacyclesScale, shape.megabytesScale, card.costScale, references.delaySeconds, references.energyJoules]
  if (!sizes.every(isSize) || !scales.every(isScale) || !isSize(card.horizon ?? 1)) return false
  if (!isSize(card.candidates ?? 1) || !isSize(network.second ?? network.hidden)) return false
  if (network.outputs !== outputsOf(kind, shape) || (network.head !== 'plain' && network.head !== 'dueling')) return false
  return network.inputs === (isOfStates(kind) ? stateLength(shape) : restLength(shape))
}

/** Whether networks of a kind are told the previous place. */
function isOfStates(kind: ValueKind): boolean {
  return kind === 'state-values' || kind === 'move-logits' || kind === 'actor-critic'
}

/** The outputs of networks of a kind; undefined of an unknown one. */
export function outputsOf(kind: ValueKind, { places, tasks }: Pick<StateShape, 'places' | 'tasks'>): number | undefined {
  switch (kind) {
    case 'state-values':
    case 'after-values':
    case 'move-logits':
      return places
    case 'actor-critic':
      return places + 1
    case 'placement-logits':
      return tasks * places
    case 'placement-questions':
      return places === 3 ? 2 * tasks : undefined
    default:
      return undefined
  }
}

/** Throws RangeError where the bytes hold no policy. */
export function readPolicy(bytes: Uint8Array): Policy {
  const { data, arrays } = unpack(bytes)
  const weights = arrays.weights
  if (!isCard(data) || !(weights instanceof Float32Array)) throw new RangeError('these bytes are not a policy')
  if (weights.length !== data.units * parameterCount(data.network)) throw new RangeError('the policy’s weights do not fit its card')
  return { card: data, weights: partition(weights, data.units) }
}

/** Thrown where a policy meets a world it was not made for. */
export class PolicyMisfitError extends Error {
  override name = 'PolicyMisfitError'
}

const inWords = ({ kind, network: { inputs, hidden, outputs, head, second = hidden } }: ShapedValues) =>
  `${inputs} → ${hidden} → ${second} → ${outputs}${head === 'dueling' ? ' (dueling)' : ''}, ${kind}`

/**
 * [units] weights to start from, out of a policy: its networks in turn, from the first again where more are wanted.
 * Throws RangeError where the bytes hold no policy, PolicyMisfitError naming both shapes where its networks are others.
 */
export function initialUnits(bytes: Uint8Array, wanted: ShapedValues, units: number): Float32Array[] {
  const { card, weights } = readPolicy(bytes)
  if (inWords(card) !== inWords(wanted)) {
    throw new PolicyMisfitError(
      `the policy’s networks are ${inWords(card)}; this run’s are ${inWords(wanted)}. Give the run the same places K, tasks N, hidden units and algorithm, or choose a policy of its shape`
    )
  }
  return Array.from({ length: units }, (_, unit) => weights[unit % weights.length])
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
  if (shape.tasks > card.shape.tasks) say('tasks per workflow at most (N)', card.shape.tasks, shape.tasks)
}
