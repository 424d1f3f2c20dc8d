import { count } from '@shared/format'
import { EXECUTIONS, type Execution } from '@shared/model/scenario'
import { type NetworkShape, parameterCount } from '../network'
import { join, pack, partition, unpack } from '../packing'
import { PolicyMisfitError, type ValueKind } from '../policy'
import { AHEAD, type BatchShape, featureCount, Q_AHEAD } from './features'
import type { BatchProblem } from './problem'
import { assertTollFits, type TollCard, type TollPolicy, tollPolicyOf, tollPolicyWords } from './toll-policy'

/** What a policy of networks for graphs or shared machines was made for; with its weights it is all that deciding needs. */
export interface BatchPolicyCard {
  format: 'dmro-policy/2'
  kind: ValueKind
  execution: Execution
  /** In what order tasks are decided, and what the networks are told of a state. */
  order: 'upward-rank'
  features: 'features/1'
  /** K, M and, of the longest workflow, N. */
  shape: BatchShape & { tasks: number }
  network: NetworkShape
  units: number
  /** How plans are made from after-values: states of the beam, and evaluations of annealing after it. */
  beam: number
  polish: number
  /** The temperature at which that annealing begins, in units of Q. */
  warmth: number
}

export interface BatchPolicy {
  card: BatchPolicyCard
  /** [units] parameters of each network. */
  weights: Float32Array[]
}

export const BATCH_POLICY = 'dmro-policy/2'

export function batchPolicyBytes(
  { kind, network, beam, polish, warmth }: Pick<BatchPolicyCard, 'kind' | 'network' | 'beam' | 'polish' | 'warmth'>,
  problem: BatchProblem,
  weights: readonly Float32Array[]
): Uint8Array {
  const card: BatchPolicyCard = {
    format: BATCH_POLICY,
    kind,
    execution: problem.world.scenario.execution ?? 'independent',
    order: 'upward-rank',
    features: 'features/1',
    shape: { ...problem.shape, tasks: problem.tasks },
    network,
    units: weights.length,
    beam,
    polish,
    warmth
  }
  return pack({ data: card, arrays: { weights: join(weights) } })
}

const isSize = (value: unknown, least = 1) => Number.isInteger(value) && Number(value) >= least && Number(value) <= 1e7

/** Whether bytes hold a policy for graphs or shared machines. Throws RangeError where they do not hold a policy at all. */
export function isBatchPolicy(bytes: Uint8Array): boolean {
  return (unpack(bytes).data as { format?: unknown } | null)?.format === BATCH_POLICY
}

/** A policy of networks, or one of tolls for streams. Throws RangeError where the bytes hold neither. */
export function readBatchPolicy(bytes: Uint8Array): BatchPolicy | TollPolicy {
  const { data, arrays } = unpack(bytes)
  const toll = (data as { format?: unknown } | null)?.format === BATCH_POLICY ? tollPolicyOf(data, arrays) : undefined
  if (toll) return toll
  const { weights } = arrays
  if (!isCard(data) || !(weights instanceof Float32Array)) throw new RangeError('these bytes are not a policy for graphs')
  if (weights.length !== data.units * parameterCount(data.network)) throw new RangeError('the policy’s weights do not fit its card')
  return { card: data, weights: partition(weights, data.units) }
}

function isCard(data: unknown): data is BatchPolicyCard {
  const card = data as BatchPolicyCard | null
  if (card?.format !== BATCH_POLICY || !card.shape || !card.network) return false
  const { shape, network, kind } = card
  if (card.order !== 'upward-rank' || card.features !== 'features/1' || !EXECUTIONS.includes(card.execution)) return false
  if (![shape.places, shape.together, shape.tasks, network.inputs, network.hidden, card.units, card.beam].every((size) => isSize(size)))
    return false
  if (
    !isSize(card.polish, 0) ||
    !(card.warmth > 0) ||
    !(shape.megabytesScale > 0) ||
    (network.head !== 'plain' && network.head !== 'dueling')
  )
    return false
  if (kind === 'after-values') return network.outputs === 1 && network.inputs === featureCount(shape, AHEAD)
  const outputs = kind === 'state-values' || kind === 'move-logits' ? shape.places : kind === 'actor-critic' ? shape.places + 1 : undefined
  return network.outputs === outputs && network.inputs === featureCount(shape, Q_AHEAD)
}

/** [units] weights to start from, out of a policy for graphs. Throws PolicyMisfitError where its networks are others, or give something else. */
export function batchUnits(bytes: Uint8Array, wanted: NetworkShape, units: number, kind?: ValueKind): Float32Array[] {
  if (!isBatchPolicy(bytes)) throw new PolicyMisfitError('the policy is for chains; this run learns on graphs or shared machines')
  const policy = readBatchPolicy(bytes)
  if ('coefficients' in policy) throw new PolicyMisfitError(`the policy is for ${tollPolicyWords(policy.card)}; this run trains networks`)
  const { card, weights } = policy
  const same = (['inputs', 'hidden', 'outputs', 'head'] as const).every((key) => card.network[key] === wanted[key])
  if (!same || (kind && kind !== card.kind)) {
    throw new PolicyMisfitError(
      `the policy is for ${batchPolicyWords(card)}; this run’s networks are of another shape. Give it the same places, workflows together, hidden units and algorithm`
    )
  }
  return Array.from({ length: units }, (_, unit) => weights[unit % weights.length])
}

/** Refuses a problem that the policy does not fit, naming both. */
export function assertBatchFits(card: BatchPolicyCard | TollCard, problem: BatchProblem): void {
  if (card.kind === 'toll') return assertTollFits(card, problem)
  const { shape, execution } = card
  const say = (what: string, made: number, met: number) => {
    throw new PolicyMisfitError(
      `the policy was made for ${made} ${what}, this scenario has ${met}; train a policy on this scenario or choose one that fits`
    )
  }
  const met = problem.world.scenario.execution ?? 'independent'
  if (met !== execution) throw new PolicyMisfitError(`the policy was made for execution "${execution}", this scenario is "${met}"`)
  if (problem.shape.places !== shape.places) say('places (K)', shape.places, problem.shape.places)
  if (problem.shape.together > shape.together) say('workflows together at most (M)', shape.together, problem.shape.together)
  if (problem.tasks > shape.tasks) say('tasks per workflow at most (N)', shape.tasks, problem.tasks)
}

/** What a policy was made for, in words. */
export function batchPolicyWords({ shape, units, network, execution }: BatchPolicyCard): string {
  return `${execution}, K ${shape.places}, N ${shape.tasks}, M ${shape.together}: ${count(units, 'network', 'networks')} of ${count(network.hidden, 'hidden unit', 'hidden units')}`
}
