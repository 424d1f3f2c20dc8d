import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { CurvesChart, DrawnCurve } from '@shared/charts/curveModel'
import { curvesOption } from '@shared/charts/curves'
import { delayEnergyOption, profileOption } from '@shared/charts/comparison'
import type { FigureChart, FigureSeries } from '@shared/charts/figure'
import { decisionGapOption } from '@shared/charts/decisionGap'
import { lossOption } from '@shared/charts/lossChart'
import { type OwnAxis, type OwnChart, type OwnKind, ownOption } from '@shared/charts/own'
import { chartPixels, PAPER_FONT } from '@shared/charts/print'
import { lineOf } from '@shared/algorithms/looks'
import { algorithmCards } from '../../../src/main/algorithms'
import { ranksOption } from '@shared/charts/ranks'
import { randomStream } from '@shared/model/random'
import { describe, expect, it } from 'vitest'
import { paperColor } from '../../../src/main/drawing/palette'
import { drawSvg, figureSvg } from '../../../src/main/drawing/svg'

/**
 * Every kind of figure, drawn from fixed data and compared with the picture that is kept beside this file. Where one differs, the new one
 * is left as NAME-changed.svg: look at both, and rename it over the other if it is meant.
 */
const FOLDER = fileURLToPath(new URL('.', import.meta.url))
const STYLE = { color: paperColor, font: PAPER_FONT }
const SMALL = { width: 500, height: 320 }
const COLUMN = chartPixels({ widthMm: 85, heightMm: 56, letterPt: 8 })
const ALONE = { ...STYLE, legendWidth: COLUMN.width }

/** Without ECharts' running numbers, which depend on what was drawn before, and coordinates as far as an eye can tell them. */
function settled(svg: string): string {
  const classes = [...new Set(svg.match(/zr\d+-cls-\d+/g))]
  return svg
    .replace(/zr\d+-cls-\d+/g, (name) => `zr-cls-${classes.indexOf(name)}`)
    .replace(/zr\d+-/g, 'zr-')
    .replace(/="[^"]*"/g, (value) => value.replace(/-?\d+\.\d{3,}/g, (digits) => String(Number(Number(digits).toFixed(2)))))
}

const { NaN: NONE, POSITIVE_INFINITY: INFINITE } = Number

/** A curve of means over three seeds that falls, with its band; the same numbers every time. */
function falling(id: string, seed: number, end: number, count = 60): FigureSeries {
  const random = randomStream(seed, 'statistics')
  const points: number[] = []
  const band: number[] = []
  for (let i = 0; i < count; i++) {
    const mean = end + Math.exp(-i / 9) * (0.6 + 0.1 * random.between(0, 1))
    const spread = mean * (0.1 + 0.2 * random.between(0, 1))
    points.push(100 * (i + 1), mean)
    band.push(100 * (i + 1), mean - spread, mean + spread)
  }
  return { key: id, label: id, look: lineOf(algorithmCards, id), seeds: 3, points, band, runs: [] }
}

/** A curve as it is given; its band, where there is one, too. */
const given = (id: string, values: readonly number[], band: readonly (readonly [number, number])[] = [], step = 100): FigureSeries => ({
  key: id,
  label: id,
  look: lineOf(algorithmCards, id),
  seeds: 3,
  points: values.flatMap((value, i) => [step * (i + 1), value]),
  band: band.flatMap(([low, high], i) => [step * (i + 1), low, high]),
  runs: []
})

const gapOf = (series: FigureSeries[], more: Partial<FigureChart> = {}): FigureChart => ({
  key: 'gap',
  title: 'Gap',
  x: 'learnSteps',
  y: { label: 'optimality gap', scale: 'log', kind: 'gap' },
  series,
  levels: [],
  ...more
})
const sweepOf = (id: string, values: readonly number[], spread = 0.02): FigureSeries => ({
  ...given(id, []),
  points: values.flatMap((value, i) => [i / 5, value]),
  band: values.flatMap((value, i) => [i / 5, value - spread, value + spread])
})
function drawn(id: string, seed: number): DrawnCurve {
  const { key, label, look, points } = falling(id, seed, 0.02, 20)
  return { key, name: label, look, points }
}
const OWN_STYLE = { ...ALONE, theme: 'light' as const }
function own(kind: OwnKind, x: Partial<OwnAxis> = {}): OwnChart {
  const xs = x.categories ? [0, 1, 2] : [0.001, 0.01, 0.1]
  const line = (id: string, from: number) => ({
    key: id,
    name: id,
    look: lineOf(algorithmCards, id),
    points: xs.map((at, i) => ({
      x: at,
      y: from * (i + 1),
      ...(i < 2 && { low: from * (i + 0.8), high: from * (i + 1.2) }),
      n: 3,
      runs: []
    }))
  })
  return {
    kind,
    x: { name: 'learning rate (lr)', isLog: false, text: (value) => x.categories?.[value] ?? String(value), ...x },
    y: { name: 'Optimality gap', isLog: false, text: (value) => `${Math.round(value * 1000) / 10} %` },
    series: [line('dmro-plus', 0.01), line('dqn', 0.04)]
  }
}
/** Mean ranks, which are told apart where they are 1.5 apart. */
const ranksOf = (ranks: readonly number[]): FigureChart => ({
  ...gapOf(ranks.map((rank, row) => ({ ...given(['dmro-plus', 'dmro', 'dqn', 'eft', 'greedy'][row], []), points: [rank, row] }))),
  x: 'rank',
  ranks: { distance: 1.5 }
})
/** Settings of two algorithms over 1, 3, 9 … of something, with intervals. */
const timesOf = (x: FigureChart['x']): FigureChart =>
  gapOf(
    ['dmro-plus', 'annealing'].map((id, line) => ({
      ...given(id, []),
      points: [1, 3, 9].flatMap((at, i) => [at, (0.02 + 0.05 * line) / (i + 1)]),
      band: [1, 3, 9].flatMap((at, i) => [at, (0.015 + 0.05 * line) / (i + 1), (0.025 + 0.05 * line) / (i + 1)])
    })),
    { x }
  )
const THRESHOLDS = Array.from({ length: 33 }, (_, i) => 1e-4 * 10 ** (i / 8))
const named = (id: string) => ({ name: id, look: lineOf(algorithmCards, id) })
const placed = (id: string, delaySeconds: number, energyJoules: number) => ({ ...named(id), delaySeconds, energyJoules })
/** Both as a mean and half of its interval; without one where half is 0. */
const timed = (id: string, ...[decisionMs, gap]: readonly (readonly [mean: number, half: number])[]) => {
  const within = ([mean, half]: readonly [number, number]) => ({ mean, ...(half > 0 && { low: mean - half, high: mean + half }) })
  return { ...named(id), decisionMs: within(decisionMs), gap: within(gap) }
}
const FRONT = [0, 0.2, 1, 5].map((energyWeight) => ({
  energyWeight,
  delaySeconds: 80 + 6 * energyWeight,
  energyJoules: 320 - 22 * energyWeight
}))
const loss = (task: number, compute: number, transfer: number) => ({ task, compute, transfer })

/** As a run's page shows it: single seeds thin behind their mean, names beside the lines, marks at every point, an upright. */
const withSeeds: CurvesChart = {
  scale: 'log',
  curves: [
    ...[1, 2, 3].map((seed) => ({ ...drawn('dqn', seed), key: `seed-${seed}`, thin: true })),
    { ...drawn('dqn', 4), band: falling('dqn', 4, 0.02, 20).band, markers: 'every', end: { text: 'DQN', as: 'beside' } }
  ],
  levels: [{ value: 0.05, label: '5 %', side: 'above' }],
  uprights: { at: [800], label: 'from here on' },
  x: { low: 0, high: 2100, ticks: [0, 1000, 2000], text: String, name: 'learn step', isFlush: false },
  y: { count: 5, text: (value) => `${value}` }
}

const FIGURES: Record<string, () => string> = {
  'curves-log': () =>
    figureSvg(gapOf([falling('dmro-plus', 1, 0.001), falling('dqn', 2, 0.02)], { levels: [{ value: 0.05, label: '5 %' }] })),
  'curves-linear-level': () =>
    figureSvg(
      gapOf([falling('dmro', 3, 0.81), falling('double-dqn', 4, 0.9)], {
        y: { label: 'cost Q', scale: 'linear', kind: 'cost' },
        levels: [{ value: 0.8065, label: 'optimum 0.8065' }]
      })
    ),
  'curves-uprights': () =>
    figureSvg(
      gapOf([falling('dmro', 5, 0.01)], {
        y: { label: 'loss', scale: 'log', kind: 'plain' },
        uprights: { at: [1000, 2000, 3000, 4000, 5000], label: 'copies' }
      })
    ),
  'curves-two-rows-of-names': () =>
    figureSvg(
      gapOf(
        ['dmro-plus', 'dmro', 'dqn', 'double-dqn', 'dueling-dqn', 'local-only', 'random'].map((id, i) => falling(id, i, 0.01 * (i + 1)))
      )
    ),
  'sweep-cost': () =>
    figureSvg(
      gapOf([sweepOf('dmro', [0.72, 0.8, 0.9, 1, 1.1, 1.2]), sweepOf('local-only', [1, 1.2, 1.4, 1.6, 1.8, 2])], {
        x: 'energyWeight',
        y: { label: 'cost Q', scale: 'linear', kind: 'cost' }
      })
    ),
  'curves-dark-with-seeds': () => drawSvg(curvesOption(withSeeds, { theme: 'dark', color: paperColor, font: PAPER_FONT }).option, SMALL),
  // Alone in a paper, one column wide.
  'paper-delay-energy': () =>
    drawSvg(delayEnergyOption([placed('dmro', 86, 300), placed('dqn', 92, 260), placed('random', 140, 500)], FRONT, ALONE), COLUMN),
  'paper-profile': () =>
    drawSvg(
      profileOption(
        ['dmro-plus', 'dqn'].map(named),
        { thresholds: THRESHOLDS, shares: [1, 2].map((g) => THRESHOLDS.map((_, i) => Math.min(1, i / (10 * g)))) },
        ALONE
      ),
      COLUMN
    ),
  'paper-losses': () => drawSvg(lossOption(named('dqn'), [loss(0, 0.01, 0.005), loss(1, -0.002, 0.02), loss(2, 0, 0)], ALONE), COLUMN),
  // Charts of one's own: along a parameter, along words, and of two measured quantities.
  'own-lines': () => drawSvg(ownOption(own('lines', { isLog: true }), OWN_STYLE), COLUMN),
  'own-bars': () => drawSvg(ownOption(own('bars', { categories: ['office', 'campus', 'plant'] }), OWN_STYLE), COLUMN),
  'own-scatter': () => drawSvg(ownOption(own('scatter'), OWN_STYLE), COLUMN),
  // From here on: what axes have no place for.
  'edge-reaches-zero': () =>
    figureSvg(gapOf([given('dmro-plus', [0.4, 0.1, 0.02, 0.004, 0, 0, 0]), given('dqn', [0.5, 0.3, 0.2, 0.1, 0.08, 0.05, 0.04])])),
  'edge-band-below-zero': () =>
    figureSvg(
      gapOf([
        given(
          'dqn',
          [0.4, 0.2, 0.1, 0.08, 0.05, 0.04],
          [
            [0.3, 0.5],
            [0, 0.4],
            [-0.1, 0.3],
            [0.02, 0.12],
            [-0.02, 0.1],
            [0.01, 0.07]
          ]
        )
      ])
    ),
  'edge-gaps-and-infinity': () =>
    figureSvg(
      gapOf([
        given(
          'dmro',
          [0.4, NONE, 0.2, NONE, INFINITE, INFINITE, 0.1, 0.05],
          [
            [0.3, 0.5],
            [NONE, NONE],
            [0.1, 0.3],
            [NONE, NONE],
            [0.1, INFINITE],
            [0.1, INFINITE],
            [0.05, 0.2],
            [0.02, 0.1]
          ]
        )
      ])
    ),
  'edge-infinite-linear': () =>
    figureSvg(gapOf([given('dmro', [0.4, 0.3, INFINITE])], { y: { label: 'optimality gap', scale: 'linear', kind: 'gap' } })),
  'edge-one-point': () => figureSvg(gapOf([given('dmro', [0.3]), given('optimum', [0.1])])),
  'edge-nothing-above-zero': () => figureSvg(gapOf([given('dmro-plus', [0, 0, 0])])),
  'edge-rounding-error': () => figureSvg(gapOf([given('dmro-plus', [0.4, 0.01, 1e-17, 1e-17])])),
  'edge-level-below': () =>
    figureSvg(
      gapOf([given('dqn', [0.4, 0.2, 0.1])], {
        y: { label: 'cost Q', scale: 'log', kind: 'cost' },
        levels: [{ value: 0, label: 'optimum 0' }]
      })
    ),
  'edge-sweep': () => figureSvg(gapOf([sweepOf('dmro', [0.1, 0.05, 0, NONE, 0.02, INFINITE], 0.01)], { x: 'energyWeight' })),
  'delay-energy': () =>
    drawSvg(delayEnergyOption([placed('dmro', 86, 300), placed('dqn', 92, 260), placed('random', 140, 500)], FRONT, STYLE), SMALL),
  'delay-energy-infinite': () =>
    drawSvg(
      delayEnergyOption(
        [placed('dmro', 86, 300), placed('dqn', INFINITE, 260), placed('random', 100, INFINITE), placed('greedy', NONE, 1)],
        FRONT,
        STYLE
      ),
      SMALL
    ),
  ranks: () => drawSvg(ranksOption(ranksOf([1.4, 2.1, 2.6, 4.9, 4.2]), { ...STYLE, theme: 'light' }), SMALL),
  'ranks-none-apart': () => figureSvg(ranksOf([1.4, 1.6, 1.5])),
  'over-decision-time': () => figureSvg(timesOf('decisionMs')),
  'over-training-time': () => figureSvg(timesOf('trainingSeconds')),
  'over-workflows-together': () => figureSvg({ ...timesOf('together'), x: 'together' }),
  'decision-gap': () =>
    drawSvg(
      decisionGapOption(
        [
          timed('eft', [0.08, 0.01], [0.28, 0]),
          timed('dmro-plus', [5.2, 0.4], [0.038, 0.003]),
          timed('dqn', [0.12, 0.01], [0.17, 0.02]),
          timed('annealing', [50, 2], [0.028, 0.002]),
          timed('local-only', [0.01, 0], [1.2, 0])
        ],
        STYLE
      ),
      SMALL
    ),
  'decision-gap-edges': () =>
    drawSvg(
      decisionGapOption(
        [
          timed('optimum', [40, 0], [0, 0]),
          timed('random', [0, 0], [0.5, 0.6]),
          timed('greedy', [0.1, 0], [INFINITE, 0]),
          timed('dqn', [1, 0.2], [NONE, 0])
        ],
        STYLE
      ),
      SMALL
    ),
  profile: () =>
    drawSvg(
      profileOption(
        [named('dmro-plus'), named('dqn')],
        {
          thresholds: THRESHOLDS,
          shares: [THRESHOLDS.map((x) => Math.min(1, 0.3 + 0.9 * x ** 0.3)), THRESHOLDS.map((x) => 0.8 * x ** 0.5)]
        },
        STYLE
      ),
      SMALL
    ),
  losses: () => drawSvg(lossOption(named('dqn'), [loss(0, 0.01, 0.02), loss(1, -0.01, 0.03), loss(2, 0.005, 0)], STYLE), SMALL),
  'losses-infinite': () =>
    drawSvg(lossOption(named('dqn'), [loss(0, 0.01, INFINITE), loss(1, INFINITE, INFINITE), loss(2, 0, 0)], STYLE), SMALL),
  'losses-none': () => drawSvg(lossOption(named('optimum'), [loss(0, 0, 0)], STYLE), SMALL)
}

describe('figures', () => {
  it.each(Object.keys(FIGURES))('look as they did: %s', (name) => {
    const svg = settled(FIGURES[name]())
    expect(svg).not.toMatch(/NaN|Infinity|undefined/)
    const [kept, changed] = [`${FOLDER}${name}.svg`, `${FOLDER}${name}-changed.svg`]
    rmSync(changed, { force: true })
    if (existsSync(kept) && readFileSync(kept, 'utf8') === svg) return
    writeFileSync(changed, svg)
    expect.fail(`${name} is drawn otherwise than it was: compare ${changed} with ${kept}, and rename it over that if it is meant`)
  })

  it('are of every kind that shared/charts can draw', () => {
    const charts = fileURLToPath(new URL('../../../src/shared/charts', import.meta.url))
    const kinds = readdirSync(charts).flatMap((file) =>
      [...readFileSync(`${charts}/${file}`, 'utf8').matchAll(/^export function (\w+Option)\(/gm)].map(([, kind]) => kind)
    )
    // A figure of a study or a report is drawn through figureSvg.
    const own = readFileSync(fileURLToPath(import.meta.url), 'utf8').replaceAll('figureSvg(', 'figureOption(')
    expect(kinds.length).toBeGreaterThan(4)
    expect(kinds.filter((kind) => !own.includes(`${kind}(`))).toEqual([])
  })

  it('are kept for what is drawn and for nothing else', () => {
    const kept = readdirSync(FOLDER).filter((file) => file.endsWith('.svg') && !file.endsWith('-changed.svg'))
    expect(kept.sort()).toEqual(
      Object.keys(FIGURES)
        .map((name) => `${name}.svg`)
        .sort()
    )
  })

  it('do not fall far off the picture', () => {
    for (const draw of Object.values(FIGURES)) {
      const places = [...draw().matchAll(/ (?:d|points|transform|x|y|x1|x2|y1|y2|cx|cy)="([^"]*)"/g)].map(([, place]) => place).join(' ')
      const numbers = (places.match(/-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/g) ?? []).map((digits) => Math.abs(Number(digits)))
      expect(Math.max(...numbers)).toBeLessThan(10_000)
    }
  })
})
