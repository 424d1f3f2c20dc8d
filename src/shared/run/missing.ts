import type { RunStatus } from './lifecycle'

/** A run that is kept, as far as its repetition is concerned. */
export interface KeptRun {
  /** `runKey`. */
  key: string
  status: RunStatus
}

/** How an asked run stands: its like is done, on its way, or neither. */
export type Standing = 'done' | 'active' | 'missing'

/**
 * How each asked run (by its key) stands. A diverged run is done: the same bits would diverge again. Failed, cancelled and
 * interrupted ones are missing. One asked twice is missing once: the second is then on its way.
 */
export function standings(asked: readonly string[], kept: readonly KeptRun[]): Standing[] {
  const known = new Map<string, Standing>()
  for (const { key, status } of kept) {
    if (status === 'completed' || status === 'diverged') known.set(key, 'done')
    else if ((status === 'queued' || status === 'running' || status === 'paused') && known.get(key) !== 'done') known.set(key, 'active')
  }
  return asked.map((key) => {
    const standing = known.get(key) ?? 'missing'
    if (standing === 'missing') known.set(key, 'active')
    return standing
  })
}
