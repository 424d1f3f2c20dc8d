import { meanInterval95 } from './statistics'

/** Up to so many values every resample is weighed, at every point of a curve; beyond, Student's interval tells the same. */
const MOST = 6

/**
 * The 95 % percentile bootstrap interval of a mean (Efron 1979), exact: for the few seeds of a study every resample with
 * replacement is weighed by how often it is drawn, so that nothing is random and the same runs give the same interval.
 * Undefined under 2 values.
 */
export function seedInterval95(values: readonly number[]): [low: number, high: number] | undefined {
  const n = values.length
  if (n < 2) return undefined
  if (n > MOST) return meanInterval95(values)
  if (!values.every(Number.isFinite)) return [Number.NaN, Number.NaN]
  const first = values[0]
  if (values.every((value) => value === first)) return [first, first]
  const means: { mean: number; weight: number }[] = []
  // How often each value is drawn, and the multinomial weight of that: n! / Π k! / nⁿ.
  const draw = (at: number, left: number, sum: number, weight: number): void => {
    if (at === n - 1) {
      means.push({ mean: (sum + left * values[at]) / n, weight: weight / factorial(left) })
      return
    }
    for (let times = 0; times <= left; times++) draw(at + 1, left - times, sum + times * values[at], weight / factorial(times))
  }
  draw(0, n, 0, factorial(n) / n ** n)
  means.sort((a, b) => a.mean - b.mean)
  return [quantileOf(means, 0.025), quantileOf(means, 0.975)]
}

function factorial(n: number): number {
  let product = 1
  for (let i = 2; i <= n; i++) product *= i
  return product
}

/** The least mean that at least the share `q` of all resamples does not exceed. */
function quantileOf(sorted: readonly { mean: number; weight: number }[], q: number): number {
  let share = 0
  for (const { mean: value, weight } of sorted) {
    share += weight
    if (share >= q - 1e-12) return value
  }
  return sorted[sorted.length - 1].mean
}
