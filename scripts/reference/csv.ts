import { COMPARISON_COLUMNS } from '../../src/main/comparison/csv'
import { STUDY_COLUMNS } from '../../src/shared/formats/figureCsv'
import { curvesCsv } from '../../src/renderer/charts/curveExport'
import type { CsvColumn } from '../../src/shared/formats/csv'
import { page, table } from './markdown'

const columns = (given: readonly CsvColumn[]) =>
  table(
    ['column', 'what stands there'],
    given.map(([name, sentence]) => [`\`${name}\``, sentence])
  )

/** The head that the export of a chart writes, read from such a file. */
function curveColumns(): CsvColumn[] {
  const [head] = curvesCsv('METRIC', [{ label: 'CURVE', points: Float64Array.from([0, 0]) }]).split('\r\n')
  const [step, value] = head.split(/,(?=")/)
  return [
    [step, 'Where the points of this line stand.'],
    [value.replaceAll('"', ''), 'One column a curve: its value there; empty where it has none.']
  ]
}

export function csvPage(): string {
  return page(
    '# CSV files',
    "RFC 4180, lines ended by CR LF, UTF-8. Numbers have all their digits, `NaN`, `Infinity` and `-Infinity` stand by name, empty means that there is none. Text that a spreadsheet would take for a formula has a `'` before it.",
    '## A comparison',
    '`lab compare … --csv FILE.csv` and the page’s export. One line a group and figure.',
    columns(COMPARISON_COLUMNS),
    '## A study',
    '`lab study … --out FOLDER` and the page’s export. One line a point of every chart.',
    columns(STUDY_COLUMNS),
    '## Curves',
    'The export of a chart of curves. One line a learn step, one column a curve.',
    columns(curveColumns())
  )
}
