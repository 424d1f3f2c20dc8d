import { describe, expect, it } from 'vitest'
import { beatOf, hearSigns } from '../../../src/main/processes/heartbeat'

function heard(...pieces: string[]): { counts: number[]; text: string } {
  const counts: number[] = []
  let text = ''
  const hear = hearSigns(
    (count) => counts.push(count),
    (piece) => (text += piece)
  )
  for (const piece of pieces) hear(piece)
  return { counts, text }
}

describe('signs of life', () => {
  it('are taken out of what a worker prints, wherever it is cut', () => {
    const printed = `a${beatOf(1)}b\n${beatOf(-20)}${beatOf(300)}c`
    for (let at = 0; at <= printed.length; at++) {
      expect(heard(printed.slice(0, at), printed.slice(at))).toEqual({ counts: [1, -20, 300], text: 'ab\nc' })
    }
  })

  it('leave text that has none of them as it is', () => {
    expect(heard('Warning: 5 things\n', '12')).toEqual({ counts: [], text: 'Warning: 5 things\n12' })
  })
})
