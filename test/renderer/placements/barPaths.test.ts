import { describe, expect, it } from 'vitest'
import { linePath, spanPath } from '../../../src/renderer/placements/barPaths'

describe('many bars', () => {
  it('are one path no longer than the screen is wide', () => {
    const spans = Array.from({ length: 50_000 }, (_, i) => ({ x: i * 0.02, width: 0.02, y: 10 * (i % 3) }))
    expect(spanPath(spans, 8).split('M').length - 1).toBeLessThanOrEqual(3 * 2 * 1001)
    expect(
      spanPath(
        spans.filter(({ y }) => y === 0),
        8
      )
    ).toBe('M0 0H1001V8H0z')
  })

  it('stay apart where there is room between them', () => {
    expect(
      spanPath(
        [
          { x: 0, width: 4, y: 1 },
          { x: 6, width: 4, y: 1 }
        ],
        2
      )
    ).toBe('M0 1H4V3H0zM6 1H10V3H6z')
    expect(
      linePath([
        { x1: 0, y1: 0, x2: 0.1, y2: 5 },
        { x1: 0.1, y1: 0, x2: 0, y2: 5 }
      ])
    ).toBe('M0 0L0 5')
  })
})
