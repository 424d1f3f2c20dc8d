import type { Rectangle } from 'electron'

/** How the window lay when it was closed last. */
export interface KeptBounds extends Rectangle {
  isMaximized: boolean
}

export const LEAST = { width: 1024, height: 680 } as const
export const USUAL = { width: 1440, height: 900 } as const
/** So much of the window's top must be on a screen for it to be taken hold of, pixels. */
const GRIP = 100

/** Where the window is to open: as it lay, if that can still be reached on one of the screens; else at its usual size. */
export function boundsFrom(stored: unknown, screens: readonly Rectangle[]): Partial<KeptBounds> & { width: number; height: number } {
  const kept = understood(stored)
  if (!kept) return USUAL
  const isReachable = screens.some(
    ({ x, y, width, height }) => kept.x + kept.width >= x + GRIP && kept.x <= x + width - GRIP && kept.y >= y && kept.y <= y + height - GRIP
  )
  return isReachable ? kept : { width: kept.width, height: kept.height, isMaximized: kept.isMaximized }
}

function understood(stored: unknown): KeptBounds | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined
  const { x, y, width, height, isMaximized } = stored as Partial<Record<keyof KeptBounds, unknown>>
  const isPixels = (value: unknown): value is number => Number.isInteger(value) && Math.abs(Number(value)) < 1e5
  if (!isPixels(x) || !isPixels(y) || !isPixels(width) || !isPixels(height)) return undefined
  return { x, y, width: Math.max(LEAST.width, width), height: Math.max(LEAST.height, height), isMaximized: isMaximized === true }
}
