import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { parseCondition } from '@shared/conditions/condition'
import { METRICS } from '@shared/run/metrics'
import { cardsById } from '@shared/run/naming'
import type { RandomStream } from '@shared/model/random'
import { algorithmCards } from '../../../src/main/algorithms'
import { directClient, openLab } from '../../../src/main/api'
import { openStore, type Store } from '../../../src/main/store'
import { sampleEvaluation, sampleSpec } from '../../main/store/samples'
import type { Measures, Row } from '../row'
import type { Scratch } from '../scratch'

interface Size {
  runs: number
  metrics: number
  points: number
}

/** The first is small enough for every test run. */
const SIZES: readonly Size[] = [
  { runs: 300, metrics: 20, points: 100 },
  { runs: 10_000, metrics: 20, points: 500 }
]
const COMPARED = 50
/** Points of a curve that a chart asks for. */
const CHART_POINTS = 2000
const FILTERS = ['gap < 1 %', 'seed = 1..30 not dqn', 'dmro', 'learnSteps = 100 status = completed', 'tag:paper or seed > 90'] as const

/** The curves a run may have: the metrics there are, then those of single networks. */
const metricsOf = (count: number) => Array.from({ length: count }, (_, i) => METRICS[i]?.key ?? `gap.unit${i - METRICS.length + 1}`)

function fillWith(store: Store, { runs, metrics, points }: Size): string[] {
  const asked = Array.from({ length: runs }, (_, i) => ({
    spec: sampleSpec(1 + (i % 100), { learnSteps: 100, hidden: 4 + Math.floor(i / 100) }),
    totalLearnSteps: 100
  }))
  const { runs: ids } = store.addExperiment({ name: 'many' }, asked, 1000)
  const steps = Float64Array.from({ length: points }, (_, i) => 4 * i)
  const keys = metricsOf(metrics)
  for (let from = 0; from < ids.length; from += 100)
    store.write(() => {
      for (const [i, id] of ids.slice(from, from + 100).entries()) {
        for (const [m, metric] of keys.entries())
          store.curves.append(id, { metric, steps, values: steps.map((step) => Math.sin(step + m) / (1 + from + i)) })
        store.setEvaluation(id, sampleEvaluation((from + i) / 1e6))
        store.runs.update(id, { status: 'completed', learnSteps: 100, startedAt: 2000, endedAt: 3000, latest: { gap: 0.1 } })
      }
    })
  return ids
}

/** The median of several times, in milliseconds; each is told which it is. */
async function medianMs(times: number, work: (i: number) => unknown): Promise<number> {
  const taken: number[] = []
  for (let i = 0; i < times; i++) {
    const started = performance.now()
    await work(i)
    taken.push(performance.now() - started)
  }
  return taken.sort((a, b) => a - b)[times >> 1]
}

async function measure(random: RandomStream, index: number, scratch: Scratch): Promise<Measures> {
  const size = SIZES[index % SIZES.length]
  const home = scratch.folder()
  const filling = performance.now()
  const first = openStore(home)
  const ids = fillWith(first, size)
  first.close()
  const fillSeconds = (performance.now() - filling) / 1000

  const openMs = await medianMs(3, () => openStore(home).close())
  const store = openStore(home)
  const lab = openLab({
    store,
    spawnWorker: () => {
      throw new Error('no run is started here')
    }
  })
  scratch.onEnd(() => lab.close())
  const client = directClient(lab)
  let rows = await client.runs.list({})
  expect(rows).toHaveLength(size.runs)
  const listMs = await medianMs(5, async () => {
    rows = await client.runs.list({})
  })
  const cards = cardsById(algorithmCards)
  const filterMs = await medianMs(25, (i) => {
    const parsed = parseCondition(FILTERS[i % FILTERS.length], { cards })
    if (!parsed.ok) throw new Error(parsed.fault)
    rows.filter((row) => parsed.condition.test(row))
  })
  const keys = metricsOf(size.metrics)
  const some = () => ids[random.below(ids.length)]
  const curvesMs = await medianMs(9, async () => {
    const id = some()
    for (const metric of keys) expect((await client.runs.curve({ id, metric, maxPoints: CHART_POINTS })).size).toBe(16 * size.points)
  })
  const compareMs = await medianMs(5, async () => {
    const from = random.below(ids.length - COMPARED)
    const compared = ids.slice(from, from + COMPARED)
    await client.comparisons.analyse({ ids: compared })
    for (const id of compared) await client.runs.curve({ id, metric: 'gap', maxPoints: CHART_POINTS })
  })
  if (size.runs < 1000) expect(store.verify()).toEqual([])
  const name = size.runs < 1000 ? 'small' : 'full'
  const came = { openMs, listMs, filterMs, curvesMs, compareMs, fillSeconds, megabytes: statSync(join(home, 'lab.sqlite')).size / 2 ** 20 }
  return { [name]: 1, ...Object.fromEntries(Object.entries(came).map(([key, value]) => [`${name}.${key}`, value])) }
}

export const scale: Row = {
  name: 'scale',
  fault:
    '300 runs × 20 metrics × 100 points, then 10,000 runs × 20 metrics × 500 points: opened, listed, filtered, drawn, 50 runs compared',
  holds: 'every run and point is there; bars: open 3 s, one run’s curves 50 ms, comparison of 50 runs 300 ms, filter 100 ms',
  cases: { ci: 1, soak: 2 },
  begin: () => measure,
  figure(tally) {
    const size = tally.total('full') > 0 ? 'full' : 'small'
    const ms = (what: string) => `${tally.mean(`${size}.${what}`).toFixed(tally.mean(`${size}.${what}`) < 10 ? 1 : 0)} ms`
    return (
      `${size === 'full' ? '10,000' : '300'} runs: open ${ms('openMs')}, list ${ms('listMs')}, filter ${ms('filterMs')}, one run’s curves ${ms('curvesMs')}, ` +
      `comparison of 50 ${ms('compareMs')}; ${tally.mean(`${size}.megabytes`).toFixed(0)} MiB, written in ${tally.mean(`${size}.fillSeconds`).toFixed(0)} s`
    )
  }
}
