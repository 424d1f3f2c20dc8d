import { describe, expect, it } from 'vitest'
import { chainFeatures, featureLength, restLength, type StateShape, stateLength, writeState } from '../../../src/main/learn/state'
import type { Chain } from '../../../src/shared/model/workflow'

const shape: StateShape = { places: 2, tasks: 3, deviceKinds: 1, coefficients: 0, megacyclesScale: 100, megabytesScale: 10 }

const chain = (megacycles: number[], megabytes: number[]): Chain => ({
  id: 'w',
  device: 'phone',
  taskIds: megacycles.map((_, i) => `t${i}`),
  megacycles: Float64Array.from(megacycles),
  megabytes: Float64Array.from(megabytes)
})

function stateOf(of: StateShape, features: Float32Array, kind: number, i: number, previous: number): number[] {
  const state = new Float32Array(stateLength(of))
  const context = new Float32Array(of.deviceKinds > 1 ? of.deviceKinds : 0)
  if (of.deviceKinds > 1) context[kind] = 1
  writeState(of.places, { features, context }, i, previous, state, 0)
  return [...state]
}

const three = chainFeatures(shape, chain([50, 25, 100], [5, 2.5, 7.5, 10]))

describe('the state of eq. (13)', () => {
  it('is the previous place and then the whole workflow at the first task', () => {
    expect(stateOf(shape, three, 0, 0, 0)).toEqual([1, 0, 0.5, 0.5, 0.25, 0.25, 0.75, 1, 1])
  })

  it('shifts what remains to the front and fills up with zeros', () => {
    expect(stateOf(shape, three, 0, 1, 1)).toEqual([0, 1, 0.25, 0.25, 0.75, 1, 1, 0, 0])
    expect(stateOf(shape, three, 0, 2, 0)).toEqual([1, 0, 0.75, 1, 1, 0, 0, 0, 0])
  })

  it('pads a shorter workflow to the longest', () => {
    const two = chainFeatures(shape, chain([50, 25], [5, 2.5, 7.5]))
    expect([...two]).toEqual([0.5, 0.5, 0.25, 0.25, 0.75, 0, 0])
  })

  it('holds a flow that does not exist as zero', () => {
    expect([...chainFeatures(shape, chain([50], [Number.NaN, Number.NaN]))]).toEqual([0, 0.5, 0, 0, 0, 0, 0])
  })

  it('names the kind of device where there are several', () => {
    const kinds: StateShape = { ...shape, deviceKinds: 3 }
    expect(stateOf(kinds, three, 2, 2, 1)).toEqual([0, 1, 0.75, 1, 1, 0, 0, 0, 0, 0, 0, 1])
    expect(stateLength(kinds)).toBe(2 + 7 + 3)
    expect(restLength(kinds)).toBe(7 + 3)
    expect(featureLength(kinds)).toBe(7)
  })
})
