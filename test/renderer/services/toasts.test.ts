import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { say, toasts, undoLatest } from '../../../src/renderer/services/toasts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.runAllTimers()
  vi.useRealTimers()
})

describe('messages at the bottom of the window', () => {
  it('stay for ten seconds where something can be undone', () => {
    say('3 runs deleted', { action: { label: 'Undo', run: () => {} } })
    vi.advanceTimersByTime(9_900)
    expect(toasts.value).toHaveLength(1)
    vi.advanceTimersByTime(200)
    expect(toasts.value).toHaveLength(0)
  })

  it('undo the newest deletion once, and then the one before', () => {
    const undone: string[] = []
    say('a', { action: { label: 'Undo', run: () => undone.push('a') } })
    say('b', { action: { label: 'Undo', run: () => undone.push('b') } })
    say('saved')
    expect([undoLatest(), undoLatest(), undoLatest()]).toEqual([true, true, false])
    expect(undone).toEqual(['b', 'a'])
  })
})
