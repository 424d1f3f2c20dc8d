import { REFERENCE_NAMES } from '@shared/model/world'
import { referenceKindOf } from '@shared/run/evaluation'
import type { FigureChart, FigureSeries } from '@shared/charts/figure'
import { type Drawn, type LineStyle, lineOf } from '@shared/algorithms/looks'
import { meanOverSeeds } from '@shared/curves/seedMean'
import { plain } from '@shared/format'
import { mean } from '@shared/statistics/descriptive'
import { rankingOf } from '@shared/statistics/ranks'
import { curveOf, estimate, runsOfRule } from './measures'
import type { ChartPlan, SeriesRule, StudyRun } from '@shared/studies/study'

/** Fewer seeds than this have no band: an interval over two says nothing. */
const LEAST_FOR_BAND = 3
/** Points of a curve as it is drawn. */
const DRAWN = 400

/** The chart of a plan from runs, its lines by the looks of `cards`: means over seeds with their 95 % intervals, levels from the runs' own optimum. */
export function drawChart(plan: ChartPlan, runs: readonly StudyRun[], cards: readonly Drawn[]): FigureChart {
  const here = plan.world === undefined ? runs : runsOfRule(runs, { world: plan.world })
  const { x } = plan
  const rules = plan.series.map((planned) => ({ ...planned, look: planned.look ?? lineOf(cards, planned.algorithm ?? planned.key) }))
  if (x === 'rank') return ranksChart(plan, here, rules)
  const series = rules.flatMap((rule): FigureSeries[] => {
    const own = runsOfRule(here, rule)
    const drawn = x === 'learnSteps' ? curveSeries(plan, rule, own) : sweepSeries({ ...plan, x }, rule, own)
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

type Swept = Exclude<ChartPlan['x'], 'learnSteps' | 'rank'>
type DrawnRule = SeriesRule & { look: LineStyle }

const named = ({ key, label, look }: DrawnRule, runs: readonly StudyRun[]) => ({ key, label, look, runs: runs.map((run) => run.id) })

/** The runs of each point of a sweep with its x, in order. */
function sweptOf(x: Swept, runs: readonly StudyRun[]): { x: number; runs: StudyRun[] }[] {
  const isTime = x === 'decisionMs' || x === 'trainingSeconds'
  const key = (run: StudyRun) => (isTime ? JSON.stringify([run.algorithm, run.parameters]) : String(run[x]))
  const at = (own: readonly StudyRun[]) => {
    if (x === 'decisionMs') return mean(own.flatMap(({ evaluation }) => evaluation?.decisionMs ?? []))
    return x === 'trainingSeconds' ? mean(own.map(({ seconds }) => seconds)) : own[0][x]
  }
  return [...Map.groupBy(runs, key).values()].map((own) => ({ x: at(own), runs: own })).sort((a, b) => a.x - b.x)
}

/** Mean ranks of the lines' gaps over the blocks of a plan; none of lines that miss in a block, and none at all under two blocks. */
function ranksChart(plan: ChartPlan, runs: readonly StudyRun[], rules: readonly DrawnRule[]): FigureChart {
  const { title, key, x, y, worlds = [] } = plan
  const found = rules.map((rule) => ({ rule, own: runsOfRule(runs, rule) }))
  const blocks = blocksOf(
    found.flatMap(({ own }) => own),
    worlds
  )
  const values = found
    .map(({ rule, own }) => ({ rule, own, gaps: blocks.map(({ world, seed }) => gapIn(own, world, seed)) }))
    .filter(({ gaps }) => gaps.length > 0 && !gaps.some(Number.isNaN))
  const chart = { key, title, x, y, levels: [], series: [] }
  if (values.length < 2 || blocks.length < 2) return chart
  const { ranks, criticalDifference } = rankingOf(blocks.map((_, b) => values.map(({ gaps }) => gaps[b])))
  const series = values.map(({ rule, own }, a) => ({ ...named(rule, own), points: [ranks[a], a], band: [], seeds: blocks.length }))
  return { ...chart, series, ranks: { distance: criticalDifference } }
}

/** Every world with every seed that anything was run with there. */
function blocksOf(runs: readonly StudyRun[], worlds: readonly string[]): { world: string; seed: number }[] {
  return worlds.flatMap((world) => {
    const seeds = [...new Set(runsOfRule(runs, { world }).map(({ seed }) => seed))].sort((a, b) => a - b)
    return seeds.map((seed) => ({ world, seed }))
  })
}

/** What draws nothing at random was run with one seed, and does the same with every other. */
function gapIn(runs: readonly StudyRun[], world: string, seed: number): number {
  const there = runsOfRule(runs, { world })
  const own = there.filter((run) => run.seed === seed)
  return mean((own.length > 0 ? own : there.length === 1 ? there : []).flatMap((run) => finalOf(run, 'gap') ?? []))
}

/** Final values over what is swept. */
function sweepSeries(plan: ChartPlan & { x: Swept }, rule: DrawnRule, runs: readonly StudyRun[]): FigureSeries {
  const points: number[] = []
  const band: number[] = []
  let seeds = Number.POSITIVE_INFINITY
  for (const { x, runs: own } of sweptOf(plan.x, runs)) {
    const values = own.flatMap((run) => finalOf(run, plan.y.metric) ?? [])
    if (values.length === 0) continue
    const { mean: centre, low, high } = estimate(values)
    seeds = Math.min(seeds, values.length)
    points.push(x, centre)
    if (values.length >= LEAST_FOR_BAND) band.push(x, low, high)
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
