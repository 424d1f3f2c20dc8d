import { describe, expect, it } from 'vitest'
import { flowLabels } from '../../../src/renderer/workload/flowLabels'

const flow = (y1: number, y2: number) => ({ x1: 0, y1, x2: 200, y2, text: '8.06 MB' })

describe('labels of flows', () => {
  it('stand in the middle of a line that is alone', () => {
    expect(flowLabels([flow(50, 50)], [])).toEqual([{ x: 100, y: 45 }])
  })

  it('give way to boxes and to those before them, and are left out where there is no place', () => {
    const [first, second] = flowLabels([flow(50, 50), flow(50, 50)], [])
    expect(first?.x).toBe(100)
    expect(Math.abs((second?.x ?? 100) - 100)).toBeGreaterThan(40)
    expect(flowLabels([flow(50, 50)], [{ x: 80, y: 30, width: 40, height: 40 }])[0]?.x).not.toBe(100)
    expect(flowLabels([flow(50, 50)], [{ x: -50, y: 0, width: 400, height: 100 }])).toEqual([undefined])
  })
})
