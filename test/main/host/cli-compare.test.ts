import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { fillCompared } from '../../e2e/compared'
import { temporaryHome } from '../store/samples'
import { commandLine } from './in-process'

/**
 * Student's t by nothing that the program uses: with t = √ν tan θ its density is proportional to cos^(ν−1) θ, so both the share under t and
 * what it is a share of are integrals of that, by tanh-sinh quadrature, and the quantile is found by halving.
 */
function integral(of: (x: number) => number, from: number, to: number): number {
  const step = 2 ** -6
  let sum = 0
  for (let k = -300; k <= 300; k++) {
    const inner = (Math.PI / 2) * Math.sinh(k * step)
    const weight = ((Math.PI / 2) * Math.cosh(k * step)) / Math.cosh(inner) ** 2
    if (!(weight > 0)) continue
    const value = of((from + to) / 2 + ((to - from) / 2) * Math.tanh(inner))
    if (Number.isFinite(value)) sum += weight * value
  }
  return ((to - from) / 2) * step * sum
}

/** P(−t < T < t). */
function within(t: number, freedom: number): number {
  const density = (angle: number) => Math.max(0, Math.cos(angle)) ** (freedom - 1)
  return integral(density, 0, Math.atan(t / Math.sqrt(freedom))) / integral(density, 0, Math.PI / 2)
}

function quantile95(freedom: number): number {
  let [low, high] = [0, 1000]
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (within(middle, freedom) < 0.95) low = middle
    else high = middle
  }
  return (low + high) / 2
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const variance = (values: readonly number[]) => values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1)

function around(centre: number, error: number, freedom: number): [number, number] {
  const half = quantile95(freedom) * error
  return [centre - half, centre + half]
}

const ofOne = (values: readonly number[]) => around(mean(values), Math.sqrt(variance(values) / values.length), values.length - 1)
const ofPairs = (a: readonly number[], b: readonly number[]) => ofOne(b.map((value, i) => value - a[i]))

/** Welch (1947): the variances of both means, and Satterthwaite's degrees of freedom. */
function ofTwo(a: readonly number[], b: readonly number[]): [number, number] {
  const [left, right] = [variance(a) / a.length, variance(b) / b.length]
  const freedom = (left + right) ** 2 / (left ** 2 / (a.length - 1) + right ** 2 / (b.length - 1))
  return around(mean(b) - mean(a), Math.sqrt(left + right), freedom)
}

interface Told {
  runs: { id: string; seconds: number; evaluation: Record<string, number> }[]
  groups: { runs: string[]; gapCI95: [number, number]; costCI95: [number, number] }[]
  figures: { key: string; cells: { interval?: [number, number]; differenceInterval?: [number, number]; test?: string; n: number }[] }[]
  training: { learnSteps: number; networks: number }[]
  read: { basis: string; at?: number }
  bestOf: { group: number; size: number; n: number }[]
}

/** Figures that a run's evaluation tells by itself. */
const TOLD: Record<string, (run: Told['runs'][number]) => number> = {
  gapMean: ({ evaluation }) => evaluation.gapMean,
  gapP95: ({ evaluation }) => evaluation.gapP95,
  gapMax: ({ evaluation }) => evaluation.gapMax,
  cost: ({ evaluation }) => evaluation.meanCost,
  delay: ({ evaluation }) => evaluation.meanDelaySeconds,
  energy: ({ evaluation }) => evaluation.meanEnergyJoules,
  exact: ({ evaluation }) => evaluation.exactMatches / evaluation.workflows
}

function expectClose(found: readonly number[] | undefined, expected: readonly number[], what: string): void {
  const scale = Math.max(...expected.map(Math.abs))
  expected.forEach((end, i) => expect(Math.abs((found?.[i] ?? Number.NaN) - end) / scale, `${what} [${i}]`).toBeLessThan(1e-9))
}

function expectIntervals({ runs, groups, figures }: Told, test: 'paired-t' | 'welch'): void {
  const byId = new Map(runs.map((run) => [run.id, run]))
  for (const [key, of] of Object.entries(TOLD)) {
    const values = groups.map((group) => group.runs.flatMap((id) => byId.get(id) ?? []).map(of))
    const cells = figures.find((figure) => figure.key === key)?.cells ?? []
    expect(cells).toHaveLength(2)
    values.forEach((own, g) => expectClose(cells[g].interval, ofOne(own), `${key} of group ${g}`))
    expect(cells[1].test, key).toBe(test)
    expectClose(
      cells[1].differenceInterval,
      test === 'welch' ? ofTwo(values[0], values[1]) : ofPairs(values[0], values[1]),
      `difference of ${key}`
    )
  }
  groups.forEach(({ gapCI95, costCI95 }, g) => {
    const own = groups[g].runs.flatMap((id) => byId.get(id) ?? [])
    expectClose(gapCI95, ofOne(own.map(TOLD.gapMean)), `gapCI95 of group ${g}`)
    expectClose(costCI95, ofOne(own.map(TOLD.cost)), `costCI95 of group ${g}`)
  })
}

describe('the intervals of lab compare', () => {
  it('are tested against Student’s tables', () => {
    // Fisher and Yates: t at 5 %, two-sided.
    expect([1, 2, 4, 9, 30].map((freedom) => quantile95(freedom).toFixed(3))).toEqual(['12.706', '4.303', '2.776', '2.262', '2.042'])
    expect(within(1, 1)).toBeCloseTo(0.5, 14)
  })

  it('are Student’s over seeds, and over pairs of seeds where both groups have the same', async () => {
    const home = temporaryHome()
    const ids = fillCompared(home, { groups: 2, seeds: 5, heldOut: 20, points: 4 })
    expectIntervals(await commandLine(home).json('compare', ...ids, '--json'), 'paired-t')
  })

  it('are Welch’s where the seeds differ', async () => {
    const home = temporaryHome()
    const ids = fillCompared(home, { groups: 2, seeds: 6, heldOut: 20, points: 4 })
    expectIntervals(await commandLine(home).json('compare', ...ids.slice(0, 6), ...ids.slice(7, 10), '--json'), 'welch')
  })
})

describe('lab compare', () => {
  // Kept for all of these: nothing is written to it.
  const path = mkdtempSync(join(tmpdir(), 'dmro-cli-compare-'))
  const home = { path, ids: fillCompared(path, { groups: 2, seeds: 5, heldOut: 20, points: 8 }) }
  const lab = commandLine(path)
  afterAll(() => rmSync(path, { recursive: true, force: true }))

  it('tells how groups were trained, and compares by equal learn steps', async () => {
    const { code, out, err } = await lab('compare', ...home.ids, '--by', 'steps', '--json')
    expect(code).toBe(0)
    const told = JSON.parse(out) as Told
    expect([told.training, told.read]).toEqual([
      [
        { learnSteps: 6000, networks: 1 },
        { learnSteps: 2000, networks: 5 }
      ],
      { basis: 'steps', at: 2000 }
    ])
    expect(err).toBe('')
    expect((await lab('compare', ...home.ids, '--by', 'steps')).err).toContain('At equal learn steps: figures at learn step 2,000')
    expect((await lab('compare', ...home.ids)).err).toContain('Learn steps differ: 6,000 (dqn), 2,000 (dmro).')
  })

  it('adds the best of as many seeds as another group has networks, in every document', async () => {
    const [csv, tex, html] = ['csv', 'tex', 'html'].map((ending) => join(home.path, `compared.${ending}`))
    const { out } = await lab('compare', ...home.ids, '--best-of', '--csv', csv, '--latex', tex, '--report', html, '--json')
    const { bestOf, figures } = JSON.parse(out) as Told
    expect(bestOf).toEqual([{ group: 0, size: 5, n: 1, leftOver: 0 }])
    expect(figures.every(({ cells }) => cells.length === 3)).toBe(true)
    const lines = readFileSync(csv, 'utf8').split('\r\n')
    expect(lines.find((line) => line.startsWith('best of 5 dqn,') && line.includes(',gapMean,'))).toMatch(/,30000,5,trained,$/)
    expect(readFileSync(tex, 'utf8')).toMatch(/best of 5 dqn & 1 & \\textbf\{/)
    expect(readFileSync(html, 'utf8')).toContain('best of 5 dqn')
  })

  it('writes curves over seconds of training where it compares by these', async () => {
    const html = join(home.path, 'by-seconds.html')
    await lab('compare', ...home.ids, '--by', 'seconds', '--report', html)
    const page = readFileSync(html, 'utf8')
    expect(page).toContain('over seconds of training, to where figures are read')
    expect(page).toContain('At equal seconds: figures after 2.50 s of training')
  })

  it('refuses to compare by what it does not know', async () => {
    const { code, err } = await lab('compare', ...home.ids, '--by', 'luck')
    expect([code, err]).toEqual([2, expect.stringContaining('--by luck: figures are read by trained, steps, seconds')])
  })
})
