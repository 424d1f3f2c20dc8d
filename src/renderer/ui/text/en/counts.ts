import { count } from '../../format'

export { count, counted } from '../../format'
export const runs = (n: number) => count(n, 'run', 'runs')
