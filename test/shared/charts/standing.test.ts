import { edgeMarks, isolated, lastNumber, standingBand, standingOf, standingPoints, valueAxis } from '@shared/charts/standing'
import { describe, expect, it } from 'vitest'
import { fc } from '../properties'

const ENDS = { low: 0.01, high: 1 }
const curve = (...values: number[]) => values.flatMap((value, i) => [i, value])
const axisOf = (scale: 'log' | 'linear', values: number[], more: { bands?: number[][]; levels?: number[]; side?: 'above' } = {}) =>
  valueAxis({
    scale,
    curves: [curve(...values)],
    bands: more.bands ?? [],
    levels: (more.levels ?? []).map((value) => ({ value, side: more.side })),
    count: 5
  })
const any = fc.oneof(
  fc.double({ min: -1e9, max: 1e9 }),
  fc.double({ min: 1e-300, max: 1, noNaN: true }),
  fc.constantFrom(0, -0, Number.NaN, Infinity, -Infinity, 1e-17)
)

describe('a value on an axis', () => {
  it('stands at the edge it is beyond, and says which', () => {
    expect([0, 0.001, 0.5, 1, 7, Infinity].map((value) => standingOf(value, ENDS))).toEqual([
      { at: 0.01, beyond: 'low' },
      { at: 0.01, beyond: 'low' },
      { at: 0.5 },
      { at: 1 },
      { at: 1, beyond: 'high' },
      { at: 1, beyond: 'high' }
    ])
    expect(standingOf(Number.NaN, ENDS)).toBeUndefined()
  })

  it('stands inside, whatever it is, and only what is not a number is a gap', () => {
    fc.assert(
      fc.property(fc.array(any, { maxLength: 60 }), fc.constantFrom('log' as const, 'linear' as const), (values, scale) => {
        const axis = axisOf(scale, values)
        expect(axis.high).toBeGreaterThan(axis.low)
        if (scale === 'log') expect(axis.low).toBeGreaterThan(0)
        const drawn = standingPoints(curve(...values), axis)
        values.forEach((value, i) => {
          if (Number.isNaN(value)) expect(drawn[2 * i + 1]).toBeNaN()
          else expect(drawn[2 * i + 1] >= axis.low && drawn[2 * i + 1] <= axis.high).toBe(true)
        })
      })
    )
  })

  it('is beyond only where the axis has no place: finite values of a linear axis never do', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 40 }), (values) => {
        expect(edgeMarks(curve(...values), axisOf('linear', values))).toEqual([])
      })
    )
  })
})

describe('an axis', () => {
  it('leaves room for what falls below a logarithmic one', () => {
    expect(axisOf('log', [0.2, 0.02]).low).toBe(0.02)
    expect(axisOf('log', [0.2, 0.02, 0]).low).toBe(0.01)
    expect(axisOf('log', [0.2, 0.02], { levels: [0] }).low).toBe(0.01)
    expect([axisOf('log', [0.2, 0.02, Infinity]).high, axisOf('log', [0.2, 0.02]).high]).toEqual([0.5, 0.2])
    expect(axisOf('linear', [0, 1, Infinity]).high).toBeGreaterThan(1)
    expect(axisOf('log', [0.2, 0.02], { bands: [[0, 0, 0.3]] }).low).toBeLessThan(0.01)
  })

  it('is there where nothing has a place on it', () => {
    for (const values of [[], [0], [Number.NaN], [Infinity]]) {
      expect(axisOf('log', values)).toMatchObject({ low: 0.01, high: 1 })
      expect(
        axisOf(
          'linear',
          values.filter((value) => value !== 0)
        )
      ).toMatchObject({ low: 0, high: 1 })
    }
  })

  it('leaves a level room on the side where no curve is', () => {
    expect(axisOf('linear', [1.2, 0.9], { levels: [0.8] }).low).toBeLessThan(0.8)
    expect(axisOf('linear', [-2, -1], { levels: [-0.5] }).high).toBeGreaterThan(-0.5)
    // A noisy curve that now and then exceeds what it tends to.
    expect(axisOf('linear', [-2, -0.4], { levels: [-0.41], side: 'above' }).high).toBeGreaterThan(-0.4)
  })
})

describe('a band', () => {
  it('reaches to the floor of a logarithmic axis where its lower end is 0 or less, without a hole', () => {
    expect(standingBand([0, 0.1, 0.3, 1, 0, 0.2, 2, -1, 0.1, 3, 0.05, 0.1], ENDS)).toEqual([
      [0, 0.1, 0.3, 1, 0.01, 0.2, 2, 0.01, 0.1, 3, 0.05, 0.1]
    ])
  })

  it('that is 0 altogether is on the floor, and continues', () => {
    expect(standingBand([0, 0.1, 0.3, 1, 0, 0, 2, 0.1, 0.2], ENDS)).toEqual([[0, 0.1, 0.3, 1, 0.01, 0.01, 2, 0.1, 0.2]])
  })

  it('is in parts where it has a gap', () => {
    expect(standingBand([0, 0.1, 0.3, 1, Number.NaN, Number.NaN, 2, 0.1, Infinity], ENDS)).toEqual([
      [0, 0.1, 0.3],
      [2, 0.1, 1]
    ])
  })
})

describe('the marks of a curve', () => {
  it('stand where it leaves its axis and where it ends beyond it', () => {
    expect(edgeMarks(curve(0.1, 0, 0, 0, 0.1, 0, 0), ENDS)).toEqual([
      { index: 1, edge: 'low' },
      { index: 5, edge: 'low' },
      { index: 6, edge: 'low' }
    ])
    expect(edgeMarks(curve(0.1, Infinity, 0, Number.NaN), ENDS)).toEqual([
      { index: 1, edge: 'high' },
      { index: 2, edge: 'low' }
    ])
  })

  it('are few along a curve that falls below again and again, the last among them', () => {
    const often = curve(...Array.from({ length: 1000 }, (_, i) => (i % 2 ? 0 : 0.1)))
    const marks = edgeMarks(often, ENDS)
    expect(marks.length).toBe(8)
    expect(marks.at(-1)?.index).toBe(999)
    expect(edgeMarks(often, ENDS, true)).toHaveLength(500)
  })
})

describe('points', () => {
  it('without a number to either side are alone', () => {
    expect(isolated(curve(1, Number.NaN, 2, 3, Number.NaN, 4))).toEqual([0, 5])
    expect(isolated(curve(1))).toEqual([0])
    expect(isolated([])).toEqual([])
    expect(isolated(curve(1, 2))).toEqual([])
  })

  it('end with the last that is a number', () => {
    expect(lastNumber(curve(1, Infinity, Number.NaN))).toBe(1)
    expect(lastNumber(curve(Number.NaN))).toBe(-1)
  })
})
