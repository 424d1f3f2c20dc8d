import { delayEnergyOption } from '@shared/charts/comparison'
import { lineOf } from '@shared/algorithms/looks'
import { algorithmCards } from '../../../src/main/algorithms'
import { describe, expect, it } from 'vitest'
import { paperColor } from '../../../src/main/drawing/palette'
import { drawSvg } from '../../../src/main/drawing/svg'

describe('names of points that are together', () => {
  it('move apart until each can be read', () => {
    const names = ['first', 'second', 'third']
    const points = names.map((name, i) => ({ name, look: lineOf(algorithmCards, 'dqn'), delaySeconds: 90 + i / 100, energyJoules: 260 }))
    const style = { color: paperColor, font: 'sans-serif' }
    const far = { name: 'far', look: lineOf(algorithmCards, 'dmro'), delaySeconds: 140, energyJoules: 500 }
    const svg = drawSvg(delayEnergyOption([...points, far], [], style), { width: 500, height: 320 })
    const heights = names.map((name) => Number(new RegExp(`translate\\([\\d.]+ ([\\d.]+)\\)[^>]*>${name}<`).exec(svg)?.[1]))
    const apart = heights.sort((a, b) => a - b)
    expect(apart[1] - apart[0]).toBeGreaterThanOrEqual(10)
    expect(apart[2] - apart[1]).toBeGreaterThanOrEqual(10)
  })
})
