import type { RunRow } from '@shared/contract/records'
import { LEARNED_METRICS, type Metric, SEARCH_METRICS, unitGapMetric } from '@shared/run/metrics'
import type { Curve } from '../charts/curve'
import { epsilonChart, learningRateChart } from '../charts/exploration'
import type { ChartKind } from '../charts/kind'
import { lossChart } from '../charts/loss'
import { metricChart } from '../charts/metricChart'
import { rewardChart } from '../charts/reward'
import { lastValue, type Points, runningMean } from '../charts/points'
import { algorithmStyle } from '../ui/algorithms'
import { text } from '../ui/text'

const UNIT_GAP = unitGapMetric(0).slice(0, -1)

/** The unit gaps among recorded metrics, by unit. */
export function unitMetrics(metrics: readonly string[]): string[] {
  return metrics
    .filter((metric) => metric.startsWith(UNIT_GAP))
    .sort((a, b) => Number(a.slice(UNIT_GAP.length)) - Number(b.slice(UNIT_GAP.length)))
}

/** What is shown elsewhere: large above, as readouts, or as the pace. */
const SHOWN_ELSEWHERE: ReadonlySet<string> = new Set([...SEARCH_METRICS, 'speed'])
const SHOWN = [lossChart, rewardChart, epsilonChart, learningRateChart]

/**
 * The charts of what explains a run, below its gap and cost: of what its algorithm declares (`declared`), before its first point too, and of
 * what is `recorded`, where the algorithm is not known here. Without exploration the learning rate is shown in its place. What has no
 * chart of its own is drawn as the register of metrics describes it; of a run that only searches delay and energy are.
 */
export function smallCharts(
  declared: readonly string[] | undefined,
  recorded: readonly string[],
  metrics: ReadonlyMap<string, Metric> = new Map()
): ChartKind[] {
  const known = new Set([...(declared ?? LEARNED_METRICS), ...recorded])
  const own = [lossChart, rewardChart, known.has(epsilonChart.key) ? epsilonChart : learningRateChart].filter(({ key }) => known.has(key))
  const others = [...known].filter((key) => !SHOWN_ELSEWHERE.has(key) && !SHOWN.some((chart) => chart.key === key))
  const drawn = own.length === 0 && others.length === 0 ? ['delay', 'energy'] : others
  return [...own, ...drawn.flatMap((key) => metrics.get(key) ?? []).map(metricChart)]
}

/** The charts of a foreign run: of each metric, called as its tracker calls it. Its pace, which follows from wall times, is none of them. */
export function foreignCharts(recorded: readonly string[]): ChartKind[] {
  return recorded
    .filter((key) => key !== 'speed')
    .map((key) => ({ ...metricChart({ key, label: key, unit: '', sentence: '', better: 'neither', repeatable: false }), switchable: true }))
}

/** Single learn steps scatter: by default they are drawn as a mean over this many to either side. */
export const NOISY_REACH = 12

/** The curves of one chart of a run: thin ones for its units, then the run's own with its last value at its end. */
export function runCurves(
  kind: ChartKind,
  row: RunRow,
  curveOf: (metric: string) => Points,
  units: readonly string[],
  reach = kind.noisy ? NOISY_REACH : 0
): Curve[] {
  const look = algorithmStyle(row.algorithm)
  const recorded = curveOf(kind.key)
  const points = reach > 0 ? runningMean(recorded, reach) : recorded
  const last = lastValue(kind.noisy ? points : recorded)
  const own: Curve = {
    key: kind.key,
    label: row.algorithm,
    look,
    points,
    ...(points !== recorded && !kind.noisy && { raw: recorded }),
    ...(last !== undefined && { end: kind.value(last) })
  }
  if (points !== recorded)
    return [{ key: `${kind.key} steps`, label: text.charts.steps(row.algorithm), look, points: recorded, thin: true }, own]
  const thin = units.map(
    (metric): Curve => ({ key: metric, label: text.run.unit(metric.slice(UNIT_GAP.length)), look, points: curveOf(metric), thin: true })
  )
  return [...thin.filter((curve) => curve.points.length > 0), own]
}
