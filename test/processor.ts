/**
 * Seconds of this process's processor that `work` takes, which say the same on a busy machine. Its caller must have a process of its
 * own: vitest.config.ts keeps such files apart.
 */
export function processorSeconds(work: () => unknown): number {
  const { user, system } = process.cpuUsage()
  work()
  const now = process.cpuUsage()
  return (now.user - user + now.system - system) / 1e6
}
