import { count } from '@shared/format'

export const runCount = (n: number) => count(n, 'run', 'runs')
