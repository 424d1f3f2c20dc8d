import { expect } from 'vitest'
import { edgeMarks, standingPoints, valueAxis } from '@shared/charts/standing'
import { METRICS } from '@shared/run/metrics'
import type { RandomStream } from '@shared/model/random'
import { exportRuns } from '../../../src/main/api/run-export'
import { exportedFiles } from '../../../src/main/exports/exported'
import { openStore, thinnedCurve } from '../../../src/main/store'
import { bundled, fill, imported } from '../../main/bundle/histories'
import { addRunTo } from '../../main/store/samples'
import type { Measures, Row } from '../row'
import type { Scratch } from '../scratch'

const VALUES = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
const SCALES = ['log', 'linear'] as const

const bitsOf = (values: Float64Array) => Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('hex')

/** A curve of numbers with some that are not, the last of them at its end, where a run that diverges stops. */
function divergedCurve(value: number, random: RandomStream): { steps: Float64Array; values: Float64Array } {
  const length = 3 + random.below(1500)
  const values = Float64Array.from({ length }, () => random.between(-1, 1))
  for (let i = random.below(5); i > 0; i--) values[random.below(length - 1)] = VALUES[random.below(3)]
  values[length - 1] = value
  return { steps: values.map((_, i) => i + 1), values }
}

/** NaN is a gap where it is, infinities are at the edge they are beyond. */
function checkDrawn({ steps, values }: { steps: Float64Array; values: Float64Array }): void {
  const points = Float64Array.from({ length: 2 * values.length }, (_, i) => (i % 2 === 0 ? steps[i >> 1] : values[i >> 1]))
  for (const scale of SCALES) {
    const axis = valueAxis({ scale, curves: [points], bands: [], levels: [], count: 5 })
    const drawn = standingPoints(points, axis)
    values.forEach((value, i) => {
      if (Number.isNaN(value)) expect(drawn[2 * i + 1]).toBeNaN()
      else expect(drawn[2 * i + 1] >= axis.low && drawn[2 * i + 1] <= axis.high).toBe(true)
    })
    if (values.some((value) => Math.abs(value) === Number.POSITIVE_INFINITY)) expect(edgeMarks(points, axis)).not.toEqual([])
  }
}

async function divergeOnce(random: RandomStream, index: number, scratch: Scratch): Promise<Measures> {
  const { key } = METRICS[Math.floor(index / VALUES.length) % METRICS.length]
  const value = VALUES[index % VALUES.length]
  const home = scratch.folder()
  const writer = openStore(home)
  const id = addRunTo(writer)
  const curve = divergedCurve(value, random)
  writer.curves.append(id, { metric: key, ...curve })
  writer.runs.update(id, {
    status: 'diverged',
    message: 'The loss is not a number.',
    latest: { gap: value },
    learnSteps: curve.values.length
  })
  // A complete one, whose own numbers are odd enough.
  fill(writer)
  writer.close()

  const store = openStore(home)
  scratch.onEnd(() => store.close())
  const kept = store.curves.read(id, key)
  expect(bitsOf(kept.values)).toBe(bitsOf(curve.values))
  expect([store.runs.row(id)?.status, store.runs.row(id)?.latest]).toEqual(['diverged', { gap: value }])
  expect(store.verify()).toEqual([])
  expect(Object.is(thinnedCurve(kept, 50).values.at(-1), value)).toBe(true)
  checkDrawn(kept)

  const told = JSON.parse(exportRuns(store, [id])).runs[0]
  expect(told.status).toBe('diverged')
  expect(told.curves[key].values.map(Number)).toEqual([...curve.values])
  for (const form of ['csv', 'tsv', 'latex', 'tensorboard', 'mlflow'] as const) {
    const files = exportedFiles(store, [id], form, 'file:///there')
    expect(files.length).toBeGreaterThan(0)
    if (form === 'csv') expect(String(files[0].content)).toContain(`${id},trial,diverged`)
  }
  const other = openStore(scratch.folder())
  scratch.onEnd(() => other.close())
  const [{ id: there }] = (await imported(other, await bundled(store, { runs: [id] }))).runs
  expect(bitsOf(other.curves.read(there, key).values)).toBe(bitsOf(curve.values))
  expect(other.runs.row(there)?.status).toBe('diverged')
  return { runs: 1, points: curve.values.length }
}

export const divergence: Row = {
  name: 'divergence',
  fault: 'NaN, +∞ or −∞ in a curve of each metric',
  holds: 'kept to the bit, a gap or a mark at the edge of a chart, in every export and bundle; the run reads as diverged',
  cases: { ci: 12, soak: 300 },
  begin: () => divergeOnce,
  figure: (tally) => `${tally.total('runs')} curves of ${METRICS.length} metrics, ${tally.total('points')} points, kept, drawn and exported`
}
