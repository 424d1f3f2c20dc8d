import { crc32 } from 'node:zlib'
import { blobOf, floatsOf } from './float-blobs'

/** Points a chunk holds at most. */
export const CHUNK_POINTS = 1024

/** A stretch of a curve as its row. */
export interface ChunkRow {
  sequence: number
  points: number
  firstStep: number
  lastStep: number
  /** Learn steps between neighbours where they are evenly spaced, so that no steps need storing; null otherwise. */
  stride: number | null
  /** Over the finite values; null where there is none. */
  least: number | null
  greatest: number | null
  sum: number | null
  finite: number
  crc: number
  steps: Uint8Array | null
  curveValues: Uint8Array
}

function strideOf(steps: Float64Array): number | null {
  const stride = steps.length > 1 ? steps[1] - steps[0] : 0
  for (let i = 0; i < steps.length; i++) if (steps[i] !== steps[0] + i * stride) return null
  return stride
}

/** CRC-32 over all of a chunk and its place, so that a chunk that strayed is found too. */
function checksum(run: number, metric: number, row: Omit<ChunkRow, 'crc'>): number {
  const { sequence, points, firstStep, lastStep, stride, least, greatest, sum, finite } = row
  const nothing = Number.NaN
  const head = [
    run,
    metric,
    sequence,
    points,
    firstStep,
    lastStep,
    stride ?? nothing,
    least ?? nothing,
    greatest ?? nothing,
    sum ?? nothing,
    finite
  ]
  const crc = crc32(blobOf(Float64Array.from(head)))
  return crc32(row.curveValues, row.steps ? crc32(row.steps, crc) : crc)
}

/** A chunk of 1 to CHUNK_POINTS points as its row. */
export function encodeChunk(run: number, metric: number, sequence: number, steps: Float64Array, values: Float64Array): ChunkRow {
  let least = Infinity
  let greatest = -Infinity
  let sum = 0
  let finite = 0
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    if (value < least) least = value
    if (value > greatest) greatest = value
    sum += value
    finite++
  }
  const stride = strideOf(steps)
  // SQLite keeps no negative zero, and the checksum would see the difference: adding 0 makes it positive.
  const row = {
    sequence,
    points: steps.length,
    firstStep: steps[0] + 0,
    lastStep: steps[steps.length - 1] + 0,
    stride,
    least: finite > 0 ? least + 0 : null,
    greatest: finite > 0 ? greatest + 0 : null,
    sum: finite > 0 ? sum + 0 : null,
    finite,
    steps: stride === null ? blobOf(steps) : null,
    curveValues: blobOf(values)
  }
  return { ...row, crc: checksum(run, metric, row) }
}

/** The points of a row; undefined where it does not match its checksum. */
export function decodeChunk(run: number, metric: number, row: ChunkRow): { steps: Float64Array; values: Float64Array } | undefined {
  const { points, firstStep, stride } = row
  if (row.crc !== checksum(run, metric, row) || row.curveValues.byteLength !== points * 8) return undefined
  const values = floatsOf(row.curveValues)
  if (stride === null) return row.steps?.byteLength === points * 8 ? { steps: floatsOf(row.steps), values } : undefined
  const steps = new Float64Array(points)
  for (let i = 0; i < points; i++) steps[i] = firstStep + i * stride
  return { steps, values }
}
