import { isActive, nextStatus, RUN_STATUSES, type RunChange, type RunStatus } from '@shared/run/lifecycle'
import { describe, expect, it } from 'vitest'
import { fc } from '../properties'

const CHANGES: RunChange[] = ['start', 'pause', 'resume', 'cancel', 'complete', 'diverge', 'fail', 'interrupt']

/** Follows changes, passing over those that make no sense. */
function after(changes: readonly RunChange[], from: RunStatus = 'queued'): RunStatus {
  return changes.reduce<RunStatus>((status, change) => nextStatus(status, change) ?? status, from)
}

describe('the life of a run', () => {
  it.each([
    [['start', 'complete'], 'completed'],
    [['start', 'pause', 'resume', 'start', 'complete'], 'completed'],
    [['pause', 'resume'], 'queued'],
    [['start', 'interrupt', 'resume', 'start', 'complete'], 'completed'],
    [['start', 'fail', 'resume'], 'queued'],
    [['fail'], 'failed'],
    [['start', 'cancel', 'resume', 'start', 'complete'], 'completed'],
    [['pause', 'interrupt'], 'paused'],
    [['start', 'diverge'], 'diverged']
  ] as [RunChange[], RunStatus][])('goes by %j to %s', (changes, status) => {
    changes.reduce<RunStatus>((now, change) => {
      const next = nextStatus(now, change)
      if (!next) throw new Error(`${change} makes no sense where a run is ${now}`)
      return next
    }, 'queued')
    expect(after(changes)).toBe(status)
  })

  it('ends for good where it is completed or diverged', () => {
    for (const status of ['completed', 'diverged'] as const)
      for (const change of CHANGES) expect(nextStatus(status, change)).toBeUndefined()
  })

  it('can be taken up again from every other end', () => {
    for (const status of ['paused', 'interrupted', 'failed', 'cancelled'] as const) {
      expect(nextStatus(status, 'resume')).toBe('queued')
      expect(nextStatus(status, 'start')).toBeUndefined()
      expect(nextStatus(status, 'complete')).toBeUndefined()
    }
  })

  it('is completed or diverged from running only', () => {
    for (const status of RUN_STATUSES) {
      for (const change of ['complete', 'diverge'] as const) expect(nextStatus(status, change) !== undefined).toBe(status === 'running')
    }
  })

  it('is active while it waits or runs; whatever happens, a stop leaves it inactive', () => {
    expect(RUN_STATUSES.filter(isActive)).toEqual(['queued', 'running'])
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...CHANGES), { maxLength: 30 }), (changes) => {
        expect(isActive(after(['interrupt'], after(changes)))).toBe(false)
        expect(isActive(after(['cancel'], after(changes)))).toBe(false)
      })
    )
  })
})
