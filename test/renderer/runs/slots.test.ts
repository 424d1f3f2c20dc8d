import { describe, expect, it } from 'vitest'
import { rowKeeper } from '../../../src/renderer/runs/slots'

const items = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => ({ key: `line ${from + i}`, kind: (from + i) % 10 === 0 ? 'group' : 'run' }))
const nothingIsTaken = () => false

describe('the rows lines are drawn in', () => {
  it('stay with a line for as long as it is in sight', () => {
    const rowsOf = rowKeeper()
    const before = rowsOf(items(0, 40), nothingIsTaken)
    const after = rowsOf(items(7, 47), nothingIsTaken)
    for (let i = 7; i < 40; i++) expect(after.get(`line ${i}`)).toBe(before.get(`line ${i}`))
  })

  it('are each of one line, and go over to lines of the same kind', () => {
    const rowsOf = rowKeeper()
    const before = new Set(rowsOf(items(1, 9), nothingIsTaken).values())
    const after = rowsOf(items(11, 19), nothingIsTaken)
    expect(new Set(after.values())).toEqual(before)
    expect(rowsOf(items(20, 21), nothingIsTaken).get('line 20')).not.toBe(after.get('line 11'))
  })

  it('are not given away while somebody works in them', () => {
    const rowsOf = rowKeeper()
    const row = rowsOf(items(1, 2), nothingIsTaken).get('line 1')
    expect(rowsOf(items(2, 3), (key) => key === 'line 1').get('line 2')).not.toBe(row)
  })
})
