import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'

/** One measured number, and what it must not exceed or fall below. */
export interface Figure {
  what: string
  value: number
  unit: 'ms' | '%'
  most?: number
  least?: number
}

/** Something measured in a real Chromium against the built program. */
export interface Measurement {
  name: string
  run(browser: Browser): Promise<Figure[]>
}

/** Does `work` with a data folder of its own. */
export async function withHome<T>(work: (home: string) => Promise<T>): Promise<T> {
  const home = mkdtempSync(join(tmpdir(), 'dmro-lab-bench-'))
  try {
    return await work(home)
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** The value that a share of others does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

export const median = (values: readonly number[]): number => percentile(values, 0.5)

/**
 * Milliseconds from going to an address inside the page to the second frame after `selector` stands, which is when it is
 * seen. Measured in the page: no round trip of the test driver is in it.
 */
export function timeTo(page: Page, hash: string, selector: string): Promise<number> {
  return page.evaluate(
    ([to, wanted]) =>
      new Promise<number>((resolve) => {
        const began = performance.now()
        const look = (): void => {
          if (document.querySelector(wanted)) requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - began)))
          else requestAnimationFrame(look)
        }
        location.hash = to
        requestAnimationFrame(look)
      }),
    [hash, selector] as const
  )
}

/** Milliseconds between frames for a while, as the page sees them. `scroll`: what is moved a little every frame. */
export function frameTimes(page: Page, frames: number, scroll?: string): Promise<number[]> {
  return page.evaluate(
    ([count, moved]) =>
      new Promise<number[]>((resolve) => {
        const times: number[] = []
        const box = moved === undefined ? null : document.querySelector(moved)
        let before = 0
        const tick = (now: number): void => {
          if (before > 0) times.push(now - before)
          before = now
          box?.scrollBy(0, 240)
          if (times.length < count) requestAnimationFrame(tick)
          else resolve(times)
        }
        requestAnimationFrame(tick)
      }),
    [frames, scroll] as const
  )
}
