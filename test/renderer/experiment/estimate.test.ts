import { describe, expect, it } from 'vitest'
import { pacesOf, secondsOf } from '../../../src/renderer/experiment/estimate'
import { runRow } from '../rows'

describe('how long an experiment takes', () => {
  const rows = [
    runRow(1, { algorithm: 'dqn', learnSteps: 1000, seconds: 2 }),
    runRow(2, { algorithm: 'dqn', learnSteps: 3000, seconds: 6 }),
    runRow(3, { algorithm: 'dqn', learnSteps: 10, seconds: 100, status: 'cancelled' }),
    runRow(4, { algorithm: 'optimum', learnSteps: 0, seconds: 0.1 }),
    runRow(5, { algorithm: 'dmro', learnSteps: 500, seconds: 5 })
  ]

  it('goes by the pace of completed runs that learned', () => {
    const paces = pacesOf(rows)
    expect(paces.get('dqn')).toBe(500)
    expect(paces.get('dmro')).toBe(100)
    expect(paces.has('optimum')).toBe(false)
  })

  it('adds the algorithms up and divides by the runs at a time', () => {
    expect(secondsOf({ dqn: 5000, dmro: 1000 }, pacesOf(rows), 2)).toBe(10)
  })

  it('is not told where one algorithm has never run', () => {
    expect(secondsOf({ dqn: 5000, 'dmro-plus': 1 }, pacesOf(rows), 2)).toBeUndefined()
  })
})
