import { randomStream } from '../model/random'
import { quantile } from './statistics'

/** An interval of an estimate; `level` is 0.95 unless asked otherwise. */
export type Interval = [low: number, high: number]

export interface BootstrapOptions {
  /** Seed of the stream that draws: the same numbers give the same interval on every machine. */
  seed?: number
  resamples?: number
  /** Coverage, in (0, 1). */
  level?: number
}

const DEFAULTS = { seed: 0, resamples: 2000, level: 0.95 } as const

/**
 * Percentile interval of a statistic under a stratified bootstrap (Efron 1979; Agarwal et al., NeurIPS 2021, section 4.1):
 * each stratum is resampled with replacement by itself, to its own size, so that no stratum gains weight by chance.
 * `statistic` sees the resampled strata in their order. Undefined where a stratum is empty or all hold a single value:
 * there is no spread to estimate.
 */
export function bootstrapInterval(
  strata: readonly (readonly number[])[],
  statistic: (resampled: readonly Float64Array[]) => number,
  options: BootstrapOptions = {}
): Interval | undefined {
  if (strata.length === 0 || strata.some((stratum) => stratum.length === 0)) return undefined
  if (strata.every((stratum) => stratum.length === 1)) return undefined
  const { seed, resamples, level } = { ...DEFAULTS, ...options }
  const random = randomStream(seed, 'statistics')
  const resampled = strata.map((stratum) => new Float64Array(stratum.length))
  const found = new Float64Array(resamples)
  for (let k = 0; k < resamples; k++) {
    strata.forEach((stratum, s) => {
      const target = resampled[s]
      for (let i = 0; i < target.length; i++) target[i] = stratum[random.below(stratum.length)]
    })
    found[k] = statistic(resampled)
  }
  return [quantile(found, (1 - level) / 2), quantile(found, (1 + level) / 2)]
}
