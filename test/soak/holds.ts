import { expect, it } from 'vitest'
import { isFault, type Row, runCases } from './row'

/** The seed of the cases that `npm test` makes. */
const SEED = 1

/** The test of a row: the cases that `npm test` makes of it. `npm run soak` makes the same ones and more. */
export function holds(row: Row, timeout = 120_000): void {
  const missing = row.missing?.()
  it.skipIf(missing !== undefined)(`${row.fault}: ${row.holds}`, { timeout }, async () => {
    const faults: string[] = []
    await runCases(row, {
      seed: SEED,
      from: 0,
      to: row.cases.ci,
      onDone: (_index, _seconds, told) => {
        if (isFault(told)) faults.push(`${commandOf(row, SEED, told.index)}: ${told.message}`)
      }
    })
    expect(faults).toEqual([])
  })
}

/** What makes one case again. */
export const commandOf = (row: Pick<Row, 'name'>, seed: number, index: number): string =>
  `npm run soak -- --row ${row.name} --seed ${seed} --case ${index}`
