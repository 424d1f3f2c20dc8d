import type { RunRow } from '@shared/contract/records'
import { WASM_NOTICE } from '../../api/system'
import { note } from './output'
import { ProgressLine } from './progress'
import type { Session } from './session'

/** Set once the user has asked to stop. */
export interface Stop {
  signal: AbortSignal
  release(): void
}

/** The first Ctrl-C stops at a checkpoint; the second ends at once, which costs what came after the last one. */
export function onStop(): Stop {
  const controller = new AbortController()
  const ask = (): void => {
    if (controller.signal.aborted) process.exit(130)
    note('\nStopping at a checkpoint. Press Ctrl-C again to end at once.')
    controller.abort()
  }
  process.on('SIGINT', ask)
  process.on('SIGTERM', ask)
  return {
    signal: controller.signal,
    release: () => {
      process.off('SIGINT', ask)
      process.off('SIGTERM', ask)
    }
  }
}

/** Waits until none of the runs is active any more, showing how they get on. When a stop is asked for, all of them are stopped. */
export async function watchRuns({ lab, client }: Session, ids: readonly string[], signal: AbortSignal): Promise<void> {
  const progress = new ProgressLine(lab.store.runs.rows(ids))
  let isToldOfWasm = false
  let waiting: string | undefined
  try {
    for await (const batch of await client.runs.live({ curves: [] }, { signal })) {
      // The stream begins with what moves from now on: what has moved before is read once.
      const rows = lab.store.runs.rows(ids)
      if (!isToldOfWasm && rows.some((row) => row.status === 'running' && lab.store.runs.machine(row.id)?.backend === 'wasm')) {
        isToldOfWasm = true
        note(WASM_NOTICE)
      }
      const told = rows.find((row) => row.status === 'paused')?.message
      if (told !== undefined && told !== waiting) note(told)
      waiting = told
      if (progress.update({ ...batch, runs: rows })) break
    }
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    progress.clear()
    if (signal.aborted) await lab.supervisor?.close()
  }
}

/** What went wrong with runs, a line each. */
export function reportTroubles(rows: readonly RunRow[]): void {
  for (const run of rows) {
    if (run.status === 'completed') continue
    note(`${run.algorithm} seed ${run.seed} (${run.id}) is ${run.status}${run.message ? `: ${run.message}` : ''}`)
  }
}
