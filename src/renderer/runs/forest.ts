/** The gap axis of the table: 0.01 % to 100 %; what lies outside sits on its edge. */
export const FOREST_LOW = 1e-4
export const FOREST_HIGH = 1
/** 0.01, 0.1, 1, 10 and 100 %. */
export const FOREST_TICKS = [1e-4, 1e-3, 1e-2, 1e-1, 1] as const

/** Where a gap (0.01 is 1 %) stands on an axis of `width` pixels, kept `margin` pixels inside; undefined where it is no number. */
export function forestX(gap: number | null | undefined, width: number, margin = 14): number | undefined {
  if (gap === undefined || gap === null || Number.isNaN(gap)) return undefined
  const clipped = Math.min(FOREST_HIGH, Math.max(FOREST_LOW, gap))
  const decades = Math.log10(FOREST_HIGH / FOREST_LOW)
  const place = Math.log10(clipped / FOREST_LOW) / decades
  return margin + place * (width - 2 * margin)
}
