import { expect, it } from 'vitest'
// It ends with what started it.
import '../../scripts/tied.mjs'
import { commandOf } from './holds'
import { type Fault, isFault, type Row, runCases, Tally } from './row'
import { ROWS } from './rows'
import { RELIABILITY, summary, writeReliability } from './reliability'
import { forgetState, freshState, machineText, readState, type RowState, statesKept, versionText, writeState } from './state'

// Run by scripts/soak.mjs, one process a row: what ends a row's process leaves the others alone. What is asked for is in the environment.

const asked = JSON.parse(process.env.LAB_SOAK_ASKED ?? '{}') as {
  /** One row to make cases of; without it, the table of `rows` is printed. */
  row?: string
  rows: string[]
  seed: number
  cases?: number
  /** One case alone, which changes no state. */
  only?: number
  again?: boolean
}
const SAVE_MS = 500
/** The state is written before each of the first so many cases. */
const SAVED_EACH = 1000
/** A case that the process ended in is begun again, for somebody may have ended the soak; so often, it is the case that ends it. */
const MOST_TRIES = 3
const SAY_MS = 10_000
/** A row with so many is broken: the rest would say the same. */
const MOST_FAULTS = 50

const say = (text: string) => process.stdout.write(`${text}\n`)
const chosen = () => ROWS.filter(({ name }) => asked.rows.includes(name))

function addFault(row: Row, state: RowState, fault: Fault): void {
  state.faults.push(fault)
  say(`FAULT  ${row.name}, case ${fault.index}: ${fault.message}\n       again: ${commandOf(row, state.seed, fault.index)}`)
}

async function soak(row: Row, seed: number, to: number): Promise<RowState> {
  if (asked.again) forgetState(row.name, seed)
  const state = readState(row.name, seed) ?? freshState(row.name, seed)
  let { at } = state
  if (at && at.tries >= MOST_TRIES) {
    addFault(row, state, { index: at.index, message: `the process ended ${at.tries} times in this case` })
    state.done = at.index + 1
  }
  if (state.done >= to) return state
  const tally = new Tally(state.sums)
  const version = versionText()
  if (state.versions.at(-1) !== version) state.versions.push(version)
  let [saved, said] = [0, performance.now()]
  const first = state.done
  const save = (): void => {
    state.changedAt = Date.now()
    state.machine = machineText()
    writeState(state)
    saved = performance.now()
  }
  await runCases(row, {
    seed,
    from: state.done,
    to,
    onCase: (index) => {
      // What ended the process last time is among the first ones.
      if (performance.now() - saved < SAVE_MS && index - first > SAVED_EACH) return
      state.at = { index, tries: at?.index === index ? at.tries + 1 : 1 }
      save()
    },
    onDone: (index, seconds, told) => {
      state.done = index + 1
      state.seconds += seconds
      if (isFault(told)) addFault(row, state, told)
      else tally.add(told)
      at = state.at = undefined
      if (state.faults.length >= MOST_FAULTS) throw new Error(`${MOST_FAULTS} cases did not hold: ${row.name} is ended here`)
      if (performance.now() - said < SAY_MS) return
      said = performance.now()
      say(`${row.name}: ${state.done} of ${to}, ${state.faults.length} faults, ${state.seconds.toFixed(0)} s`)
    }
  }).finally(save)
  return state
}

async function makeOne(row: Row, seed: number, index: number): Promise<void> {
  await runCases(row, {
    seed,
    from: index,
    to: index + 1,
    onDone: (_index, seconds, told) => {
      if (isFault(told)) throw new Error(`${row.name}, case ${index}: ${told.message}`)
      say(`${row.name}, case ${index}, holds (${seconds.toFixed(1)} s): ${JSON.stringify(told)}`)
    }
  })
}

function printTable(): void {
  const lines = [
    ['row', 'cases', 'faults', 'figure', 'took'],
    ...chosen().flatMap((row) => {
      const missing = row.missing?.()
      const state = readState(row.name, asked.seed)
      if (state) return [summary(row, state)]
      return [[row.name, `0 of ${row.cases.soak}`, '', missing ?? 'not made yet', '']]
    })
  ]
  const widths = lines[0].map((_, i) => Math.max(...lines.map((cells) => cells[i].length)))
  say(
    `\n${lines
      .map((cells) =>
        cells
          .map((text, i) => text.padEnd(widths[i]))
          .join('  ')
          .trimEnd()
      )
      .join('\n')}\n`
  )
}

const one = ROWS.find(({ name }) => name === asked.row)
it.skipIf(one === undefined)(`${asked.row}`, async () => {
  const row = one as Row
  const missing = row.missing?.()
  if (missing !== undefined) return say(`${row.name} cannot be made here: ${missing}`)
  if (asked.only !== undefined) return makeOne(row, asked.seed, asked.only)
  const { faults } = await soak(row, asked.seed, asked.cases ?? row.cases.soak)
  expect(faults.map(({ index }) => index)).toEqual([])
})

it.skipIf(asked.row !== undefined)('table', () => {
  printTable()
  writeReliability(ROWS, statesKept())
  say(`Written to ${RELIABILITY}`)
})
