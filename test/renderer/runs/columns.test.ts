import { cardsById } from '@shared/run/naming'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { algorithmCards } from '../../../src/main/algorithms'
import {
  allColumns,
  bounded,
  columnsOf,
  defaultColumns,
  gridOf,
  LEAST_WIDTH,
  MOST_WIDTH,
  moved,
  toggled
} from '../../../src/renderer/runs/columns'

const cards = cardsById(algorithmCards)
const every = allColumns(['units', 'hidden', 'gone'])
const shown = fc.shuffledSubarray(every)

describe('columns', () => {
  it('stand in the order they were put in, each once, those left out that nobody knows', () => {
    const keys = (chosen: string[]) => columnsOf(chosen, 'regular', cards).map(({ key }) => key)
    expect(keys(['gap', 'status', 'gap', 'colour', 'parameters.units'])).toEqual(['gap', 'status', 'parameters.units'])
    fc.assert(
      fc.property(shown, (chosen) => {
        expect(keys(chosen)).toEqual(chosen)
      })
    )
  })

  it('are moved without losing one, and stand where they were dropped', () => {
    fc.assert(
      fc.property(shown, fc.nat(), fc.nat(), (chosen, a, b) => {
        fc.pre(chosen.length > 0)
        const [key, to] = [chosen[a % chosen.length], b % chosen.length]
        const next = moved(chosen, key, to)
        expect(next.indexOf(key)).toBe(to)
        expect([...next].sort()).toEqual([...chosen].sort())
        expect(next.filter((each) => each !== key)).toEqual(chosen.filter((each) => each !== key))
      })
    )
  })

  it('are shown where they stand at first, and taken out from where they are', () => {
    expect(toggled(['gap', 'status'], 'cost', every)).toEqual(['gap', 'cost', 'status'])
    expect(toggled(['time'], 'status', every)).toEqual(['status', 'time'])
    fc.assert(
      fc.property(shown, fc.constantFrom(...every), (chosen, key) => {
        const next = toggled(chosen, key, every)
        expect(next.includes(key)).toBe(!chosen.includes(key))
        expect(next.filter((each) => each !== key)).toEqual(chosen.filter((each) => each !== key))
      })
    )
  })

  it('are as wide as somebody chose, within bounds', () => {
    const [gap, cost] = columnsOf(['gap', 'cost'], 'regular', cards, { gap: 77 })
    expect([gap.width, cost.width]).toEqual([77, 112])
    expect([bounded(3), bounded(80.4), bounded(1e9)]).toEqual([LEAST_WIDTH, 80, MOST_WIDTH])
    expect(gridOf([gap, cost], 'regular').template).toBe('36px minmax(230px, 1fr) 77px 112px')
    expect(gridOf([gap], 'regular', { name: 300 }).template).toBe('36px 300px 77px')
  })

  it('of parameters are called by their names, with their symbol and sentence', () => {
    const [units, gone] = columnsOf(['parameters.units', 'parameters.gone'], 'regular', cards)
    expect(units).toMatchObject({ label: 'Parallel networks', unit: 's', help: expect.stringContaining('(units)') })
    expect(gone.label).toBe('gone')
  })

  it('without a choice are those there is room for', () => {
    expect(columnsOf(undefined, 'tight', cards).map(({ key }) => key)).toEqual(defaultColumns('tight'))
    expect(defaultColumns('tight').length).toBeLessThan(defaultColumns('wide').length)
  })
})
