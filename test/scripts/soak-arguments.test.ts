import { describe, expect, it } from 'vitest'
import { readSoakArguments, soakRows } from '../../scripts/soak-arguments.mjs'

describe('npm run soak', () => {
  it('takes all rows where none is named', () => {
    expect(readSoakArguments([])).toMatchObject({ rows: soakRows(), seed: 1 })
    expect(readSoakArguments(['--row', 'kill', '--row', 'depth', '--cases', '9', '--seed', '0'])).toMatchObject({
      rows: ['kill', 'depth'],
      cases: 9,
      seed: 0
    })
    expect(readSoakArguments(['--row', 'kill', '--case', '0'])).toMatchObject({ rows: ['kill'], only: 0 })
  })

  it.each([
    [['--row', 'nonsense'], /there is no row "nonsense"\. Rows: .*kill/],
    [['--cases', '0'], /--cases takes a whole number from 1 on, not "0"/],
    [['--seed', '1.5'], /--seed takes a whole number/],
    [['--case', '3'], /--case takes one --row/],
    [['--rows', 'kill'], /--rows/],
    [['kill'], /kill/]
  ])('refuses %j with what it takes', (given, said) => {
    expect(() => readSoakArguments(given)).toThrow(said)
    expect(() => readSoakArguments(given)).toThrow('--row NAME')
  })
})
