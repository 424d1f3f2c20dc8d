import { REFERENCE_NAMES } from '@shared/model/world'
import { referenceKindOf } from '@shared/run/evaluation'
import type { FigureChart, FigureSeries } from '@shared/charts/figure'
import { type Drawn, type LineStyle, lineOf } from '@shared/algorithms/looks'
import { meanOverSeeds } from '@shared/curves/seedMean'
import { plain } from '@shared/format'
import { mean } from '@shared/statistics/descriptive'
import { atWeight, curveOf, estimate, runsOfRule, weightsOf } from './measures'
import type { ChartPlan, SeriesRule, StudyRun } from '@shared/studies/study'

/** Fewer seeds than this have no band: an interval over two says nothing. */
const LEAST_FOR_BAND = 3
/** Points of a curve as it is drawn. */
const DRAWN = 400

/** The chart of a plan from runs, its lines by the looks of `cards`: means over seeds with their 95 % intervals, levels from the runs' own optimum. */
export function drawChart(plan: ChartPlan, runs: readonly StudyRun[], cards: readonly Drawn[]): FigureChart {
  const here = plan.world === undefined ? runs : runsOfRule(runs, { world: plan.world })
  const series = plan.series.flatMap((planned): FigureSeries[] => {
    const rule = { ...planned, look: planned.look ?? lineOf(cards, planned.algorithm ?? planned.key) }
    const own = runsOfRule(here, rule)
    const drawn = plan.x === 'learnSteps' ? curveSeries(plan, rule, own) : sweepSeries(plan, rule, own)
    return drawn.points.length > 0 ? [drawn] : []
  })
  const last = Math.max(0, ...series.flatMap(({ points }) => points.at(-2) ?? []))
  const { uprights } = plan
  return {
    key: plan.key,
    title: plan.title,
    x: plan.x,
    y: { label: plan.y.label, scale: plan.y.scale, kind: plan.y.kind },
    series,
    levels: levelsOf(plan, here),
    ...(uprights && {
      uprights: { at: Array.from({ length: Math.floor(last / uprights.every) }, (_, i) => (i + 1) * uprights.every), label: uprights.label }
    })
  }
}

function levelsOf({ level, threshold }: ChartPlan, runs: readonly StudyRun[]): FigureChart['levels'] {
  const evaluated = runs.find((run) => run.evaluation !== undefined)
  const optimum = evaluated?.evaluation?.optimum.meanCost
  const levels: { value: number; label: string }[] = []
  if (level && evaluated && optimum !== undefined) {
    const value = level === 'cost' ? optimum : -optimum / evaluated.tasks
    levels.push({
      value,
      label: `${REFERENCE_NAMES[evaluated.evaluation ? referenceKindOf(evaluated.evaluation) : 'optimum']} ${plain(Number(value.toPrecision(4)))}`
    })
  }
  if (threshold) levels.push(threshold)
  return levels
}

type DrawnRule = SeriesRule & { look: LineStyle }

const named = ({ key, label, look }: DrawnRule, runs: readonly StudyRun[]) => ({ key, label, look, runs: runs.map((run) => run.id) })

/** Final values over δ. */
function sweepSeries(plan: ChartPlan, rule: DrawnRule, runs: readonly StudyRun[]): FigureSeries {
  const points: number[] = []
  const band: number[] = []
  let seeds = Number.POSITIVE_INFINITY
  for (const energyWeight of weightsOf(runs)) {
    const values = atWeight(runs, energyWeight).flatMap((run) => finalOf(run, plan.y.metric) ?? [])
    if (values.length === 0) continue
    const { mean: centre, low, high } = estimate(values)
    seeds = Math.min(seeds, values.length)
    points.push(energyWeight, centre)
    if (values.length >= LEAST_FOR_BAND) band.push(energyWeight, low, high)
  }
  return {
    ...named(rule, runs),
    points,
    band: band.length / 3 === points.length / 2 ? band : [],
    seeds: Number.isFinite(seeds) ? seeds : 0
  }
}

function finalOf({ evaluation }: StudyRun, metric: string): number | undefined {
  const value = metric === 'cost' ? evaluation?.meanCost : metric === 'gap' ? evaluation?.gapMean : undefined
  return value !== undefined && !Number.isNaN(value) ? value : undefined
}

/** A recorded curve, its mean over seeds; smoothed each for itself, so that the band tells of seeds and not of steps. */
function curveSeries(plan: ChartPlan, rule: DrawnRule, runs: readonly StudyRun[]): FigureSeries {
  const recorded = runs.filter((run) => curveOf(run, plan.y.metric).length > 0)
  const smoothed = plan.smooth ? recorded.map((run) => smoothRun(run, plan.y.metric, plan.smooth ?? 0)) : recorded
  const points: number[] = []
  const band: number[] = []
  for (const { step, values, mean } of meanOverSeeds(
    smoothed.map((run) => run.curves[plan.y.metric]),
    DRAWN
  )) {
    points.push(step, mean)
    if (values.length < LEAST_FOR_BAND) continue
    const { low, high } = estimate(values)
    band.push(step, low, high)
  }
  return { ...named(rule, recorded), points, band, seeds: recorded.length }
}

/** A curve as running means, `reach` points to either side, fewer at the ends. */
function smoothRun(run: StudyRun, metric: string, reach: number): StudyRun {
  const { steps, values } = run.curves[metric]
  const smooth = Array.from(values, (_, i) => {
    const side = Math.min(reach, i, values.length - 1 - i)
    return mean(Array.from({ length: 2 * side + 1 }, (_, k) => values[i - side + k]))
  })
  return { ...run, curves: { ...run.curves, [metric]: { steps, values: smooth } } }
}
