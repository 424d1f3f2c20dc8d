/**
 * P(Z > z) of a standard normal variable, z ≥ 0, to a relative error under 1.2e-7 (the complementary error function's
 * Chebyshev fit, Press et al., Numerical Recipes, 6.2).
 */
export function standardNormalTail(z: number): number {
  const x = z / Math.SQRT2
  const t = 1 / (1 + x / 2)
  const terms = [-1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223, 0.17087277]
  let exponent = 0
  for (let i = terms.length - 1; i >= 0; i--) exponent = exponent * t + terms[i]
  return (t * Math.exp(-x * x + exponent)) / 2
}
