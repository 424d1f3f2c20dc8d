import fc from 'fast-check'
import { expect } from 'vitest'
import { csvOf } from '@shared/formats/csv'
import { exportedFiles } from '../../../src/main/exports/exported'
import { openStore } from '../../../src/main/store'
import { sampleEvaluation, sampleSpec } from '../../main/store/samples'
import { FORMULAS, rawCells, readCsv } from '../../shared/formats/csv-reading'
import type { Case, Measures, Row } from '../row'

/** What makes a spreadsheet compute a cell that begins with it. */
const COMPUTED = /^[=+\-@\t\r\n]/

const begun = fc.tuple(fc.constantFrom(...FORMULAS, ...'=+-@\t\r\n'), fc.string()).map(([formula, rest]) => formula + rest)
const cell = fc.oneof(begun, fc.string(), fc.double(), fc.constantFrom(Number.NaN, Infinity, -Infinity, -0))
const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 6 }), { minLength: 1, maxLength: 6 })

const textOf = (value: string | number) => (typeof value === 'number' && Object.is(value, -0) ? '0' : String(value))

function checkTable(seed: number): Measures {
  const [rows] = fc.sample(table, { seed, numRuns: 1 })
  const written = csvOf(rows)
  expect(readCsv(written)).toEqual(rows.map((row) => row.map(textOf)))
  rawCells(written).forEach((row, i) => row.forEach((text, j) => typeof rows[i][j] === 'string' && expect(text).not.toMatch(COMPUTED)))
  return { cells: rows.length * rows[0].length }
}

export const formulas: Row = {
  name: 'formulas',
  fault: 'names and notes that begin as formulas of spreadsheets do, in tables of any texts and numbers and in the tables of runs',
  holds: 'no cell of text begins as a formula, numbers are untouched, and reading it back gives what was written',
  cases: { ci: 60, soak: 50_000 },
  begin(scratch): Case {
    const store = openStore(scratch.folder())
    scratch.onEnd(() => store.close())
    return (random, index) => {
      if (index % 50 !== 0) return checkTable(random.uint32() >>> 1)
      const name = `${FORMULAS[random.below(FORMULAS.length)]}${random.below(10)}`
      const spec = sampleSpec(random.below(9))
      const named = { ...spec, scenario: { ...spec.scenario, name } }
      const { runs } = store.addExperiment({ name, note: name }, [{ spec: named, totalLearnSteps: 100 }], 1)
      store.marks.update(runs[0], { note: name })
      store.runs.update(runs[0], { status: 'completed', message: name })
      store.setEvaluation(runs[0], sampleEvaluation())
      const [{ content }] = exportedFiles(store, runs, 'csv', '')
      const [, row] = rawCells(String(content))
      const texts = row.filter((text) => Number.isNaN(Number(text)))
      expect(texts.some((text) => text.includes(name))).toBe(true)
      for (const text of texts) expect(text).not.toMatch(COMPUTED)
      return { cells: row.length, runs: 1 }
    }
  },
  figure: (tally) => `${tally.total('cells')} cells and ${tally.total('runs')} tables of runs, none computed`
}
