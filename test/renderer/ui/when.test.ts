import { describe, expect, it } from 'vitest'
import { when } from '../../../src/renderer/ui/when'

describe('a moment', () => {
  it('is the time of today, the day of this year, and the year of others', () => {
    const now = new Date(2025, 10, 24, 15).getTime()
    expect(when(new Date(2025, 10, 24, 14, 2).getTime(), now)).toBe('14:02')
    expect(when(new Date(2025, 10, 22).getTime(), now)).toBe('22 Nov')
    expect(when(new Date(2024, 10, 22).getTime(), now)).toBe('22 Nov 2024')
  })
})
