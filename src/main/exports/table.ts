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
  ['gapP95', 'Gap, 95\\,\\%'],
  ['meanDelaySeconds', 'Delay / \\unit{\\second}'],
  ['meanEnergyJoules', 'Energy / \\unit{\\joule}']
] as const

const NO_NUMBER = '{--}'

/** More lines than this do not fit on a page, and a table that may break takes their place. */
const LINES_OF_A_PAGE = 40

/** A column of siunitx, as wide as its numbers: digits before and after the point. As siunitx has it where a number has a power of ten. */
function columnOf(numbers: readonly string[]): string {
  const own = numbers.filter((number) => number !== NO_NUMBER)
  if (own.length === 0 || own.some((number) => !/^-?\d+(\.\d+)?$/.test(number))) return 'S'
  const longest = (part: (number: string) => string) => Math.max(...own.map((number) => part(number).length))
  const before = longest((number) => number.replace('-', '').split('.')[0])
  const sign = own.some((number) => number.startsWith('-')) ? '-' : ''
  return `S[table-format=${sign}${before}.${longest((number) => number.split('.')[1] ?? '')}]`
}

/**
 * A LaTeX table with rules of booktabs and columns of siunitx, to be input as it is: with a caption, a label, and never wider than the
 * column it stands in. Of more lines than a page has it is a longtable, which breaks.
 */
export function runsLatex(runs: readonly TrackedRun[]): string {
  const shown = HEADS.filter(([key]) => runs.some(({ results }) => results[key] !== undefined))
  const number = (value: number | undefined) =>
    value === undefined || !Number.isFinite(value) ? NO_NUMBER : String(Number(value.toPrecision(5)))
  const numbers = runs.map(({ results }) => shown.map(([key]) => number(results[key])))
  const long = runs.length > LINES_OF_A_PAGE
  // Names that a longtable is too narrow for go on in the next line.
  const texts = long ? '>{\\raggedright\\arraybackslash}p{0.16\\linewidth}>{\\raggedright\\arraybackslash}p{0.18\\linewidth}' : 'll'
  const columns = `${texts}r${shown.map((_, i) => columnOf(numbers.map((line) => line[i]))).join('')}`
  const head = ['\\toprule', `${['Algorithm', 'World', 'Seed', ...shown.map(([, title]) => `{${title}}`)].join(' & ')} \\\\`, '\\midrule']
  const lines = runs.map(
    ({ row }, r) => `${[latexText(row.algorithm), latexText(row.scenario), String(row.seed), ...numbers[r]].join(' & ')} \\\\`
  )
  const caption = '\\caption{Runs and what they came to; gaps as shares of the reference.}'
  const label = '\\label{tab:runs}'
  const table = long
    ? [
        '\\footnotesize',
        '\\setlength{\\tabcolsep}{4pt}',
        `\\begin{longtable}{${columns}}`,
        `${caption}${label} \\\\`,
        ...head,
        '\\endfirsthead',
        ...head,
        '\\endhead',
        '\\bottomrule',
        '\\endfoot',
        ...lines,
        '\\end{longtable}'
      ]
    : [
        '\\begin{table}',
        '\\centering',
        caption,
        label,
        '\\begin{adjustbox}{max width=\\linewidth}',
        `\\begin{tabular}{${columns}}`,
        ...head,
        ...lines,
        '\\bottomrule',
        '\\end{tabular}',
        '\\end{adjustbox}',
        '\\end{table}'
      ]
  return [
    `% Needs \\usepackage{booktabs,siunitx,${long ? 'longtable' : 'adjustbox'}} and \\usepackage[T1]{fontenc}.`,
    ...(long ? ['\\begingroup', ...table, '\\endgroup'] : table),
    ''
  ].join('\n')
}
