import type { ParameterValues } from '@shared/algorithms/parameters'
import type { Tensor, Tensors } from './backend'
import { add, divide, multiply, square, squareRoot, subtract } from './operations'

export type OptimiserName = 'adam' | 'sgd'

export const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const

/** What an algorithm may have otherwise: Adam's β₁, and the share of the weights that is added to their gradient. */
export interface AdamOptions {
  beta1?: number
  weightDecay?: number
}

/** Parameters and the optimiser's memory of them: values in, values out. */
export interface OptimiserState {
  parameters: Tensor
  /** Adam's running means of the gradient and its square; untouched by SGD. */
  first: Tensor
  second: Tensor
}

/**
 * The rate of an Adam step with both bias corrections folded in (D. Kingma & J. Ba 2015, section 2). `step` counts from 1;
 * the corrections are computed from it again, so that a resumed run takes the same bits.
 */
export function adamRate(rate: number, step: number, beta1: number = ADAM.beta1): number {
  const { beta2 } = ADAM
  return (rate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step)
}

/** The numbers of every Adam step as tensors, made once. */
export interface AdamConstants {
  beta1: Tensor
  rest1: Tensor
  beta2: Tensor
  rest2: Tensor
  epsilon: Tensor
}

/** The caller disposes of them. */
export function adamConstants(tf: Tensors, beta1: number = ADAM.beta1): AdamConstants {
  const { beta2, epsilon } = ADAM
  return {
    beta1: tf.scalar(beta1),
    rest1: tf.scalar(1 - beta1),
    beta2: tf.scalar(beta2),
    rest2: tf.scalar(1 - beta2),
    epsilon: tf.scalar(epsilon)
  }
}

/**
 * One Adam step (D. Kingma & J. Ba 2015, algorithm 1). `corrected`: `adamRate` of all parameters, or one for each. Call inside
 * tf.tidy.
 */
export function adam(tf: Tensors, constants: AdamConstants, state: OptimiserState, gradient: Tensor, corrected: Tensor): OptimiserState {
  const { beta1, rest1, beta2, rest2, epsilon } = constants
  const first = add(tf, multiply(tf, state.first, beta1), multiply(tf, gradient, rest1))
  const second = add(tf, multiply(tf, state.second, beta2), multiply(tf, square(tf, gradient), rest2))
  const change = divide(tf, multiply(tf, first, corrected), add(tf, squareRoot(tf, second), epsilon))
  return { parameters: subtract(tf, state.parameters, change), first, second }
}

/** One step of plain stochastic gradient descent; `rate` of all parameters, or one for each. Call inside tf.tidy. */
export function sgd(tf: Tensors, state: OptimiserState, gradient: Tensor, rate: Tensor): OptimiserState {
  return { ...state, parameters: subtract(tf, state.parameters, multiply(tf, gradient, rate)) }
}

/** [runs] the learning rate of each at `step` of `total` (0-based), as its parameters have it. */
export function ratesAt(parameters: readonly ParameterValues[], step: number, total: number): number[] {
  return parameters.map(({ learningRate, learningRateDecay, finalLearningRate }) =>
    learningRateAt(Number(learningRate), learningRateDecay === 'cosine' ? 'cosine' : 'none', Number(finalLearningRate), step, total)
  )
}

/** The learning rate at `step` of `total` (0-based): constant, or falling by half a cosine to `final` of its start. */
export function learningRateAt(base: number, decay: 'none' | 'cosine', final: number, step: number, total: number): number {
  if (decay === 'none') return base
  return base * (final + (1 - final) * 0.5 * (1 + Math.cos((Math.PI * step) / total)))
}
