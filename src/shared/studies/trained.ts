import { duration } from '../format'

/** 5 min 19 s by the clock, 10 min 7 s of workers. Both are measured: several workers train at once, and one trains several runs at once. */
export function trainedText({ clockSeconds, workerSeconds }: { clockSeconds?: number; workerSeconds: number }): string {
  const workers = `${duration(workerSeconds)} of workers`
  return clockSeconds === undefined ? workers : `${duration(clockSeconds)} by the clock, ${workers}`
}
