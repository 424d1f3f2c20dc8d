import { trainedText } from '@shared/studies/trained'
import type { StudyProgress } from './studies'
import type { StudyResult } from './result'
import { verdictText } from '@shared/studies/study'
import type { Study, Variant, Verdict } from '@shared/studies/study'
import { count, fixed } from '@shared/format'
import { COVERED_SEEDS, simulatedCoverage } from '@shared/statistics/coverage'
import { pointsMarkdown } from './tables'

/** A study, what there is of it, and what came of it. */
export interface ReportedStudy {
  study: Study
  variant: Variant
  progress: StudyProgress
  result: StudyResult
}

const VERDICT_MARK: Record<Verdict, string> = {
  holds: '**holds**',
  'in part': '**holds in part**',
  'does not hold': '**does not hold**',
  open: '*open*'
}

/** A study as Markdown: claim beside finding, numbers, charts. `picture` gives the path of a chart's picture. */
export function studyMarkdown({ study, progress, result, variant }: ReportedStudy, picture: (chart: string) => string): string {
  const { done, runs, diverged } = progress
  const state = `${done} of ${count(runs, 'run', 'runs')}${diverged > 0 ? `, ${diverged} diverged` : ''}, trained in ${trainedText(progress)}${variant === 'quick' ? '; the quick sketch: few seeds, short runs' : ''}`
  return [
    `## ${study.figure}: ${study.title}`,
    '',
    `${study.setting} (${state}.)`,
    '',
    ...result.charts.flatMap((chart) => (chart.series.length > 0 ? [`![${study.figure}: ${chart.title}](${picture(chart.key)})`, ''] : [])),
    '| the paper | here | |',
    '| --- | --- | --- |',
    ...result.claims.map(
      ({ paper, text, verdict }) => `| ${paper} | ${text.replaceAll('|', '\\|')} | ${verdictText(VERDICT_MARK[verdict], result.sketch)} |`
    ),
    '',
    pointsMarkdown(result.points),
    ''
  ].join('\n')
}

/** Simulated comparisons behind each share of the table of coverage. */
const TRIALS = 20_000

/** How the numbers are made, with the coverage of their intervals. */
function methodMarkdown(): string[] {
  const percent = (share: number) => `${fixed(100 * share, 1)} %`
  return [
    '## Method',
    '',
    'A value is what one seed’s trained policy comes to over all held-out workflows; a seed run twice counts once. Intervals of means are Student’s t over these values, those of differences Student’s t over pairs of seeds or Welch’s t.',
    `How often such an interval holds the truth, by ${count(TRIALS, 'simulated comparison', 'simulated comparisons')} a cell with the same functions; gaps of trained policies are skewed, so that theirs cover what the lognormal rows say:`,
    '',
    `| interval of | data | ${COVERED_SEEDS.map((n) => `n ${n}`).join(' | ')} |`,
    `| --- | --- | ${COVERED_SEEDS.map(() => '---:').join(' | ')} |`,
    ...simulatedCoverage(TRIALS).map(({ interval, data, shares }) => `| ${interval} | ${data} | ${shares.map(percent).join(' | ')} |`),
    ''
  ]
}

/** RESULTS.md: every figure of the paper beside what was found on this machine. */
export function resultsMarkdown(
  studies: readonly ReportedStudy[],
  machine: string,
  picture: (study: string, chart: string) => string
): string {
  return [
    '# The figures of the paper, run again',
    '',
    'Made by `npm run -s lab -- study results` from stored runs; nothing here is written by hand. Means are over seeds, in brackets their 95 % intervals (Student’s t over seeds) and the number n of seeds.',
    'The optimum is exact (dynamic programming over the chain), so a gap is the extra cost of an algorithm over the best possible placement, on held-out workflows that are the same for all.',
    'The numbers of the paper’s Tables II–IV are missing in our copy: the environments are assumed, and the paper’s own costs cannot be compared with these, only its claims about them.',
    '',
    `Trained on: ${machine}.`,
    '',
    '| figure | the paper | here | |',
    '| --- | --- | --- | --- |',
    ...studies.map(
      ({ study, result }) =>
        `| ${study.figure} | ${study.paper} | ${result.here ?? 'not run yet'} | ${verdictText(VERDICT_MARK[result.verdict], result.sketch)} |`
    ),
    '',
    ...methodMarkdown(),
    ...studies.map((reported) => studyMarkdown(reported, (chart) => picture(reported.study.id, chart)))
  ].join('\n')
}
