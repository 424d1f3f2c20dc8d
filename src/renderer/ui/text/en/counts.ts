import { count } from '../../format'

export { count, counted } from '../../format'
export const runCount = (n: number) => count(n, 'run', 'runs')
