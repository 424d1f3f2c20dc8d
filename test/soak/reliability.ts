import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Row, Tally } from './row'
import { ROOT, type RowState } from './state'

/** RELIABILITY.md: what is held under attack, and the figures that `npm run soak` came to. */

export const RELIABILITY = join(ROOT, 'RELIABILITY.md')

const count = (value: number) => value.toLocaleString('en-US')
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')
const line = (...cells: string[]) => `| ${cells.map(cell).join(' | ')} |`

export const durationText = (seconds: number): string =>
  seconds < 100 ? `${seconds.toFixed(0)} s` : seconds < 6000 ? `${(seconds / 60).toFixed(0)} min` : `${(seconds / 3600).toFixed(1)} h`

export const soakCommand = ({ row, seed, done }: RowState): string =>
  `npm run soak -- --row ${row} --cases ${done}${seed === 1 ? '' : ` --seed ${seed}`}`

const figureOf = (row: Row, state: RowState) => (state.done > 0 ? row.figure(new Tally(state.sums)) : '')

/** What a row came to, in the words of its line. */
export function summary(row: Row, state: RowState): string[] {
  return [
    row.name,
    `${count(state.done)} of ${count(row.cases.soak)}`,
    String(state.faults.length),
    figureOf(row, state),
    durationText(state.seconds)
  ]
}

function figureLine(row: Row, state: RowState): string {
  const [name, done, faults, figure, took] = summary(row, state)
  const when = new Date(state.changedAt).toISOString().slice(0, 10)
  return line(name, done, faults, figure, took, when, state.machine, state.versions.join(', '), `\`${soakCommand(state)}\``)
}

/** The first part: what each row is. */
function whatIsHeld(rows: readonly Row[]): string[] {
  return [
    line('row', 'how the fault is made', 'what must hold', 'cases in `npm test`', 'cases of a soak'),
    '|---|---|---|---|---|',
    ...rows.map(({ name, fault, holds, cases }) => line(name, fault, holds, count(cases.ci), count(cases.soak)))
  ]
}

/** What is held by tests alone: many more cases of it would be the same again. */
const TESTED: readonly [what: string, tests: string][] = [
  ['every setting, handler and fuse of the desktop window', 'test/main/host/electron-*.test.ts'],
  [
    'zero violations of the page’s policy, and nothing on its console, in every view',
    'test/e2e/quiet.ts, held in every file of browser tests'
  ],
  ['hostile bundles, each by name and what is said of it', 'test/main/bundle/hostile.test.ts'],
  ['a bit changed in every column of every table that is shown', 'test/main/store/seals.test.ts'],
  ['a log of which a bit is flipped at every part of it', 'test/main/store/wal.test.ts'],
  ['a lock that is deleted, replaced or written into', 'test/main/store/lock.test.ts'],
  ['a worker that exits, throws, is killed, stops, halts, loops, lies or does not stop when asked', 'test/main/queue/supervisor.test.ts'],
  ['every learned algorithm continued from checkpoints in its process', 'test/main/algorithms/exactness.test.ts, graph-learning.test.ts'],
  ['each method of the contract with twenty payloads at each host, and a schema for each', 'test/main/api/contract.test.ts'],
  ['a megabyte of the worst case for every reader of text', 'test/shared/formats/adversarial.test.ts'],
  ['escapes of terminals in every text that a command prints', 'test/main/host/terminal.test.ts'],
  ['homes and bundles of every release', 'test/main/releases/releases.test.ts']
]

/** The lines of figures in a document as it was, by the name of their row. */
function figuresIn(text: string): Map<string, string> {
  const [, figures = ''] = text.split('\n## Figures\n')
  return new Map([...figures.matchAll(/^\| ([\w-]+) \|.*$/gm)].map(([whole, name]) => [name, whole]))
}

/** The state of each row with the most cases: a few of another seed replace no long run. */
function longestOf(states: readonly RowState[]): Map<string, RowState> {
  return new Map([...states].sort((a, b) => a.done - b.done || a.changedAt - b.changedAt).map((state) => [state.row, state]))
}

/** The whole document. A row that has no state here keeps the line it has in `before`. */
export function reliabilityText(rows: readonly Row[], states: readonly RowState[], before: string): string {
  const kept = figuresIn(before)
  const longest = longestOf(states.filter(({ done }) => done > 0))
  const figures = rows.flatMap((row) => {
    const state = longest.get(row.name)
    return state ? [figureLine(row, state)] : (kept.get(row.name) ?? [])
  })
  return [
    '# What is held under attack',
    '',
    'Written by `npm run soak`, whose rows these are; `npm test` makes the first cases of each. A row says what is done to the lab, and what must hold each time.',
    'Cases follow from their seed and number alone, so that each can be made again: `npm run soak -- --row NAME --seed N --case I`.',
    '',
    '## Rows',
    '',
    ...whatIsHeld(rows),
    '',
    'Held by `npm test` alone:',
    '',
    ...TESTED.map(([what, tests]) => `- ${what}: ${tests}`),
    '',
    '## Figures',
    '',
    'Cases that were made, of those a whole soak has; how many of them did not hold; what they came to.',
    '',
    line('row', 'cases', 'faults', 'figure', 'took', 'when', 'machine', 'version', 'command'),
    '|---|---|---|---|---|---|---|---|---|',
    ...figures,
    ''
  ].join('\n')
}

export function writeReliability(rows: readonly Row[], states: readonly RowState[]): void {
  let before = ''
  try {
    before = readFileSync(RELIABILITY, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  writeFileSync(RELIABILITY, reliabilityText(rows, states, before))
}
