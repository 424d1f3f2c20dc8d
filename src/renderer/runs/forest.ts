import { type Edge, standingOf } from '@shared/charts/standing'

/** The gap axis of the table: 0.01 % to 100 %; what is outside sits on its edge, with a sign that points on. */
export const FOREST_LOW = 1e-4
export const FOREST_HIGH = 1
/** 0.01, 0.1, 1, 10 and 100 %. */
export const FOREST_TICKS = [1e-4, 1e-3, 1e-2, 1e-1, 1] as const

/** Room beside the axis, for what is beyond it. */
const MARGIN = 14
/** Pixels from the picture's edge to the middle of a sign. */
const SIGN = 7

/** Where a gap (0.01 is 1 %) stands on an axis of `width` pixels, and the end it is beyond; undefined where it is not a number. */
export function forestPlace(gap: number | null | undefined, width: number): { x: number; beyond?: Edge } | undefined {
  const standing = standingOf(gap ?? Number.NaN, { low: FOREST_LOW, high: FOREST_HIGH })
  if (!standing) return undefined
  const { at, beyond } = standing
  if (beyond) return { x: beyond === 'low' ? SIGN : width - SIGN, beyond }
  const place = Math.log10(at / FOREST_LOW) / Math.log10(FOREST_HIGH / FOREST_LOW)
  return { x: MARGIN + place * (width - 2 * MARGIN) }
}

/** An interval on that axis: from where to where, and which of its ends are on the axis. Undefined where it is beyond altogether. */
export function forestWhisker(
  low: number | null | undefined,
  high: number | null | undefined,
  width: number
): { from: number; to: number; ends: number[] } | undefined {
  const [from, to] = [forestPlace(low, width), forestPlace(high, width)]
  if (!from || !to || (from.beyond && from.beyond === to.beyond)) return undefined
  return { from: from.x, to: to.x, ends: [from, to].flatMap(({ x, beyond }) => (beyond ? [] : [x])) }
}

/** A sign of 8 pixels that points beyond its end of the axis. */
export function forestSign(beyond: Edge, x: number, y: number, size = 8): string {
  const tip = ((beyond === 'low' ? -1 : 1) * size * 3) / 8
  return `M${x - tip} ${y - size / 2}L${x + tip} ${y}L${x - tip} ${y + size / 2}Z`
}
