import { csvOf } from '@shared/formats/csv'
import { latexText } from '../comparison/latex'
import type { TrackedRun } from './tracked'

/** Runs as a table: a line a run, with its parameters and what it came to. */

type Cell = string | number | undefined

function tableOf(runs: readonly TrackedRun[]): Cell[][] {
  const parameters = [...new Set(runs.flatMap((run) => Object.keys(run.parameters)))]
  const results = [...new Set(runs.flatMap((run) => Object.keys(run.results)))]
  return [
    ['run', 'experiment', 'status', ...parameters, 'steps', 'seconds', ...results],
    ...runs.map(({ row, parameters: own, results: reached }): Cell[] => [
      row.id,
      row.experiment,
      row.status,
      ...parameters.map((key) => own[key]),
      row.learnSteps,
      row.seconds,
      ...results.map((key) => reached[key])
    ])
  ]
}

export const runsCsv = (runs: readonly TrackedRun[]): string => csvOf(tableOf(runs))

/** Cells set apart by tabs, which a spreadsheet takes from the clipboard as they are. */
export const runsTsv = (runs: readonly TrackedRun[]): string =>
  tableOf(runs)
    .map((row) => `${row.map((cell) => (cell === undefined ? '' : String(cell).replaceAll(/[\t\r\n]+/g, ' '))).join('\t')}\n`)
    .join('')

/** SAGA's own table of results: how often the least makespan known of its world each run's delay is. */
export function runsSagaCsv(runs: readonly TrackedRun[]): string {
  const delays = new Map<string, number>()
  for (const { row, results } of runs)
    if (Number.isFinite(results.meanDelaySeconds))
      delays.set(row.world, Math.min(delays.get(row.world) ?? Number.POSITIVE_INFINITY, results.meanDelaySeconds))
  const placed = runs.filter(({ results }) => Number.isFinite(results.meanDelaySeconds))
  return csvOf([
    ['', 'scheduler', 'makespan_ratio'],
    ...placed.map(({ row, results }, i): Cell[] => [i, row.algorithm, results.meanDelaySeconds / (delays.get(row.world) ?? Number.NaN)])
  ])
}

const HEADS = [
  ['meanCost', 'Cost $Q$'],
  ['gapMean', 'Gap'],
  ['gapP95', 'Gap, 95th percentile'],
  ['meanDelaySeconds', 'Delay / \\unit{\\second}'],
  ['meanEnergyJoules', 'Energy / \\unit{\\joule}']
] as const

/** A LaTeX table with rules of booktabs and columns of siunitx, to be input as it is. */
export function runsLatex(runs: readonly TrackedRun[]): string {
  const shown = HEADS.filter(([key]) => runs.some(({ results }) => results[key] !== undefined))
  const number = (value: number | undefined) =>
    value === undefined || !Number.isFinite(value) ? '{--}' : String(Number(value.toPrecision(5)))
  return [
    '% \\usepackage{booktabs,siunitx}',
    `\\begin{tabular}{llr${shown.map(() => 'S').join('')}}`,
    '\\toprule',
    `Algorithm & World & Seed & ${shown.map(([, head]) => `{${head}}`).join(' & ')} \\\\`,
    '\\midrule',
    ...runs.map(
      ({ row, results }) =>
        `${[latexText(row.algorithm), latexText(row.scenario), String(row.seed), ...shown.map(([key]) => number(results[key]))].join(' & ')} \\\\`
    ),
    '\\bottomrule',
    '\\end{tabular}',
    ''
  ].join('\n')
}
