import { integer } from '../../format'

export const anzahl = (n: number, one: string, many: string) => `${integer(n)} ${n === 1 ? one : many}`
export const laeufe = (n: number) => anzahl(n, 'Lauf', 'Läufe')
