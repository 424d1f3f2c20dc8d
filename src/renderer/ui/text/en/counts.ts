import { count } from '../../format'

export { count } from '../../format'
export const runs = (n: number) => count(n, 'run', 'runs')
