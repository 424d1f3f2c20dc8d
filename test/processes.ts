import { readdirSync, readFileSync } from 'node:fs'

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Whether a process is alive and not one that has ended, which nobody has asked after yet. */
export function isRunning(pid: number): boolean {
  return isAlive(pid) && stateOf(pid) !== 'Z'
}

/** The processes that `parent` has started, as Linux tells; none elsewhere. */
export function childrenOf(parent: number): number[] {
  const pids = entriesOf('/proc').filter((name) => /^\d+$/.test(name))
  return pids.filter((pid) => parentOf(pid) === parent).map(Number)
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function parentOf(pid: string): number | undefined {
  try {
    return Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  } catch {
    // It has ended since.
    return undefined
  }
}

/** As Linux tells, R, S, T or Z among others. */
function stateOf(pid: number): string | undefined {
  try {
    return /^State:\s*(\w)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  } catch {
    // It has ended since.
    return undefined
  }
}
