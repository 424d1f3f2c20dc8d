import { describe, expect, it } from 'vitest'
import { amountHalf, bytes, cost, costHalf, duration, fixed, gap, gapHalf, plain, share, steps } from '@shared/format'

describe('numbers as text', () => {
  it.each([
    [fixed(1234567.891, 2), '1,234,567.89'],
    [fixed(-0.004, 2), '0.00'],
    [fixed(-3.5, 1), '−3.5'],
    [fixed(Number.NaN), '–'],
    [fixed(Number.NEGATIVE_INFINITY), '−∞'],
    [fixed(undefined), '–'],
    [gap(0.00048), '0.048'],
    [gap(0.0164), '1.64'],
    [gap(2.674), '267.4'],
    [gap(0), '0'],
    [gap(1e-7), '<0.001'],
    [gapHalf(0.00048, 0.0001), '± 0.010'],
    [gapHalf(0.01, 0), '± 0'],
    [cost(0.80647), '0.8065'],
    [costHalf(0.8, 0.00314), '± 0.0031'],
    [amountHalf(90.12, 0.066), '± 0.1'],
    [share(0.166), '17'],
    [duration(0), '0 s'],
    [duration(0.01), '<0.1 s'],
    [duration(6.94), '6.9 s'],
    [duration(72), '1 min 12 s'],
    [duration(7500), '2 h 05 min'],
    [bytes(74_240), '74 kB'],
    [bytes(6_800_000), '6.8 MB'],
    [steps(2500), '2.5 k'],
    [plain(0.01), '0.01'],
    [plain(1e-7), '10⁻⁷'],
    [plain(10_000), '10,000']
  ])('%s is %s', (written, wanted) => {
    expect(written).toBe(wanted)
  })
})
