import { type ComparedRun, figureRows } from '@shared/experiment/comparison'
import { signedPercent } from '@shared/charts/lossChart'
import { differenceText, halfText } from '@shared/experiment/figureText'
import { amountHalf, costHalf, gapHalf } from '@shared/format'
import { describe, expect, it } from 'vitest'

const share = { device: 1, edge: 0, cloud: 0 }
function run(gap: number): ComparedRun {
  const evaluation = {
    workflows: 2,
    inSample: false,
    meanCost: 1 + gap,
    meanDelaySeconds: 10 + gap,
    meanEnergyJoules: 20 - gap,
    gapMean: gap,
    gapP95: gap,
    gapMax: gap,
    exactMatches: 0,
    share,
    decisionMs: 1,
    optimum: { meanCost: 1, meanDelaySeconds: 10, meanEnergyJoules: 20, share },
    gaps: [gap, gap],
    costs: [1 + gap, 1 + gap]
  }
  return { seconds: 1, evaluation }
}
const group = (gap: number, isRuler = false) => ({ world: 'w', runs: [run(gap), run(gap)], isRuler })
const bestOf = (groups: ReturnType<typeof group>[]) => figureRows(groups, 0).find(({ key }) => key === 'gapMean')?.best

describe('the best of a comparison', () => {
  it('is the best rival: the optimum is what they are measured by', () => {
    expect(bestOf([group(0.2), group(0.1), group(0, true)])).toBe(1)
    expect(bestOf([group(0, true), group(0.2), group(0.1)])).toBe(2)
  })

  it('is nobody where there is only one', () => {
    expect(bestOf([group(0.1), group(0, true)])).toBeUndefined()
  })
})

describe('what has no value', () => {
  it('has no sign before it', () => {
    expect(differenceText('gapMean', Number.NaN)).toBe('–')
    expect(halfText('gapMean', { mean: Number.NaN, interval: [Number.NaN, Number.NaN] })).toBe('')
    for (const key of ['gapMean', 'cost', 'delay', 'exact', 'decision', 'stepsTo5'] as const) {
      expect(halfText(key, { mean: Infinity, interval: [1, Infinity] }), key).toBe('')
    }
    expect([gapHalf(0.1, Number.NaN), costHalf(1, Infinity), amountHalf(Number.NaN, 1)]).toEqual(['', '', ''])
    expect([signedPercent(Number.NaN), signedPercent(Infinity), signedPercent(0.01)]).toEqual(['–', '+∞ %', '+1.000 %'])
  })

  it('is no best, where all rivals are infinitely far', () => {
    expect(bestOf([group(Infinity), group(Infinity)])).toBeUndefined()
    expect(bestOf([group(Infinity), group(0.1)])).toBe(1)
  })
})

describe('a difference', () => {
  it('has a sign, and none where it is too small for its decimals', () => {
    expect(differenceText('gapMean', -0.0153)).toMatch(/^−1\.53/)
    expect(differenceText('decision', -0.001)).toBe('≈ 0')
    expect(differenceText('cost', 0)).toBe('0')
  })
})
