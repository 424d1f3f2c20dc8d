import type { FigureChart } from '@shared/charts/figure'
import type { Drawn } from '@shared/algorithms/looks'
import { drawChart } from './draw'
import { together } from './measures'
import type { ClaimFinding, Sketch, Study, StudyRun, Variant, Verdict } from '@shared/studies/study'

/** What came of a study: each claim beside what was found, and the charts. */
export interface Judgement {
  verdict: Verdict
  /** Where the runs are the quick variant's: its verdicts are first looks, and say so wherever they stand. */
  sketch?: Sketch
  /** In one line; undefined where the runs do not tell yet. */
  here?: string
  claims: (ClaimFinding & { paper: string })[]
  charts: FigureChart[]
}

function sketchOf(runs: readonly StudyRun[]): Sketch {
  return {
    seeds: new Set(runs.map(({ seed }) => seed)).size,
    learnSteps: runs.reduce((most, { parameters }) => Math.max(most, Number(parameters.learnSteps ?? 0)), 0)
  }
}

/** Judges a study by its runs, and draws it by the looks of `cards`. Pure: the same runs give the same words. */
export function judge(study: Study, runs: readonly StudyRun[], variant: Variant, cards: readonly Drawn[]): Judgement {
  const claims = study.claims.map(({ paper, judge }) => ({ paper, ...judge(runs) }))
  const here = study.here(runs)
  return {
    verdict: together(claims.map(({ verdict }) => verdict)),
    ...(variant === 'quick' && { sketch: sketchOf(runs) }),
    ...(here !== undefined && { here }),
    claims,
    charts: study.charts.map((plan) => drawChart(plan, runs, cards))
  }
}
