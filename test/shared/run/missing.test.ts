import type { RunStatus } from '@shared/run/lifecycle'
import { standings } from '@shared/run/missing'
import { describe, expect, it } from 'vitest'

describe('what is missing', () => {
  it.each<[RunStatus, string]>([
    ['completed', 'done'],
    ['diverged', 'done'],
    ['queued', 'active'],
    ['running', 'active'],
    ['paused', 'active'],
    ['failed', 'missing'],
    ['cancelled', 'missing'],
    ['interrupted', 'missing']
  ])('a run that exists as %s is %s', (status, standing) => {
    expect(standings(['a'], [{ key: 'a', status }])).toEqual([standing])
  })

  it('takes the best of several likes, and counts one asked twice once', () => {
    const kept = [
      { key: 'a', status: 'failed' },
      { key: 'a', status: 'completed' },
      { key: 'a', status: 'queued' }
    ] as const
    expect(standings(['a', 'b', 'b'], kept)).toEqual(['done', 'missing', 'active'])
  })

  it('is nothing once everything that was missing is kept', () => {
    const asked = ['a', 'b', 'c']
    const first = standings(asked, [{ key: 'b', status: 'completed' }])
    const queued = asked.filter((_, i) => first[i] === 'missing').map((key) => ({ key, status: 'queued' as const }))
    expect(standings(asked, [...queued, { key: 'b', status: 'completed' }])).not.toContain('missing')
  })
})
