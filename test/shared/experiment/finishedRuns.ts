import { comparedRun, type ComparedRun } from '@shared/experiment/compared'
import { mean, quantile } from '@shared/statistics/descriptive'

const share = { device: 1, edge: 0, cloud: 0 }

/** A finished run whose workflows come to these gaps, each with an optimum of 1. */
export function runOf(seed: number, gaps: readonly number[], { seconds = 1, decisionMs = 1 } = {}): ComparedRun {
  const costs = gaps.map((gap) => 1 + gap)
  const evaluation = {
    workflows: gaps.length,
    inSample: false,
    meanCost: mean(costs),
    meanDelaySeconds: 10 + mean(gaps),
    meanEnergyJoules: 20 - mean(gaps),
    gapMean: mean(gaps),
    gapP95: quantile(gaps, 0.95),
    gapMax: quantile(gaps, 1),
    exactMatches: gaps.filter((gap) => gap < 1e-9).length,
    share,
    decisionMs,
    optimum: { meanCost: 1, meanDelaySeconds: 10, meanEnergyJoules: 20, share }
  }
  return comparedRun({ seed, seconds, evaluation, gaps, costs })
}
