import type { RandomStream } from '@shared/model/random'
import type { Backend, Tensor } from './backend'
import {
  backward,
  duelingMatrix,
  forward,
  initialWeights,
  type NetworkShape,
  parameterCount,
  splitLayers,
  stackUnits,
  unstackUnits
} from './network'
import { add, multiply } from './operations'
import {
  type AdamConstants,
  type AdamOptions,
  adam,
  adamConstants,
  adamRate,
  type OptimiserName,
  type OptimiserState,
  sgd
} from './optimiser'

/** Everything an ensemble is between two learn steps, unit by unit. */
export interface EnsembleSnapshot {
  steps: number
  online: Float32Array[]
  target: Float32Array[]
  first: Float32Array[]
  second: Float32Array[]
}

/** What a learner wants changed: gradient of the loss by each Q-value, [units·rows·K]. */
export type ValueGradient = (values: Float32Array) => Float32Array

/**
 * Q-networks that learn side by side: each unit an online and a target network, all units one tensor.
 * Calls cost a few large operations whatever the number of units.
 */
export class Ensemble {
  #backend: Backend
  #state: OptimiserState
  #online: Tensor[]
  #target: Tensor[]
  #targetParameters: Tensor
  #dueling: Tensor | undefined
  #adam: AdamConstants
  readonly #beta1: number | undefined
  readonly #weightDecay: Tensor | undefined
  #steps: number
  /** Until the next change. */
  #snapshot: EnsembleSnapshot | undefined

  constructor(
    backend: Backend,
    readonly shape: NetworkShape,
    readonly units: number,
    snapshot: EnsembleSnapshot,
    { beta1, weightDecay = 0 }: AdamOptions = {}
  ) {
    this.#backend = backend
    const { tf } = backend
    const stacked = (parts: Float32Array[]) => tf.tensor1d(stackUnits(shape, parts))
    this.#state = { parameters: stacked(snapshot.online), first: stacked(snapshot.first), second: stacked(snapshot.second) }
    this.#targetParameters = stacked(snapshot.target)
    this.#online = splitLayers(tf, shape, units, this.#state.parameters)
    this.#target = splitLayers(tf, shape, units, this.#targetParameters)
    this.#steps = snapshot.steps
    this.#adam = adamConstants(tf, beta1)
    this.#beta1 = beta1
    if (weightDecay > 0) this.#weightDecay = tf.scalar(weightDecay)
    if (shape.head === 'dueling') this.#dueling = tf.tidy(() => tf.tile(duelingMatrix(tf, shape.outputs), [units, 1, 1]))
  }

  /** Fresh units with weights from `random`, or from `initial` (one array a unit). */
  static freshSnapshot(shape: NetworkShape, units: number, random: RandomStream, initial?: Float32Array[]): EnsembleSnapshot {
    const online = initial ? initial.map((weights) => weights.slice()) : Array.from({ length: units }, () => initialWeights(shape, random))
    const zeros = () => online.map(() => new Float32Array(parameterCount(shape)))
    return { steps: 0, online, target: online, first: zeros(), second: zeros() }
  }

  /** Learn steps made so far. */
  get steps(): number {
    return this.#steps
  }

  /** Q-values [units·rows·K] of `states` [units·rows·inputs] by the online or the target networks. */
  values(states: Float32Array, which: 'online' | 'target'): Float32Array {
    const { tf } = this.#backend
    // Not returned from tidy, which would look for tensors in the array number by number.
    let values = new Float32Array(0)
    tf.tidy(() => {
      values = forward(tf, this.#weights(which), this.#input(states), this.#dueling).values.dataSync() as Float32Array<ArrayBuffer>
    })
    return values
  }

  /**
   * One learn step on `states` [units·rows·inputs]: `gradient` sees their online Q-values and says how the loss changes with each.
   * `rates`: the learning rate of each unit.
   */
  learn(states: Float32Array, gradient: ValueGradient, optimiser: OptimiserName, rates: readonly number[]): void {
    const { tf } = this.#backend
    this.#apply(
      tf.tidy(() => this.#gradient(states, gradient)),
      optimiser,
      rates
    )
  }

  /** The gradient of a loss by each unit's parameters [units][parameters], as `learn` would follow it; nothing is changed. */
  gradientOf(states: Float32Array, gradient: ValueGradient): Float32Array[] {
    const { tf } = this.#backend
    let stacked = new Float32Array(0)
    tf.tidy(() => {
      stacked = this.#gradient(states, gradient).dataSync() as Float32Array<ArrayBuffer>
    })
    return unstackUnits(this.shape, this.units, stacked)
  }

  /** One learn step along a gradient [units][parameters] that came from elsewhere. */
  follow(gradient: readonly Float32Array[], optimiser: OptimiserName, rates: readonly number[]): void {
    this.#apply(this.#backend.tf.tensor1d(stackUnits(this.shape, gradient)), optimiser, rates)
  }

  #gradient(states: Float32Array, gradient: ValueGradient): Tensor {
    const { tf } = this.#backend
    const activations = forward(tf, this.#online, this.#input(states), this.#dueling)
    const change = tf.tensor(gradient(activations.values.dataSync() as Float32Array), activations.values.shape)
    return backward(tf, this.shape, this.#online, activations, change, this.#dueling)
  }

  #apply(gradient: Tensor, optimiser: OptimiserName, rates: readonly number[]): void {
    const { tf } = this.#backend
    const step = this.#steps + 1
    this.#snapshot = undefined
    const next = tf.tidy(() => {
      const along = this.#weightDecay ? add(tf, gradient, multiply(tf, this.#state.parameters, this.#weightDecay)) : gradient
      if (optimiser === 'adam')
        return { ...adam(tf, this.#adam, this.#state, along, this.#spread(rates.map((rate) => adamRate(rate, step, this.#beta1)))) }
      return { ...sgd(tf, this.#state, along, this.#spread(rates)) }
    })
    gradient.dispose()
    for (const key of ['parameters', 'first', 'second'] as const) {
      if (next[key] !== this.#state[key]) this.#state[key].dispose()
    }
    this.#state = next
    this.#steps = step
    tf.dispose(this.#online)
    this.#online = splitLayers(tf, this.shape, this.units, next.parameters)
  }

  /** Parameter freezing: the online weights become the target's. */
  copyToTarget(): void {
    const { tf } = this.#backend
    this.#snapshot = undefined
    tf.dispose([this.#targetParameters, ...this.#target])
    this.#targetParameters = this.#state.parameters.clone()
    this.#target = splitLayers(tf, this.shape, this.units, this.#targetParameters)
  }

  /** Everything the ensemble is now, downloaded once until it changes; not to be written to. */
  snapshot(): EnsembleSnapshot {
    this.#snapshot ??= this.#download()
    return this.#snapshot
  }

  #download(): EnsembleSnapshot {
    const parts = (tensor: Tensor) => unstackUnits(this.shape, this.units, tensor.dataSync() as Float32Array)
    return {
      steps: this.#steps,
      online: parts(this.#state.parameters),
      target: parts(this.#targetParameters),
      first: parts(this.#state.first),
      second: parts(this.#state.second)
    }
  }

  dispose(): void {
    const { tf } = this.#backend
    const { parameters, first, second } = this.#state
    tf.dispose([parameters, first, second, this.#targetParameters, ...this.#online, ...this.#target])
    tf.dispose({ ...this.#adam })
    this.#dueling?.dispose()
    this.#weightDecay?.dispose()
  }

  /** A number for each unit as one that all share, or as a number for each parameter, in storage order. */
  #spread(numbers: readonly number[]): Tensor {
    if (numbers.every((value) => value === numbers[0])) return this.#backend.tf.scalar(numbers[0])
    const each = parameterCount(this.shape)
    return this.#backend.tf.tensor1d(
      stackUnits(
        this.shape,
        numbers.map((value) => new Float32Array(each).fill(value))
      )
    )
  }

  #weights(which: 'online' | 'target'): Tensor[] {
    return which === 'online' ? this.#online : this.#target
  }

  #input(states: Float32Array): Tensor {
    return this.#backend.tf.tensor(states, [this.units, states.length / (this.units * this.shape.inputs), this.shape.inputs])
  }
}
