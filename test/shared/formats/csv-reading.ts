/** Reads CSV as RFC 4180 has it, and takes away the one quote that keeps text from being a formula. */
export function readCsv(text: string): string[][] {
  return rawCells(text).map((row) => row.map((cell) => (cell.startsWith("'") ? cell.slice(1) : cell)))
}

/** The cells of a CSV text as a spreadsheet is given them. */
export function rawCells(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  while (at < text.length) {
    let cell = ''
    if (text[at] === '"') {
      for (at += 1; text[at] !== '"' || text[at + 1] === '"'; at += text[at] === '"' ? 2 : 1) cell += text[at]
      at += 1
    } else while (text[at] !== ',' && text[at] !== '\r') cell += text[at++]
    row.push(cell)
    if (text[at] === ',') at += 1
    else {
      rows.push(row)
      row = []
      at += 2
    }
  }
  return rows
}

/** What a spreadsheet computes where a cell begins with it. */
export const FORMULAS = [
  '=1+1',
  '+1',
  '-1+2',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  '=cmd|" /C calc"!A0',
  "'=1",
  '=HYPERLINK("http://a","b")',
  '-',
  '='
]
