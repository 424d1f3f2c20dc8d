import { describe, expect, it } from 'vitest'
import { type HeldOut, heldOutIn } from '../../../src/renderer/placements/heldOut'

const row = (id: string, device: string, gap: number, cost: number): HeldOut => ({ id, device, tasks: 1, gap, cost })
const ALL = [row('h10', 'camera', 0.2, 1), row('h2', 'phone', Number.NaN, 3), row('h1', 'camera 2', 0.5, 2)]
const ids = (...given: Parameters<typeof heldOutIn>) => heldOutIn(...given).map(({ id }) => id)

describe('the list of what a run is evaluated on', () => {
  it('is sorted by number in names, and has anything but numbers last either way', () => {
    expect(ids(ALL, '', { key: 'id', descending: false })).toEqual(['h1', 'h2', 'h10'])
    expect(ids(ALL, '', { key: 'gap', descending: true })).toEqual(['h1', 'h10', 'h2'])
    expect(ids(ALL, '', { key: 'gap', descending: false })).toEqual(['h10', 'h1', 'h2'])
    expect(ids(ALL, '', { key: 'cost', descending: true })).toEqual(['h2', 'h1', 'h10'])
  })

  it('is searched by all words, in name and device', () => {
    expect(ids(ALL, 'Camera', { key: 'id', descending: false })).toEqual(['h1', 'h10'])
    expect(ids(ALL, 'camera h10', { key: 'id', descending: false })).toEqual(['h10'])
    expect(ids(ALL, 'tablet', { key: 'id', descending: false })).toEqual([])
  })
})
