import { type Parameter, unitAfter } from '@shared/algorithms/parameters'
import { describe, expect, it } from 'vitest'

const inUnits = (unit?: string): Parameter => ({
  key: 'x',
  label: 'X',
  type: 'integer',
  default: 1,
  min: 1,
  max: 9,
  sentence: '',
  ...(unit !== undefined && { unit })
})

describe('the unit after a value', () => {
  it('is of one thing after 1 and of several after any other number', () => {
    expect(unitAfter(1, inUnits('tasks'))).toBe('task')
    expect(unitAfter(1, inUnits('learn steps'))).toBe('learn step')
    expect(unitAfter(2, inUnits('tasks'))).toBe('tasks')
    expect(unitAfter(0, inUnits('tasks'))).toBe('tasks')
  })

  it('is left as it is where it is not a plural', () => {
    expect(unitAfter(1, inUnits('s'))).toBe('s')
    expect(unitAfter(1, inUnits('MB/s'))).toBe('MB/s')
    expect(unitAfter(1, inUnits('× start'))).toBe('× start')
    expect(unitAfter(1, inUnits())).toBeUndefined()
  })
})
