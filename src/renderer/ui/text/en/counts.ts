import { count } from '@shared/format'

export const runCount = (n: number) => count(n, 'run', 'runs')
/** Runs that train side by side need not have a worker each. */
export const onWorkers = (runs: number, workers: number) =>
  workers > 0 ? `${runCount(runs)} on ${count(workers, 'worker', 'workers')}` : runCount(runs)
