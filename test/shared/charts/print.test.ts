import { fileWords } from '@shared/charts/print'
import { describe, expect, it } from 'vitest'

describe('names of files', () => {
  it('say what is in them, in letters that every system takes', () => {
    expect(fileWords('Gap', 'DMRO+ against DQN, δ = 0.5')).toBe('gap_dmro-plus-against-dqn-delta-0.5')
    expect(fileWords('../..', undefined, 'a/b\\c:d')).toBe('a-b-c-d')
    expect(fileWords('', undefined)).toBe('figure')
  })
})
