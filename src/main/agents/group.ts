import { spawnSync } from 'node:child_process'

/**
 * Programs are started as heads of process groups, so that what they start ends with them. A process that is stopped (SIGSTOP) is killed
 * like any other.
 */
const living = new Set<number>()
let isWatching = false

/** Has a group killed when this process ends. */
export function watchGroup(pid: number): void {
  living.add(pid)
  if (isWatching) return
  isWatching = true
  process.on('exit', () => {
    for (const each of living) killGroup(each)
  })
}

/** Kills a program and all it has started. */
export function killGroup(pid: number): void {
  living.delete(pid)
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' })
    return
  }
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // All of it has ended.
  }
}
