import { describe, expect, it } from 'vitest'
import { pdfPath } from '../../../src/main/drawing/pathData'

describe('paths of SVG as those of PDF', () => {
  it.each([
    ['M1 2L3 4Z', '1 2 m\n3 4 l\nh'],
    ['m1 2 3 4', '1 2 m\n4 6 l'],
    ['M0 0H5V6h-1v-1', '0 0 m\n5 0 l\n5 6 l\n4 6 l\n4 5 l'],
    ['M0,0c1-1,2-2,3-3s2,2,3,3', '0 0 m\n1 -1 2 -2 3 -3 c\n4 -4 5 -1 6 0 c'],
    ['M0 0Q3 3 6 0', '0 0 m\n2 2 4 2 6 0 c'],
    ['M1e1.5L-.5.25', '10 0.5 m\n-0.5 0.25 l']
  ])('%s', (svg, pdf) => {
    expect(pdfPath(svg)).toBe(pdf)
  })

  it('have a quarter of a circle as one curve, and a whole one in four', () => {
    const [, curve] = pdfPath('M1 0A1 1 0 0 1 0 1').split('\n')
    const numbers = curve.split(' ').slice(0, 6).map(Number)
    const k = (4 / 3) * (Math.SQRT2 - 1)
    ;[1, k, k, 1, 0, 1].forEach((value, i) => expect(numbers[i]).toBeCloseTo(value, 3))
    expect(pdfPath('M0 0a1 1 0 1 0 2 0a1 1 0 1 0-2 0').match(/ c$/gm)).toHaveLength(4)
  })

  it('are refused where a command is none', () => {
    expect(() => pdfPath('M0 0X1')).toThrow('unknown command X')
  })
})
