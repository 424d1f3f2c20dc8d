import { type Axis, linearAxis, logAxis } from './ticks'

/**
 * Where values stand that an axis has no place for: at its edge, with a mark that points beyond. 0 and less are below any logarithmic
 * axis, infinities outside any axis. NaN stands nowhere: it is a gap. Curves are flat x, y, x, y …; bands x, low, high ….
 */
export type Scale = 'linear' | 'log'
export type Edge = 'low' | 'high'
export type Ends = Pick<Axis, 'low' | 'high'>

/** Marks at the edges of an axis, as text (of the letters that PNGs are drawn with) and as outlines in a box of 24 that fill it towards the edge. */
export const EDGE_SIGNS = { left: '◀', right: '▶', down: '▼', up: '▲' } as const
export const EDGE_PATHS = { left: 'M2 12 22 2v20z', right: 'M22 12 2 2v20z', down: 'M2 2h20L12 22z', up: 'M2 22h20L12 2z' } as const

/** A logarithmic axis shows so many decades below its top at most: what is rounding error is below it, as 0 is. */
const DECADES = 12
/** More marks than this along an edge tell no more. */
const MOST_MARKS = 8

/** The value where it stands, and the edge it is beyond; undefined for NaN. */
export function standingOf(value: number, { low, high }: Ends): { at: number; beyond?: Edge } | undefined {
  if (Number.isNaN(value)) return undefined
  if (value < low) return { at: low, beyond: 'low' }
  return value > high ? { at: high, beyond: 'high' } : { at: value }
}

/** A curve with every value where it stands; gaps stay gaps. */
export function standingPoints(points: ArrayLike<number>, ends: Ends): Float64Array {
  return Float64Array.from(points, (value, i) => (i % 2 === 0 ? value : (standingOf(value, ends)?.at ?? Number.NaN)))
}

/**
 * A band as polygons, one for each stretch without a gap: rows of x, low, high, flat, both ends where they stand. An end at 0 or
 * below on a logarithmic axis is on its floor.
 */
export function standingBand(band: ArrayLike<number>, ends: Ends): number[][] {
  const parts: number[][] = []
  let part: number[] = []
  for (let i = 0; i < band.length; i += 3) {
    const [low, high] = [standingOf(band[i + 1], ends), standingOf(band[i + 2], ends)]
    if (low && high) {
      if (part.length === 0) parts.push(part)
      part.push(band[i], low.at, high.at)
    } else part = []
  }
  return parts
}

/** The index of the last point that is a number, an infinite one too; −1 where there is none. */
export function lastNumber(points: ArrayLike<number>): number {
  for (let i = points.length / 2 - 1; i >= 0; i--) if (!Number.isNaN(points[2 * i + 1])) return i
  return -1
}

/** Points that no line reaches, between two gaps or alone: they are drawn as dots. Indices. */
export function isolated(points: ArrayLike<number>): number[] {
  const count = points.length / 2
  const isThere = (i: number) => i >= 0 && i < count && !Number.isNaN(points[2 * i + 1])
  return Array.from({ length: count }, (_, i) => i).filter((i) => isThere(i) && !isThere(i - 1) && !isThere(i + 1))
}

/** Where a curve is marked as lying beyond its axis: where it first does, each time, and at its end. Every point where asked for. */
export function edgeMarks(points: ArrayLike<number>, ends: Ends, every = false): { index: number; edge: Edge }[] {
  const last = lastNumber(points)
  const found: { index: number; edge: Edge }[] = []
  let before: Edge | undefined
  for (let i = 0; i <= last; i++) {
    const edge = standingOf(points[2 * i + 1], ends)?.beyond
    if (edge && (every || edge !== before || i === last)) found.push({ index: i, edge })
    before = edge
  }
  if (every || found.length <= MOST_MARKS) return found
  const stride = (found.length - 1) / (MOST_MARKS - 1)
  return Array.from({ length: MOST_MARKS }, (_, k) => found[Math.round(k * stride)])
}

/** Where a level is named. */
export type LevelSide = 'above' | 'below'

export interface AxisContent {
  scale: Scale
  curves: readonly ArrayLike<number>[]
  bands: readonly ArrayLike<number>[]
  levels: readonly { value: number; side?: LevelSide }[]
  /** About so many ticks. */
  count: number
  /** What a linear axis shows at the least. */
  atLeast?: readonly [low: number, high: number]
}

/** The least and the greatest value that has a place on the axis; undefined where none has. */
function spanOf(scale: Scale, values: Iterable<number>): [low: number, high: number] | undefined {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const value of values) {
    if (!Number.isFinite(value) || (scale === 'log' && value <= 0)) continue
    if (value < low) low = value
    if (value > high) high = value
  }
  return low <= high ? [scale === 'log' ? Math.max(low, high / 10 ** DECADES) : low, high] : undefined
}

function* valuesOf(curves: readonly ArrayLike<number>[]): Generator<number> {
  for (const points of curves) for (let i = 1; i < points.length; i += 2) yield points[i]
}

function* bandEnds(bands: readonly ArrayLike<number>[]): Generator<number> {
  for (const band of bands) for (let i = 0; i < band.length; i++) if (i % 3 !== 0) yield band[i]
}

/** The value axis of a chart: round ends around all that has a place on it. */
export function valueAxis({ scale, curves, bands, levels: named, count, atLeast }: AxisContent): Axis {
  const levels = named.map(({ value }) => value)
  const drawn = spanOf(scale, valuesOf(curves))
  const all = spanOf(scale, [...(drawn ?? []), ...levels])
  if (!all) return scale === 'log' ? logAxis(0.01, 1, count) : linearAxis(...(atLeast ?? [0, 1]), count)
  let [low, high] = withBands(all, bands, scale)
  // What is beyond stands visibly apart from the least and the greatest that do not.
  const [isUnder, isOver] = [isAny(curves, levels, (value) => value < low), isAny(curves, levels, (value) => value > high)]
  if (scale === 'log') {
    if (isUnder) low = Math.min(low, all[0] / 2)
    if (isOver) high = Math.max(high, all[1] * 2)
    // The name of a level below everything has room under it.
    if (levels.some((level) => level === all[0])) low = Math.min(low, all[0] * (all[0] / all[1]) ** 0.1)
    return holding(logAxis(low, high, count), low, high)
  }
  // A level leaves room for its name between itself and the edge, on the side where the curves are not.
  const room = 0.12 * (high - low || Math.abs(high) || 1)
  if (isUnder) low -= room
  if (isOver) high += room
  for (const { value, side = sideOf(value, curves) } of named.filter((level) => Number.isFinite(level.value))) {
    if (side === 'above') high = Math.max(high, value + room)
    else low = Math.min(low, value - room)
  }
  return holding(linearAxis(Math.min(low, atLeast?.[0] ?? low), Math.max(high, atLeast?.[1] ?? high), count), low, high)
}

function isAny(curves: readonly ArrayLike<number>[], levels: readonly number[], holds: (value: number) => boolean): boolean {
  for (const value of valuesOf(curves)) if (holds(value)) return true
  return levels.some(holds)
}

/** Round ends may be a rounding error inside what they are to hold. */
const holding = (axis: Axis, low: number, high: number): Axis => ({
  ...axis,
  low: Math.min(axis.low, low),
  high: Math.max(axis.high, high)
})

/** Room for the bands, but only so much that a wide one does not press the curves flat. */
function withBands([low, high]: [number, number], bands: readonly ArrayLike<number>[], scale: Scale): [number, number] {
  const ends = spanOf(scale, bandEnds(bands))
  if (!ends) return [low, high]
  const room = (high - low) / 4
  const [least, most] = scale === 'log' ? [low / 3, high * 3] : [low - room, high + room]
  const isOff = scale === 'log' && [...bandEnds(bands)].some((end) => end <= 0)
  return [Math.min(low, isOff ? least : Math.max(least, ends[0])), Math.max(high, Math.min(most, ends[1]))]
}

/** A level that has the curves under it is named above; one under or among them below. */
export function sideOf(level: number, curves: readonly ArrayLike<number>[]): LevelSide {
  const drawn = spanOf('linear', valuesOf(curves))
  return drawn !== undefined && level > drawn[0] && level >= drawn[1] ? 'above' : 'below'
}
