/** Deviations up to twice this, in standard deviations, are taken for noise. */
const ALLOWANCE = 0.5
/** How far the sum may rise, in standard deviations: without a change about one alarm in 9,500 observations (Siegmund 1985). */
const LIMIT = 8

/**
 * A two-sided cumulative-sum test that the mean of a sequence of standard normal observations has moved (E. S. Page, Continuous inspection
 * schemes, Biometrika 41, 1954): S⁺ₜ = max(0, S⁺ₜ₋₁ + zₜ − k), S⁻ₜ = max(0, S⁻ₜ₋₁ − zₜ − k), an alarm where either exceeds h. With k 0.5
 * and h 8 a shift by one standard deviation is found after about 17 observations, one by 3 after 4.
 */
export class Cusum {
  #up = 0
  #down = 0

  constructor(
    readonly allowance: number = ALLOWANCE,
    readonly limit: number = LIMIT
  ) {}

  /** Takes one observation in; whether it raises an alarm, after which the sums begin again. */
  observe(z: number): boolean {
    this.#up = Math.max(0, this.#up + z - this.allowance)
    this.#down = Math.max(0, this.#down - z - this.allowance)
    const isAlarm = this.#up > this.limit || this.#down > this.limit
    if (isAlarm) this.reset()
    return isAlarm
  }

  reset(): void {
    this.#up = 0
    this.#down = 0
  }
}
