import type { RunRow } from '@shared/contract/records'
import { isActive } from '@shared/run/lifecycle'

/** The runs that have trained or waited since nothing last did: what a progress is the progress of. */
export type Wave = ReadonlySet<string>

/** The wave as it continues; empty once nothing trains nor waits. */
export function nextWave(wave: Wave, rows: ReadonlyMap<string, RunRow>): Wave {
  const active = [...rows.values()].filter(({ status }) => isActive(status)).map(({ id }) => id)
  if (active.length === 0) return wave.size === 0 ? wave : new Set()
  return active.every((id) => wave.has(id)) ? wave : new Set([...wave, ...active])
}

/** How far a wave has come, 0 to 1: learn steps made of all there are to make; undefined where there is none. */
export function progressOf(wave: Wave, rows: ReadonlyMap<string, RunRow>): number | undefined {
  if (wave.size === 0) return undefined
  let made = 0
  let all = 0
  for (const id of wave) {
    const row = rows.get(id)
    // Stopped for now: nobody waits for it.
    if (!row || row.status === 'paused' || row.status === 'interrupted') continue
    const steps = Math.max(1, row.totalLearnSteps)
    all += steps
    made += isActive(row.status) ? Math.min(row.learnSteps, steps) : steps
  }
  return all === 0 ? 0 : made / all
}
