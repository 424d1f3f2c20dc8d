import type { Chain } from '@shared/model/workflow'

/** What a policy was made for, as far as its inputs go. */
export interface StateShape {
  /** K, places a task may be put. */
  places: number
  /** N, the longest workflow; shorter ones are padded with zeros. */
  tasks: number
  /** Device kinds with different coefficients; their one-hot is appended where there are several. */
  deviceKinds: number
  /** Numbers that tell the environment itself, appended to a conditioned state (see coefficients.ts); 0: the paper's state. */
  coefficients: number
  /** What sizes are divided by, so that they are in [0, 1]. */
  megacyclesScale: number
  megabytesScale: number
}

/** Length of a workflow's feature vector: e₀,₁ v₁ e₁,₂ … v_N e_N,N+1. */
export function featureLength(shape: StateShape): number {
  return 2 * shape.tasks + 1
}

/** Length of what a state says of the environment: the device kind where there are several, then the coefficients. */
export function contextLength(shape: StateShape): number {
  return (shape.deviceKinds > 1 ? shape.deviceKinds : 0) + shape.coefficients
}

/** Length of S_i, eq. (13): previous place, remaining workflow, and its context. */
export function stateLength(shape: StateShape): number {
  return shape.places + restLength(shape)
}

/** Length of the remaining workflow alone (with its context). */
export function restLength(shape: StateShape): number {
  return featureLength(shape) + contextLength(shape)
}

/** [2N + 1] the scaled sizes of a workflow, zero where it is shorter than N. */
export function chainFeatures(shape: StateShape, chain: Chain): Float32Array {
  const features = new Float32Array(featureLength(shape))
  for (let i = 0; i < chain.megacycles.length; i++) {
    features[2 * i] = (chain.megabytes[i] || 0) / shape.megabytesScale
    features[2 * i + 1] = chain.megacycles[i] / shape.megacyclesScale
  }
  features[2 * chain.megacycles.length] = (chain.megabytes[chain.megacycles.length] || 0) / shape.megabytesScale
  return features
}

/** What of an episode a state is written from. */
export interface Described {
  /** [2N + 1] scaled sizes of the whole workflow. */
  features: Float32Array
  /** [contextLength] what the state says of the environment. */
  context: Float32Array
}

/** Writes the remaining workflow at task `i`, shifted to the front, at `out[at]`; `out` must hold zeros there. */
export function writeRest({ features, context }: Described, i: number, out: Float32Array, at: number): void {
  for (let from = 2 * i, to = at; from < features.length; from++, to++) out[to] = features[from]
  out.set(context, at + features.length)
}

/**
 * Writes S_i, eq. (13), at `out[at]`; `out` must hold zeros there. `places` is K.
 *
 * @paper eq. (13): The previous place is a one-hot of K numbers instead of one number, so that places are not ordered; at the start it is the device. Sizes are divided by the workload’s greatest, and what remains is shifted to the front and padded with zeros. Kinds of device and, with "conditioned", the environment’s coefficients follow.
 */
export function writeState(places: number, described: Described, i: number, previous: number, out: Float32Array, at: number): void {
  out[at + previous] = 1
  writeRest(described, i, out, at + places)
}
