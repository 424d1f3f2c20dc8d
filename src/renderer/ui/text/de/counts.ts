import { integer } from '../../format'

export const anzahl = (n: number, one: string, many: string) => `${integer(n)} ${n === 1 ? one : many}`
export const laeufe = (n: number) => anzahl(n, 'Lauf', 'Läufe')
/** Im Dativ: „3 von 10 Läufen“. */
export const laeufen = (n: number) => anzahl(n, 'Lauf', 'Läufen')
export const aufgaben = (n: number) => anzahl(n, 'Aufgabe', 'Aufgaben')
