import type { Log } from '../log'

const EVERY_MS = 60_000

/** Counts who was turned away, by status. The first is told at once, more of them once a minute and at the end: a flood of them is a few lines. */
export function countRefusals(log: Log): { add(status: number): void; stop(): void } {
  const counts = new Map<number, number>()
  let timer: NodeJS.Timeout | undefined
  const tell = (): void => {
    timer = undefined
    if (counts.size === 0) return
    const parts = [...counts].sort(([a], [b]) => a - b).map(([status, count]) => `${count} × ${status}`)
    counts.clear()
    log.warning(`Connections were refused: ${parts.join(', ')}.`)
    timer = setTimeout(tell, EVERY_MS).unref()
  }
  return {
    add: (status) => {
      counts.set(status, (counts.get(status) ?? 0) + 1)
      if (!timer) tell()
    },
    stop: () => {
      clearTimeout(timer)
      tell()
      clearTimeout(timer)
    }
  }
}
