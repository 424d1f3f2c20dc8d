import { fig4 } from '../../../src/main/studies/definitions/fig4'
import { fig5, ripple, volatility } from '../../../src/main/studies/definitions/fig5'
import { advantages, fig6 } from '../../../src/main/studies/definitions/fig6'
import { fig7 } from '../../../src/main/studies/definitions/fig7'
import { fig8 } from '../../../src/main/studies/definitions/fig8'
import { fig9 } from '../../../src/main/studies/definitions/fig9'
import { onePolicy } from '../../../src/main/studies/definitions/one-policy'
import { sizes } from '../../../src/main/studies/definitions/sizes'
import { contention } from '../../../src/main/studies/definitions/contention'
import { graphs } from '../../../src/main/studies/definitions/graphs'
import { psi } from '../../../src/main/studies/definitions/psi'
import { mrlco } from '../../../src/main/studies/definitions/mrlco'
import { rivals } from '../../../src/main/studies/definitions/rivals'
import { budget } from '../../../src/main/studies/definitions/budget'
import { time } from '../../../src/main/studies/definitions/time'
import { judge } from '../../../src/main/studies/definitions/judge'
import { verdictText } from '@shared/studies/study'
import type { Study, StudyRun } from '@shared/studies/study'
import { describe, expect, it } from 'vitest'
import { curve, run, seeds } from './runs'

const verdicts = (study: Study, runs: readonly StudyRun[]) => study.claims.map((claim) => claim.judge(runs).verdict)

describe('every figure', () => {
  it.each([fig4, fig5, fig6, fig7, fig8, fig9, sizes, onePolicy, graphs, time, contention, psi, mrlco, rivals, budget])(
    '$id leaves its claims open where nothing was run',
    (study) => {
      const { verdict, here, charts } = judge(study, [], 'full', [])
      expect(verdict).toBe('open')
      expect(here).toBeUndefined()
      expect(charts.every(({ series }) => series.length === 0)).toBe(true)
    }
  )
})

describe('a quick sketch', () => {
  it('says of its verdicts what they rest on, whichever way they fall', () => {
    const runs = [1, 2].map((seed) => run({ seed, parameters: { learningRate: 0.01, learnSteps: 300 }, gap: 0.01 }))
    expect(judge(fig4, runs, 'quick', []).sketch).toEqual({ seeds: 2, learnSteps: 300 })
    expect(judge(fig4, runs, 'full', []).sketch).toBeUndefined()
    expect(verdictText('holds', { seeds: 2, learnSteps: 300 })).toBe('holds (sketch: 2 seeds, 300 steps)')
    expect(verdictText('holds', undefined)).toBe('holds')
  })
})

describe('Fig. 4', () => {
  it('says of runs that never left one tier that they did not', () => {
    const runs = seeds({ parameters: { learningRate: 0.0001 }, gap: 0.5 })
    const stuck = runs.map((run) => ({
      ...run,
      evaluation: run.evaluation && { ...run.evaluation, share: { device: 1, edge: 0, cloud: 0 } }
    }))
    const said = (of: readonly StudyRun[]) => fig4.claims[1].judge(of).text
    expect(said(stuck)).toContain('None of these runs ever left local-only')
    expect(said([stuck[0], ...runs.slice(1)])).toContain('1 of 3 of these runs never left local-only')
    expect(said(runs)).not.toContain('left local-only')
  })

  const at = (gaps: Record<number, number>) =>
    Object.entries(gaps).flatMap(([rate, gap]) => seeds({ parameters: { learningRate: Number(rate) }, gap }))

  it('holds where 0.01 is least and the lowest rate stays far off', () => {
    expect(verdicts(fig4, at({ 0.1: 0.1, 0.01: 0.01, 0.001: 0.04, 0.0001: 0.5 }))).toEqual(['holds', 'holds'])
    expect(fig4.here(at({ 0.1: 0.1, 0.01: 0.01, 0.001: 0.04, 0.0001: 0.5 }))).toContain('0.01: 1.00 %')
  })

  it('does not hold where another rate is better, and in part where intervals overlap', () => {
    expect(verdicts(fig4, at({ 0.1: 0.1, 0.01: 0.02, 0.001: 0.01, 0.0001: 0.01 }))).toEqual(['does not hold', 'does not hold'])
    expect(verdicts(fig4, at({ 0.1: 0.1, 0.01: 0.01, 0.001: 0.0101, 0.0001: 0.5 }))[0]).toBe('in part')
  })
})

describe('Fig. 5', () => {
  const saw = (jump: number, rise: number) =>
    curve(1001, 2, (step) => (1 + jump * (step % 4 === 0 ? 1 : -1)) * (step > 200 && (step - 1) % 200 < 40 ? rise : 1))
  const runs = (jumps: readonly number[], rise: number, gaps: readonly number[]) =>
    [32, 64, 128].flatMap((batch, i) => seeds({ parameters: { batch }, gap: gaps[i], curves: { loss: saw(jumps[i], rise) } }))

  it('measures the ripple of a target copy and the jumps between points', () => {
    expect(ripple(run({ curves: { loss: saw(0, 1.5) } }))).toBeCloseTo(1.5, 9)
    expect(ripple(run({ curves: { loss: saw(0, 1) } }))).toBeCloseTo(1, 9)
    expect(volatility(run({ curves: { loss: saw(0.2, 1) } }))).toBeGreaterThan(volatility(run({ curves: { loss: saw(0.1, 1) } })))
  })

  it('holds for alike gaps, calmer large batches and a small ripple; not for their opposites', () => {
    expect(verdicts(fig5, runs([0.3, 0.2, 0.1], 1.4, [0.01, 0.011, 0.012]))).toEqual(['holds', 'holds', 'holds'])
    expect(verdicts(fig5, runs([0.1, 0.2, 0.3], 0.9, [0.01, 0.011, 0.2]))).toEqual(['does not hold', 'does not hold', 'in part'])
  })

  it('says so where the ripple is there but not small', () => {
    const [, , claim] = fig5.claims
    expect(claim.judge(runs([0.3, 0.2, 0.1], 6, [0.01, 0.01, 0.01]))).toMatchObject({
      verdict: 'in part',
      text: expect.stringContaining('not small')
    })
  })
})

describe('Fig. 6', () => {
  const RIVALS = ['dqn', 'double-dqn', 'dueling-dqn']
  const world = (dmro: number, rivals: number, early?: (algorithm: string) => number) =>
    [0, 0.2, 1].flatMap((energyWeight) => {
      const optimum = 0.7 + 0.5 * energyWeight
      const learned = ['dmro-plus', 'dmro', ...RIVALS].flatMap((algorithm) => {
        const gap = algorithm === 'dmro-plus' ? 0.0005 : algorithm === 'dmro' ? dmro : rivals
        const cost = curve(3, 100, (step) => (step === 200 ? optimum * (1 + gap) : early ? early(algorithm) : 2))
        return seeds({ algorithm, energyWeight, optimum, gap, curves: { cost } })
      })
      const fixed = ['local-only', 'edge-only', 'cloud-only'].map((algorithm) =>
        run({ algorithm, energyWeight, optimum, gap: algorithm === 'local-only' ? 0.5 + 0.2 * energyWeight : 0.6 })
      )
      return [...learned, ...fixed]
    })

  it('finds DMRO least, but no 17.6 % where the rivals are close to the optimum', () => {
    const runs = world(0.002, 0.02)
    expect(verdicts(fig6, runs)).toEqual(['holds', 'holds', 'does not hold', 'holds', 'holds'])
    expect(fig6.claims[2].judge(runs).text).toContain('no algorithm could save more than 1.96 %')
  })

  it('says at which learn steps 17.6 % holds where it does so early on', () => {
    const runs = world(0.002, 0.02, (algorithm) => (algorithm === 'dmro' ? 1 : 1.5))
    expect(advantages(runs).map(({ step }) => step)).toEqual([0, 100, 200])
    expect(fig6.claims[2].judge(runs)).toMatchObject({ verdict: 'in part', text: expect.stringContaining('from 100 to 100 learn steps') })
  })

  it('holds in full against rivals that learned nothing, and does not where DMRO costs more', () => {
    expect(verdicts(fig6, world(0.002, 0.4))[2]).toBe('holds')
    expect(verdicts(fig6, world(0.05, 0.02))[0]).toBe('in part')
    expect(fig6.claims[0].judge(world(0.05, 0.02)).text).toContain('It costs no less than dqn at δ 0')
  })
})

describe('Fig. 7', () => {
  const learning = (algorithm: string, end: number, pace: number) =>
    seeds({
      algorithm,
      gap: end,
      curves: {
        reward: curve(100, 10, (step) => -0.1 * (1 + end + 0.5 * Math.exp(-step / pace))),
        gap: curve(100, 10, (step) => end + 0.5 * Math.exp(-step / pace))
      }
    })
  const rivals = (end: number, pace: number) => ['dqn', 'double-dqn', 'dueling-dqn'].flatMap((algorithm) => learning(algorithm, end, pace))

  it('holds where DMRO is first and highest', () => {
    expect(verdicts(fig7, [...learning('dmro', 0.01, 50), ...rivals(0.04, 200)])).toEqual(['holds', 'holds', 'holds'])
  })

  it('does not where it is last and lowest', () => {
    expect(verdicts(fig7, [...learning('dmro', 0.08, 200), ...rivals(0.02, 50)])).toEqual(['holds', 'does not hold', 'does not hold'])
  })
})

describe('Figs. 8 and 9', () => {
  const from = (start: string | undefined, half: number, gap: number) =>
    ['meta-t1', 'meta-t2'].flatMap((world) =>
      [0.2, 1].flatMap((energyWeight) =>
        seeds({
          stage: 'adapt',
          world,
          energyWeight,
          start,
          gap,
          curves: {
            cost: curve(41, 10, (step) => 0.8 * (1 + gap + 0.5 * 2 ** (-step / half))),
            gap: curve(41, 10, (step) => gap + 0.5 * 2 ** (-step / half))
          }
        })
      )
    )

  it('hold where ψ is fast, as fast as weights trained elsewhere, and random is slow', () => {
    const runs = [...from('psi', 2, 0.004), ...from('elsewhere', 4, 0.02), ...from(undefined, 70, 0.03)]
    expect(verdicts(fig8, runs)).toEqual(['holds', 'holds', 'holds'])
    expect(verdicts(fig9, runs)).toEqual(['holds', 'holds', 'holds'])
  })

  it('do not hold where random weights do as well', () => {
    const runs = [...from('psi', 30, 0.06), ...from('elsewhere', 2, 0.02), ...from(undefined, 10, 0.02)]
    expect(verdicts(fig8, runs)).toEqual(['does not hold', 'does not hold', 'does not hold'])
    expect(verdicts(fig9, runs)).toEqual(['does not hold', 'does not hold', 'does not hold'])
  })
})

describe('DMRO+ by size', () => {
  const SIZES = [
    { world: 'one-edge-one-cloud, N 10', experiment: 'DMRO+ by size, N 10, H 64' },
    { world: 'one-edge-one-cloud, N 20', experiment: 'DMRO+ by size, N 20, H 128' },
    ...['H 128', 'H 128, h 4'].flatMap((setting) =>
      ['N 10', 'N 20'].map((tasks) => ({ world: `two-edges-two-clouds, ${tasks}`, experiment: `DMRO+ by size, ${tasks}, ${setting}` }))
    )
  ]
  const at = (gaps: readonly number[]) => [
    ...SIZES.slice(0, gaps.length).flatMap((size, i) => seeds({ ...size, algorithm: 'dmro-plus', gap: gaps[i] })),
    ...SIZES.slice(4).flatMap(({ world }) => seeds({ world, experiment: 'Look-ahead by size', algorithm: 'look-ahead', gap: 0.01 }))
  ]

  it('holds where every size is within 0.1 %, in part where one is not, and waits for all', () => {
    expect(verdicts(sizes, at([0.0005, 0.0009, 0.0005, 0.0009, 0.0005, 0.0009]))).toEqual(['holds'])
    expect(verdicts(sizes, at([0.0005, 0.0009, 0.0005, 0.0009, 0.0005, 0.02]))).toEqual(['in part'])
    expect(verdicts(sizes, at([0.0005, 0.0009, 0.0005, 0.0009, 0.0005]))).toEqual(['open'])
  })

  it('asks it of the further plan where there are five places', () => {
    expect(verdicts(sizes, at([0.0005, 0.0009, 0.02, 0.02, 0.0005, 0.0009]))).toEqual(['holds'])
  })
})

describe('one policy', () => {
  const NAMES = ['k3', 'k5', 'k3-now', 'k5-now', 'base', 'one', 'ten', 'half', 'taken', 'whole']
  const placed = (start: string, world: string, gap: number) =>
    run({ stage: 'place', start, world, curves: { gap: { steps: [0, 1], values: [gap, 0] } } })
  const runs = (gapOf: (name: string) => number, beyond: number) => [
    ...NAMES.flatMap((name) => {
      const centre = name.startsWith('k5') ? 'two-edges-two-clouds' : 'one-edge-one-cloud'
      const gap = gapOf(name)
      return [0.5, 1.5].map((factor, i) => placed(name, `unseen around ${centre}, family, ${i + 1}`, gap * factor))
    }),
    placed('k3', 'meta-t1', 0.003),
    placed('k3', 'meta-t2', 0.002),
    placed('k3', 'unseen around one-edge-one-cloud, beyond, 1', beyond)
  ]

  it('is judged by the gap before any learn step, in environments it never saw', () => {
    const gaps: Record<string, number> = { k3: 0.002, k5: 0.004, base: 0.004, ten: 0.003 }
    expect(
      verdicts(
        onePolicy,
        runs((name) => gaps[name] ?? 0.02, 0.004)
      )
    ).toEqual(['holds', 'holds', 'holds'])
    expect(onePolicy.here(runs(() => 0.002, 0.004))).toContain('0.200 % on average, 0.300 % in the worst of 2')
  })

  it('does not hold where the worst environment is far off or a part does not help', () => {
    expect(
      verdicts(
        onePolicy,
        runs(() => 0.004, 0.2)
      )
    ).toEqual(['holds', 'does not hold', 'does not hold'])
    expect(
      verdicts(
        onePolicy,
        runs((name) => (name === 'k5' ? 0.03 : 0.002), 0.004)
      )[0]
    ).toBe('in part')
  })
})
