import type { CurvePoints } from '@shared/run/metrics'
import { CHUNK_POINTS, type ChunkRow, decodeChunk, encodeChunk } from './chunks'
import type { Connection } from './connection'
import { intactRow } from './seals'
import { DamagedRecordError } from './errors'
import { type StoredCurve, thinnedCurve, stretchOf } from './thinning'

const COLUMNS =
  'sequence, points, first_step as firstStep, last_step as lastStep, stride, least, greatest, sum, finite, crc, steps, curve_values as curveValues'

/** What is known of a curve without reading its points. */
export interface CurveSummary {
  metric: string
  points: number
  /** Over the finite values; undefined where there is none. */
  least?: number
  greatest?: number
  mean?: number
}

/** The curves of runs, in chunks. All methods throw UnknownRunError where there is no such run. */
export class Curves {
  readonly #db: Connection
  readonly #statements: ReturnType<typeof prepare>

  constructor(db: Connection) {
    this.#db = db
    this.#statements = prepare(db)
  }

  /** Adds points to the end of a curve. Steps must be finite, and not less than those already there. Throws RangeError otherwise. */
  append(id: string, points: CurvePoints): void {
    const { metric: key, steps, values } = points
    const run = this.#db.numberOf(id)
    if (steps.length !== values.length) throw new RangeError(`curve "${key}" has ${steps.length} steps and ${values.length} values`)
    if (steps.length === 0) return
    this.#db.write(() => {
      this.#statements.addMetric.run(key)
      const metric = this.#metric(key) ?? 0
      const last = this.#statements.last.get(run, metric)
      let before = last?.lastStep ?? steps[0]
      for (const step of steps) {
        if (!Number.isFinite(step) || step < before) throw new RangeError(`curve "${key}" goes from step ${before} to step ${step}`)
        before = step
      }
      // A damaged tail is left as it is and reported when it is read; the curve continues in the next chunk.
      const tail = last && last.points < CHUNK_POINTS ? decodeChunk(run, metric, last) : undefined
      const sequence = last ? last.sequence + (tail ? 0 : 1) : 0
      if (tail) this.#put(run, metric, sequence, joined(tail.steps, steps), joined(tail.values, values))
      else this.#put(run, metric, sequence, steps, values)
    })
  }

  /** A curve, or the part of it in `range`, thinned to `maxPoints` (0: every point). Empty where there is none. Throws DamagedRecordError. */
  read(id: string, key: string, maxPoints = 0, range?: readonly [from: number, to: number]): StoredCurve {
    const run = this.#db.numberOf(id)
    const metric = this.#metric(key)
    const rows = metric === undefined ? [] : this.#statements.chunks.all(run, metric)
    const count = rows.reduce((sum, row) => sum + row.points, 0)
    const damaged = () => new DamagedRecordError(id, `curve "${key}"`)
    // The sums are only safe to allocate for when every chunk is as full as it must be.
    if (rows.some((row, i) => row.sequence !== i || row.points > CHUNK_POINTS || (row.points < CHUNK_POINTS && i < rows.length - 1)))
      throw damaged()
    const curve = { steps: new Float64Array(count), values: new Float64Array(count) }
    let at = 0
    for (const row of rows) {
      const part = decodeChunk(run, metric ?? 0, row)
      if (!part) throw damaged()
      curve.steps.set(part.steps, at)
      curve.values.set(part.values, at)
      at += row.points
    }
    return thinnedCurve(range ? stretchOf(curve, range) : curve, maxPoints)
  }

  /** Every curve of a run, by metric. */
  summaries(id: string): CurveSummary[] {
    return this.#statements.summaries.all(this.#db.numberOf(id)).map(({ metric, points, least, greatest, sum, finite }) => {
      return {
        metric,
        points,
        ...(finite > 0 ? { least: least ?? undefined, greatest: greatest ?? undefined, mean: (sum ?? 0) / finite } : {})
      }
    })
  }

  /** The last value of a curve; undefined where there is none, or it is damaged. */
  lastValue(id: string, key: string): number | undefined {
    const run = this.#db.numberOf(id)
    const metric = this.#metric(key)
    const row = metric === undefined ? undefined : this.#statements.last.get(run, metric)
    return row && decodeChunk(run, metric ?? 0, row)?.values.at(-1)
  }

  /** Deletes every point beyond `step`. */
  truncate(id: string, step: number): void {
    const run = this.#db.numberOf(id)
    this.#db.write(() => {
      this.#statements.deleteBeyond.run(run, step)
      for (const { metric, ...row } of this.#statements.straddling.all(run, step)) {
        const part = decodeChunk(run, metric, row)
        const kept = part ? part.steps.findIndex((at) => at > step) : 0
        this.#statements.deleteChunk.run(run, metric, row.sequence)
        if (part && kept > 0) this.#put(run, metric, row.sequence, part.steps.slice(0, kept), part.values.slice(0, kept))
      }
    })
  }

  /** Deletes every curve of a run. */
  clear(id: string): void {
    this.#db.write(() => this.#statements.clear.run(this.#db.numberOf(id)))
  }

  #metric(key: string): number | undefined {
    return this.#statements.metric.get(key)
  }

  #put(run: number, metric: number, sequence: number, steps: Float64Array, values: Float64Array): void {
    for (let from = 0; from < steps.length; from += CHUNK_POINTS, sequence++) {
      const to = from + CHUNK_POINTS
      const row = encodeChunk(run, metric, sequence, steps.subarray(from, to), values.subarray(from, to))
      this.#statements.put.run({ run, metric, ...row })
    }
  }
}

function joined(a: Float64Array, b: Float64Array): Float64Array {
  const all = new Float64Array(a.length + b.length)
  all.set(a)
  all.set(b, a.length)
  return all
}

function prepare({ sqlite }: Connection) {
  return {
    addMetric: sqlite.prepare<[string]>('insert or ignore into metric (key) values (?)'),
    metric: sqlite.prepare<[string], number>('select id from metric where key = ?').pluck(),
    last: sqlite.prepare<[number, number], ChunkRow>(
      `select ${COLUMNS} from chunk where run = ? and metric = ? order by sequence desc limit 1`
    ),
    chunks: sqlite.prepare<[number, number], ChunkRow>(`select ${COLUMNS} from chunk where run = ? and metric = ? order by sequence`),
    put: sqlite.prepare<[ChunkRow & { run: number; metric: number }]>(
      `insert or replace into chunk (run, metric, sequence, points, first_step, last_step, stride, least, greatest, sum, finite, crc, steps, curve_values)
       values (@run, @metric, @sequence, @points, @firstStep, @lastStep, @stride, @least, @greatest, @sum, @finite, @crc, @steps, @curveValues)`
    ),
    summaries: sqlite.prepare<
      [number],
      { metric: string; points: number; least: number | null; greatest: number | null; sum: number | null; finite: number }
    >(
      `select key as metric, sum(points) as points, min(least) as least, max(greatest) as greatest, total(sum) as sum, sum(finite) as finite
       from chunk join metric on metric.id = chunk.metric where run = ? and ${intactRow('metric')} group by chunk.metric order by chunk.metric`
    ),
    deleteBeyond: sqlite.prepare<[number, number]>('delete from chunk where run = ? and first_step > ?'),
    straddling: sqlite.prepare<[number, number], ChunkRow & { metric: number }>(
      `select metric, ${COLUMNS} from chunk where run = ? and last_step > ?`
    ),
    deleteChunk: sqlite.prepare<[number, number, number]>('delete from chunk where run = ? and metric = ? and sequence = ?'),
    clear: sqlite.prepare<[number]>('delete from chunk where run = ?')
  }
}
