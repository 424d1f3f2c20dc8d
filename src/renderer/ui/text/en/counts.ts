import { counted } from '../../format'

export const count = counted
export const runs = (n: number) => count(n, 'run', 'runs')
