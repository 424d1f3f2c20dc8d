import { NONE } from '@shared/format'
import { FIGURES, type FigureKey } from '@shared/experiment/compared'
import { evaluatedTexts } from '@shared/run/evaluated'
import { halfText, infiniteNote, meanText } from '@shared/experiment/figureText'
import { bestOfText, readAtText, trainingNotes } from '@shared/experiment/trainingText'
import { fileWords } from '@shared/charts/print'
import { approximationNotes, gapNote, type ReportedComparison } from './comparison'

const SPECIAL: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  // A row that begins with a bracket would be the line above's own argument.
  '[': '{[}',
  ']': '{]}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  '%': '\\%',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '"': '\\textquotedbl{}',
  δ: '$\\delta$',
  ε: '$\\varepsilon$',
  ψ: '$\\psi$',
  μ: '$\\mu$',
  α: '$\\alpha$',
  β: '$\\beta$',
  '×': '$\\times$',
  '±': '$\\pm$',
  '−': '$-$',
  '≤': '$\\leq$',
  '≥': '$\\geq$',
  '·': '$\\cdot$',
  '→': '$\\rightarrow$',
  '∞': '$\\infty$',
  '–': '--',
  '…': '\\dots{}'
}

/** Text that LaTeX prints as it reads; line ends, and controls that it refuses, become spaces. */
export function latexText(text: string): string {
  return Array.from(text.replace(/[\s\p{Cc}]+/gu, ' '), (sign) => SPECIAL[sign] ?? sign).join('')
}

/** What a document refers to the table by: letters that LaTeX takes in a label whatever is loaded. */
const labelOf = (name: string) =>
  fileWords(name)
    .normalize('NFD')
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '') || 'comparison'

/** Columns of the paper's table, in order. */
const COLUMNS: readonly FigureKey[] = ['gapMean', 'gapP95', 'cost', 'delay', 'energy', 'exact', 'training']

const LEVEL = 0.05

/** A table for a paper (booktabs): one line per algorithm, best means bold, significant differences from the reference marked. */
export function comparisonLatex(comparison: ReportedComparison): string {
  const { name, analysis, names } = comparison
  const { groups, figures, reference, training, bestOf, read } = analysis
  const shown = COLUMNS.flatMap((key) => figures.find((figure) => figure.key === key) ?? [])
  const heads = shown.map(({ key }) => FIGURES.find((figure) => figure.key === key))
  const unitOf = (unit: string) => (unit === '' ? '' : ` (${latexText(unit)})`)
  const counts = [...groups.map(({ seeds }) => seeds), ...bestOf.map(({ n }) => n)]
  const lines = counts.map((n, g) => {
    const cells = shown.map(({ key, cells, best }) => {
      const cell = cells[g]
      if (cell.mean === undefined) return latexText(NONE)
      const value = latexText(meanText(key, cell.mean))
      const mark = cell.p !== undefined && cell.p < LEVEL ? '$^{\\dagger}$' : ''
      return `${best.includes(g) ? `\\textbf{${value}}` : value} ${latexText(halfText(key, cell))}`.trim() + mark
    })
    return `  ${[latexText(names[g]), String(n), ...cells].join(' & ')} \\\\`
  })
  const scenarios = [...new Set(groups.map(({ scenario }) => scenario))].map(latexText).join('; ')
  const workflows = evaluatedTexts(analysis.evaluatedOn.map((on, g) => ({ name: names[g], on })))
  const infinite = infiniteNote(shown)
  const note = gapNote(comparison)
  const others = groups.length > 1
  const further = [...trainingNotes(training, names), readAtText(read), bestOfText(bestOf)].flatMap((note) => note ?? [])
  const caption = [
    `${latexText(name)}. Scenario: ${scenarios}.`,
    `Means over $n$ seeds $\\pm$ half of the 95\\,\\% interval (Student's $t$ over seeds)${workflows && `; ${latexText(workflows)}`}. Best in bold.`,
    ...(infinite ? [latexText(infinite)] : []),
    ...(note ? [latexText(note)] : []),
    ...further.map(latexText),
    ...(others
      ? [
          `$\\dagger$: differs from ${latexText(names[reference])} at $p < ${LEVEL}$ over seeds (Student's $t$ over pairs of seeds or Welch's $t$, Holm-corrected).`
        ]
      : []),
    ...approximationNotes(comparison).map(latexText)
  ].join(' ')
  return [
    '% Needs \\usepackage{booktabs}, \\usepackage{adjustbox} and \\usepackage[T1]{fontenc}.',
    '% For the width of both columns of a page write table* instead of table.',
    '\\begin{table}',
    '  \\centering',
    `  \\caption{${caption}}`,
    `  \\label{tab:${labelOf(name)}}`,
    '  \\small',
    '  \\setlength{\\tabcolsep}{4pt}',
    '  % Never wider than the column or page it stands in.',
    '  \\begin{adjustbox}{max width=\\linewidth}',
    `  \\begin{tabular}{lr${'r'.repeat(shown.length)}}`,
    '  \\toprule',
    `  Algorithm & $n$ & ${heads.map((head) => (head ? latexText(head.label) + unitOf(head.unit) : '')).join(' & ')} \\\\`,
    '  \\midrule',
    ...lines,
    '  \\bottomrule',
    '  \\end{tabular}',
    '  \\end{adjustbox}',
    '\\end{table}',
    ''
  ].join('\n')
}
