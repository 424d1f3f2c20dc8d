import type { RandomStream } from '@shared/model/random'

/** Probabilities of places from a network's logits, and how losses change with these: each a pure function of one row. */

/** Where a row's logits stand and which places are allowed there. */
export interface Row {
  /** Its first logit in `logits`. */
  at: number
  /** [K] 1 where a place is allowed, from `from` on. */
  allowed: Uint8Array
  from: number
}

/** Writes [K] the probabilities that logits give to allowed places; 0 to all others. */
export function softmax(logits: ArrayLike<number>, { at, allowed, from }: Row, into: Float64Array): void {
  let greatest = -Infinity
  for (let k = 0; k < into.length; k++) if (allowed[from + k] && logits[at + k] > greatest) greatest = logits[at + k]
  let sum = 0
  for (let k = 0; k < into.length; k++) {
    into[k] = allowed[from + k] ? Math.exp(logits[at + k] - greatest) : 0
    sum += into[k]
  }
  for (let k = 0; k < into.length; k++) into[k] /= sum
}

/** A place drawn by its probability. */
export function drawPlace(probabilities: Float64Array, random: RandomStream): number {
  let left = random.uniform()
  let last = 0
  for (let k = 0; k < probabilities.length; k++) {
    if (probabilities[k] === 0) continue
    last = k
    left -= probabilities[k]
    if (left < 0) return k
  }
  // The sum of probabilities may be a rounding error below 1.
  return last
}

/** −Σ π log π, in nats. */
export function entropyOf(probabilities: Float64Array): number {
  let sum = 0
  for (const p of probabilities) if (p > 0) sum -= p * Math.log(p)
  return sum
}

/** Adds `weight` times the gradient of the cross-entropy −Σ y log π by each logit, which is π − y; returns that cross-entropy. */
export function addCrossEntropy(
  probabilities: Float64Array,
  label: ArrayLike<number>,
  labelAt: number,
  weight: number,
  gradient: Float32Array,
  at: number
): number {
  let loss = 0
  for (let k = 0; k < probabilities.length; k++) {
    gradient[at + k] += weight * (probabilities[k] - label[labelAt + k])
    if (label[labelAt + k] > 0) loss -= label[labelAt + k] * Math.log(Math.max(probabilities[k], LEAST))
  }
  return loss
}

/** Probabilities below it count as it, so that no loss is infinite. */
const LEAST = 1e-12

/** Adds `weight` times the gradient of log π(a) by each logit: 1 at a, less π. */
export function addLogProbability(probabilities: Float64Array, action: number, weight: number, gradient: Float32Array, at: number): void {
  for (let k = 0; k < probabilities.length; k++) gradient[at + k] += weight * ((k === action ? 1 : 0) - probabilities[k])
}

/** Adds `weight` times the gradient of the entropy by each logit: −π (log π + H). */
export function addEntropy(probabilities: Float64Array, weight: number, gradient: Float32Array, at: number): void {
  const entropy = entropyOf(probabilities)
  for (let k = 0; k < probabilities.length; k++) {
    const p = probabilities[k]
    if (p > 0) gradient[at + k] -= weight * p * (Math.log(p) + entropy)
  }
}

/**
 * PPO's clipped objective min(r A, clip(r, 1 − ε, 1 + ε) A) of one action (J. Schulman et al. 2017, eq. 7), where r is its probability over
 * the one it was drawn with; and what r A changes by with log π, 0 where it is clipped.
 */
export function clippedObjective(ratio: number, advantage: number, clip: number): { objective: number; slope: number } {
  const clipped = Math.min(Math.max(ratio, 1 - clip), 1 + clip) * advantage
  const plain = ratio * advantage
  return plain <= clipped ? { objective: plain, slope: plain } : { objective: clipped, slope: 0 }
}

/**
 * Generalised advantages of one workflow (J. Schulman et al. 2016): Σ (μ λ)^l δ_{i+l}, δ_i = R_i + μ V_{i+1} − V_i. λ = 1: the return to the end
 * less V. Writes `count` of them from `at` on; `rewards` and `values` stand there, too.
 */
export function advantagesOf(
  rewards: Float64Array,
  values: Float64Array,
  { at, count, discount, lambda }: { at: number; count: number; discount: number; lambda: number },
  into: Float64Array
): void {
  let ahead = 0
  for (let i = at + count - 1; i >= at; i--) {
    const next = i + 1 < at + count ? values[i + 1] : 0
    ahead = rewards[i] + discount * next - values[i] + discount * lambda * ahead
    into[i] = ahead
  }
}

/** Scales a gradient down to a norm of at most `most`, in place (Frobenius, over all of it). */
export function clipNorm(gradient: Float32Array, most: number): void {
  let squares = 0
  for (const each of gradient) squares += each * each
  const norm = Math.sqrt(squares)
  if (!(norm > most)) return
  for (let i = 0; i < gradient.length; i++) gradient[i] *= most / norm
}
