import { integer } from '../../format'

export const count = (n: number, one: string, many: string) => `${integer(n)} ${n === 1 ? one : many}`
export const runs = (n: number) => count(n, 'run', 'runs')
