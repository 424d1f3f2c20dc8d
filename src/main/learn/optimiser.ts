import type { Tensor, Tensors } from './backend'

export type OptimiserName = 'adam' | 'sgd'

export const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const

/** Parameters and the optimiser's memory of them: values in, values out. */
export interface OptimiserState {
  parameters: Tensor
  /** Adam's running means of the gradient and its square; untouched by SGD. */
  first: Tensor
  second: Tensor
}

/**
 * The rate of an Adam step with both bias corrections folded in (D. Kingma & J. Ba 2015, section 2). `step` counts from 1;
 * the corrections are computed from it anew, so that a resumed run takes the same bits.
 */
export function adamRate(rate: number, step: number): number {
  const { beta1, beta2 } = ADAM
  return (rate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step)
}

/** One Adam step (D. Kingma & J. Ba 2015, algorithm 1). `corrected`: `adamRate` of all parameters, or one for each. */
export function adam(tf: Tensors, state: OptimiserState, gradient: Tensor, corrected: number | Tensor): OptimiserState {
  const { beta1, beta2, epsilon } = ADAM
  const first = tf.add(tf.mul(state.first, beta1), tf.mul(gradient, 1 - beta1))
  const second = tf.add(tf.mul(state.second, beta2), tf.mul(tf.square(gradient), 1 - beta2))
  const change = tf.div(tf.mul(first, corrected), tf.add(tf.sqrt(second), epsilon))
  return { parameters: tf.sub(state.parameters, change), first, second }
}

/** One step of plain stochastic gradient descent; `rate` of all parameters, or one for each. */
export function sgd(tf: Tensors, state: OptimiserState, gradient: Tensor, rate: number | Tensor): OptimiserState {
  return { ...state, parameters: tf.sub(state.parameters, tf.mul(gradient, rate)) }
}

/** The learning rate at `step` of `total` (0-based): constant, or falling by half a cosine to `final` of its start. */
export function learningRateAt(base: number, decay: 'none' | 'cosine', final: number, step: number, total: number): number {
  if (decay === 'none') return base
  return base * (final + (1 - final) * 0.5 * (1 + Math.cos((Math.PI * step) / total)))
}
