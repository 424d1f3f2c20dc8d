import type { FigureChart } from '../../charts/figure'
import { drawChart } from './draw'
import { together } from './measures'
import type { Finding, Study, StudyRun, Verdict } from './study'

/** What came of a study: each claim beside what was found, and the charts. */
export interface Judgement {
  verdict: Verdict
  /** In one line; undefined where the runs do not tell yet. */
  here?: string
  claims: (Finding & { paper: string })[]
  charts: FigureChart[]
}

/** Judges a study by its runs. Pure: the same runs give the same words. */
export function judge(study: Study, runs: readonly StudyRun[]): Judgement {
  const claims = study.claims.map(({ paper, judge }) => ({ paper, ...judge(runs) }))
  const here = study.here(runs)
  return {
    verdict: together(claims.map(({ verdict }) => verdict)),
    ...(here !== undefined && { here }),
    claims,
    charts: study.charts.map((plan) => drawChart(plan, runs))
  }
}
