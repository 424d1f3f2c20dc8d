import { count } from '@shared/format'
import { runCount } from './counts'

/** The paper's figures: the gallery and a single one. */
export const studiesText = {
  studies: {
    title: 'Studies',
    subtitle: 'the paper’s figures, run on this machine',
    figures: (n: number) => count(n, 'figure', 'figures'),
    paper: 'paper',
    here: 'here',
    verdict: { holds: 'holds', 'in part': 'holds in part', 'does not hold': 'does not hold', open: 'not judged yet' },
    verdicts: {
      holds: (n: number) => (n === 1 ? '1 holds' : `${n} hold`),
      'in part': (n: number) => `${n} in part`,
      'does not hold': (n: number) => (n === 1 ? '1 does not' : `${n} do not`)
    },
    variant: { full: 'full', quick: 'quick' },
    variantLabel: 'Size of the studies',
    variantHint: 'Full: five seeds and the paper’s range. Quick: two seeds and short runs.',
    runAll: (time: string | undefined) => `Run all${time ? `, about ${time}` : ''}`,
    quickAll: (time: string | undefined) => `Quick-run all${time ? `, about ${time}` : ''}`,
    run: 'Run',
    resume: 'Resume',
    quickRun: 'Quick run',
    stop: 'Stop',
    open: 'Open',
    nameOf: (figure: string, title: string) => `${figure}: ${title}`,
    actOn: (action: string, figure: string) => `${action} ${figure}`,
    cost: (n: number, time: string | undefined) => `${runCount(n)}${time ? `, about ${time}` : ''}`,
    progress: (done: number, all: number) => `${done} of ${runCount(all)}`,
    stage: (number: number, of: number, title: string) => `stage ${number} of ${of}: ${title.toLowerCase()}`,
    done: (n: number, when: string, time: string) => `${runCount(n)} · ${when} · ${time}`,
    notYet: 'not run yet',
    empty: 'Nothing is drawn yet.',
    reading: (n: number) => `reading ${runCount(n)} …`,
    nothingHere: 'the runs do not show it yet',
    started: (n: number) => `${runCount(n)} started`,
    stopped: 'Paused. “Resume” continues where they stopped.',
    notStarted: (why: string) => `Nothing was started: ${why}`,
    unread: (why: string) => `The studies could not be read: ${why}`,
    unknown: 'This study does not exist.',
    back: 'All studies',
    claims: 'What the paper claims',
    points: 'Numbers',
    pointsHint: 'at the last learn step: means over seeds, in brackets their 95 % bootstrap intervals',
    columns: {
      line: 'line',
      scenario: 'scenario',
      weight: 'δ',
      seeds: 'seeds',
      steps: 'learn steps',
      gap: 'optimality gap',
      cost: 'cost Q per workflow'
    },
    again: 'Run again',
    againPoint: (line: string, scenario: string) => `Run again: ${line}, ${scenario}`,
    showRuns: (line: string, scenario: string) => `Compare the runs of ${line}, ${scenario}`,
    export: 'Export',
    exports: { svg: 'SVG', png: 'PNG', csv: 'CSV', md: 'Markdown' },
    exportAs: (format: string, chart: string) => `Export ${chart} as ${format}`,
    exported: (file: string) => `Saved: ${file}`,
    notExported: (why: string) => `Nothing was exported: ${why}`,
    interval: (mean: string, low: string, high: string) => `${mean} (${low} to ${high})`,
    atStep: (step: string) => `learn step ${step}`,
    atWeight: (weight: string) => `δ ${weight}`
  }
}
